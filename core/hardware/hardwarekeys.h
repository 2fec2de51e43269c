// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/ctapdevice.h"
#include "core/hardware/keydevice.h"
#include "core/hardware/keyinfo.h"
#include "core/hardware/keyoperation.h"
#include "core/hardware/keytransport.h"
#include "core/hardware/keyworker.h"
#include "core/hardware/mailbox.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <any>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace Sparekey {

/// The security keys of this computer: which there are, and what can be done with them. GUI thread;
/// nothing here waits for a key. Each operation has a thread of its own for each key it talks to,
/// which is gone when it ends; in between no key is held open, so that other programs can use it.
///
/// All operations may give, beside what is named at each: `KeySupportMissing`, `KeyNoPermission`,
/// `KeyInUse`, `KeyBusy`, `KeyRemoved`, `KeyCardMoved`, `KeyNoAnswer`, `KeyAnswerInvalid`,
/// `KeyFailure`, `CardServiceMissing`, `CardReaderInUse`, `CardReaderFailure`, `CardIsNoKey`, and
/// `Canceled`. An operation on a reader without a card waits for one, for ever; where it does no
/// harm, a card that is lifted too early may be laid down again, up to three times.
class HardwareKeys : public QObject
{
    Q_OBJECT

public:
    using Transports = std::vector<std::shared_ptr<KeyTransport>>;

    /// USB and card readers.
    [[nodiscard]] static Transports systemTransports();

    /// With `transports` that a test or demo made, or those of the system. None of them is used
    /// before the first watch or operation.
    explicit HardwareKeys(Transports transports = systemTransports(), QObject *parent = nullptr);
    /// Ends all operations with `Canceled`.
    ~HardwareKeys() override;

    /// As in `CtapDevice`; for operations that begin later.
    void setTimeouts(CtapDevice::Timeouts timeouts) { m_timeouts = timeouts; }

    // ---------------------------------------------------------------- what is there

    /// As long as one of them lives, `devices()` is kept up to date.
    using Watch = std::shared_ptr<void>;
    [[nodiscard]] Watch watch();
    /// Whether every transport has told what it has since the watch began.
    [[nodiscard]] bool isKnown() const;
    /// Keys and readers. Empty without a watch. A key's own smart card interface is left out.
    [[nodiscard]] QList<KeyDevice> devices() const { return m_devices; }
    /// Why some may be missing, such as `CardServiceMissing`.
    [[nodiscard]] QList<Error> problems() const;

    // ---------------------------------------------------------------- what is done with them
    // `operation` tells and stops; what it is in use for is canceled. A PIN that is given to a key
    // without one is left out, unless the request requires verification.

    [[nodiscard]] QCoro::Task<Result<KeyInfo>> info(KeyOperation *operation, KeyDevice device);

    /// Errors: `KeyPinRequired`, `KeyPinNotSet`, those of a PIN, `KeyAlreadyRegistered`,
    /// `KeyNotTouched`, `KeyDeclined`, `KeyTooOld`, `KeyLacksOption`, `KeyFull`.
    [[nodiscard]] QCoro::Task<Result<MakeCredentialReply>>
    makeCredential(KeyOperation *operation, KeyDevice device, MakeCredentialRequest request,
                   SecureBuffer pin);

    /// Errors: `KeyPinRequired`, `KeyPinNotSet`, those of a PIN, `KeyNotRegistered`,
    /// `KeyNotTouched`, `KeyDeclined`.
    [[nodiscard]] QCoro::Task<Result<GetAssertionReply>> getAssertion(KeyOperation *operation,
                                                                      KeyDevice device,
                                                                      GetAssertionRequest request,
                                                                      SecureBuffer pin);

    /// All keys at once, those that are plugged in or laid down later too: the first that is
    /// touched wins. Those that hold none of the wanted credentials do not blink. Goes on until one
    /// signs; what is wrong with the others is told by `deviceFailed`. Errors: only
    /// `KeyPinRequired` and `KeyPinNotSet`, for `operation->device()`: go on with that one.
    [[nodiscard]] QCoro::Task<Result<GetAssertionReply>>
    getAssertionFromAny(KeyOperation *operation, GetAssertionRequest request);

    /// Which of these credentials the key holds, without a touch. Errors: `KeyPinRequired` if it
    /// tells only with a PIN, and those of a PIN.
    [[nodiscard]] QCoro::Task<Result<HeldCredentials>> recognize(KeyOperation *operation,
                                                                 KeyDevice device,
                                                                 QList<KnownCredential> candidates,
                                                                 SecureBuffer pin);

    /// What `info` and `recognize` tell, by one tap on a reader. A key that wants a PIN to be
    /// recognized is not, if none is given. Without a PIN a card that is lifted meanwhile is not
    /// waited for: whoever laid it there need not know that it is being looked at.
    struct Look
    {
        KeyInfo info;
        HeldCredentials held;
        /// The key did not tell what it holds.
        bool silent = false;
    };
    [[nodiscard]] QCoro::Task<Result<Look>> look(KeyOperation *operation, KeyDevice device,
                                                 QList<KnownCredential> candidates,
                                                 SecureBuffer pin);

    /// All keys blink; gives the one that is touched, or laid on a reader.
    [[nodiscard]] QCoro::Task<Result<KeyDevice>> chooseByTouch(KeyOperation *operation);

    /// Sets the first PIN, or changes it if `oldPin` is given. Errors: `KeyPinTooShort`,
    /// `KeyPinTooLong`, `KeyPinNotAccepted`, `KeyLacksOption`, those of a PIN.
    [[nodiscard]] QCoro::Task<Result<void>> setPin(KeyOperation *operation, KeyDevice device,
                                                   SecureBuffer newPin, SecureBuffer oldPin);

    /// What the key itself keeps. Errors: `KeyLacksOption`, those of a PIN.
    [[nodiscard]] QCoro::Task<Result<DiscoverableCredentials>>
    credentials(KeyOperation *operation, KeyDevice device, SecureBuffer pin);

    /// Errors: as above and `KeyNotRegistered`.
    [[nodiscard]] QCoro::Task<Result<void>>
    deleteCredential(KeyOperation *operation, KeyDevice device, QByteArray id, SecureBuffer pin);

    /// What tells a key from others.
    struct Identity
    {
        /// What it said of itself. Model, firmware, whether it has a PIN, and the room that is left
        /// must be the same; another key of that model may be so too.
        KeyInfo seen;
        /// Credentials that it proves to hold without a PIN. Empty if none is known: then `seen` is
        /// all that keeps another key from being taken for it.
        QList<KnownCredential> held;
    };
    /// Deletes everything on the key that `who` names. Keys take this only in the first seconds, so
    /// it has to be plugged in or laid down anew: waits for that (`Stage::Replug`), then for a
    /// touch. Errors: `KeyNotRegistered` if what comes is not like `who.seen`, or proves to hold
    /// none of `who.held`; `KeyResetTooLate`, `KeyNotTouched`, `KeyLacksOption`.
    [[nodiscard]] QCoro::Task<Result<void>> reset(KeyOperation *operation, KeyDevice device,
                                                  Identity who);

    /// The one-time password of the next YubiKey that is laid on any reader. A card that was read
    /// once has to be lifted before it is read again, because it gives the same until then. Cards
    /// without one are told by `deviceFailed`.
    [[nodiscard]] QCoro::Task<Result<SecureBuffer>> readOtp(KeyOperation *operation);

Q_SIGNALS:
    /// `devices()`, `problems()` or `isKnown()` changed.
    void devicesChanged();

private:
    struct Run;
    struct Source
    {
        std::shared_ptr<KeyTransport> transport;
        std::optional<KeyTransportReport> report;
    };

    void startWatching();
    void stopWatching();
    void take(std::size_t source, int generation, KeyTransportReport report);
    [[nodiscard]] std::shared_ptr<KeyTransport> transportOf(const KeyDevice &device) const;

    [[nodiscard]] QFuture<Result<std::any>> start(KeyOperation *operation,
                                                  std::shared_ptr<Run> run);
    [[nodiscard]] QFuture<Result<std::any>> startOn(KeyOperation *operation, KeyDevice device,
                                                    KeyWorker::Job job, bool mayRepeat);
    void advance(const std::shared_ptr<Run> &run);
    void advanceOne(const std::shared_ptr<Run> &run);
    void advanceAll(const std::shared_ptr<Run> &run);
    void advanceReplug(const std::shared_ptr<Run> &run);
    void startWorker(const std::shared_ptr<Run> &run, const KeyDevice &device);
    void workerFinished(const std::shared_ptr<Run> &run, const KeyDevice &device,
                        Result<std::any> result);
    void failed(const std::shared_ptr<Run> &run, const KeyDevice &device, const Error &error);
    void finish(const std::shared_ptr<Run> &run, Result<std::any> result);

    CtapDevice::Timeouts m_timeouts;
    std::shared_ptr<Mailbox> m_mailbox;
    std::vector<Source> m_sources;
    QList<KeyDevice> m_devices;
    int m_watches = 0;
    int m_generation = 0; // of the watching; reports of an older one are dropped

    QList<std::shared_ptr<Run>> m_runs;
    // By device, also of runs that have ended.
    QHash<QString, std::shared_ptr<KeyWorker>> m_workers;
    // The last card of each reader whose one-time password was read.
    QHash<QString, int> m_otpTaps;
};

} // namespace Sparekey

Q_DECLARE_METATYPE(Sparekey::Error)
