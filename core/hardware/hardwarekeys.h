// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/ctapdevice.h"
#include "core/hardware/keydevice.h"
#include "core/hardware/keyinfo.h"
#include "core/hardware/keyjobs.h"
#include "core/hardware/keyoperation.h"
#include "core/hardware/keyrunner.h"
#include "core/hardware/keywatcher.h"
#include "core/hardware/mailbox.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace Sparekey {

/// The security keys of this computer: which there are, and what can be done with them. GUI thread;
/// nothing here waits for a key. Each operation has a thread of its own for each key it talks to,
/// which is gone when it ends; in between no key is held open, so that other programs can use it.
///
/// All operations may give, beside what is named at each: `KeySupportMissing`, `KeyNoPermission`,
/// `KeyInUse`, `KeyBusy`, `KeyRemoved`, `KeyCardMoved`, `KeyNoAnswer`, `KeyAnswerInvalid`,
/// `KeyFailure`, `CardServiceMissing`, `CardReaderInUse`, `CardReaderFailure`, `CardIsNoKey`, and
/// `Canceled`. An operation on a reader without a card waits for one, for ever; where it does no
/// harm, a card that is lifted too early may be placed there again, up to three times.
class HardwareKeys : public QObject
{
    Q_OBJECT

public:
    using Transports = KeyWatcher::Transports;

    /// USB and card readers.
    [[nodiscard]] static Transports systemTransports();

    /// With `transports` that a test or demo made, or those of the system. None of them is used
    /// before the first watch or operation.
    explicit HardwareKeys(Transports transports = systemTransports(), QObject *parent = nullptr);
    /// Ends all operations with `Canceled`.
    ~HardwareKeys() override;

    /// As in `CtapDevice`; for operations that begin later.
    void setTimeouts(CtapDevice::Timeouts timeouts) { m_runner.setTimeouts(timeouts); }

    // ---------------------------------------------------------------- what is there

    /// As long as one of them lives, `devices()` is kept up to date.
    using Watch = KeyWatcher::Watch;
    [[nodiscard]] Watch watch() { return m_watcher.watch(); }
    /// As in `KeyWatcher`.
    [[nodiscard]] bool isKnown() const { return m_watcher.isKnown(); }
    [[nodiscard]] QList<KeyDevice> devices() const { return m_watcher.devices(); }
    [[nodiscard]] QList<Error> problems() const { return m_watcher.problems(); }

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
    /// touched wins. Those that hold none of the wanted credentials do not blink. Continues until
    /// one signs; what is wrong with the others is told by `deviceFailed`. Errors: only
    /// `KeyPinRequired`, `KeyPinNotSet` and `KeyPinChangeRequired`, for `operation->device()`: go
    /// on with that one.
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
    [[nodiscard]] QCoro::Task<Result<KeyLook>> look(KeyOperation *operation, KeyDevice device,
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

    /// Deletes everything on the key that `who` names. Keys take this only in the first seconds, so
    /// it has to be plugged in or laid down anew: waits for that (`Stage::Replug`), then for a
    /// touch. Errors: `KeyNotRegistered` if what comes is not like `who.seen`, or proves to hold
    /// none of `who.held`; `KeyResetTooLate`, `KeyNotTouched`, `KeyLacksOption`. `whenDone` is
    /// called once it is reset, also if the operation was stopped between the touch and the key's
    /// answer.
    [[nodiscard]] QCoro::Task<Result<void>> reset(KeyOperation *operation, KeyDevice device,
                                                  KeyIdentity who,
                                                  std::function<void()> whenDone = {});

    /// The one-time password of the next YubiKey that is laid on any reader. A card that was read
    /// once has to be lifted before it is read again, because it gives the same until then. Cards
    /// without one are told by `deviceFailed`.
    [[nodiscard]] QCoro::Task<Result<SecureBuffer>> readOtp(KeyOperation *operation);

Q_SIGNALS:
    /// `devices()`, `problems()` or `isKnown()` changed.
    void devicesChanged();
    /// A key has deleted it, also if the operation was stopped before the key answered.
    void credentialDeleted(const QByteArray &id);

private:
    template<class T>
    QCoro::Task<Result<T>> run(KeyOperation *operation, KeyTask task);

    std::shared_ptr<Mailbox> m_mailbox;
    KeyWatcher m_watcher;
    KeyRunner m_runner;
    // The last card of each reader whose one-time password was read.
    QHash<QString, int> m_otpTaps;
};

} // namespace Sparekey

Q_DECLARE_METATYPE(Sparekey::Error)
