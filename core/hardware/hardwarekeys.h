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

/// The security keys of this computer, and operations with them. GUI thread; nothing here blocks.
/// An operation starts a thread for each key it talks to, which ends with the operation. Between
/// operations no key is kept open, so that other programs can use it.
///
/// Besides the errors that are named at each, all operations may fail with `KeySupportMissing`,
/// `KeyNoPermission`, `KeyInUse`, `KeyBusy`, `KeyRemoved`, `KeyCardMoved`, `KeyNoAnswer`,
/// `KeyAnswerInvalid`, `KeyFailure`, `CardServiceMissing`, `CardReaderInUse`, `CardReaderFailure`,
/// `CardIsNoKey`, and `Canceled`. An operation on a reader without a card waits for one without a
/// timeout. If repeating does no harm, a card that is removed too early may be placed on the reader
/// again, up to three times.
class HardwareKeys : public QObject
{
    Q_OBJECT

public:
    using Transports = KeyWatcher::Transports;

    /// USB and card readers.
    [[nodiscard]] static Transports systemTransports();

    /// `transports` are those of the system, or simulated ones in tests and the demo. None is used
    /// before the first watch or operation.
    explicit HardwareKeys(Transports transports = systemTransports(), QObject *parent = nullptr);
    /// Ends all operations with `Canceled`.
    ~HardwareKeys() override;

    /// As in `CtapDevice`; for operations that begin later.
    void setTimeouts(CtapDevice::Timeouts timeouts) { m_runner.setTimeouts(timeouts); }

    // ---------------------------------------------------------------- devices

    /// As long as a watch exists, `devices()` is kept up to date.
    using Watch = KeyWatcher::Watch;
    [[nodiscard]] Watch watch() { return m_watcher.watch(); }
    /// As in `KeyWatcher`.
    [[nodiscard]] bool isKnown() const { return m_watcher.isKnown(); }
    [[nodiscard]] QList<KeyDevice> devices() const { return m_watcher.devices(); }
    [[nodiscard]] QList<Error> problems() const { return m_watcher.problems(); }

    // ---------------------------------------------------------------- operations
    // `operation` reports progress and can cancel; if it is already in use, that operation is
    // canceled. A PIN for a key that has none is ignored, unless the request requires verification.

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

    /// Asks all keys at once, also those that are connected later; the first that is touched wins.
    /// Keys that hold none of the allowed credentials do not blink. Continues until one signs;
    /// `deviceFailed` reports the failures of other keys. Errors: only `KeyPinRequired`,
    /// `KeyPinNotSet` and `KeyPinChangeRequired`, for `operation->device()`: continue with that
    /// device.
    [[nodiscard]] QCoro::Task<Result<GetAssertionReply>>
    getAssertionFromAny(KeyOperation *operation, GetAssertionRequest request);

    /// Which of these credentials the key holds, without a touch. Errors: `KeyPinRequired` if it
    /// answers only with a PIN, and those of a PIN.
    [[nodiscard]] QCoro::Task<Result<HeldCredentials>> recognize(KeyOperation *operation,
                                                                 KeyDevice device,
                                                                 QList<KnownCredential> candidates,
                                                                 SecureBuffer pin);

    /// `info` and `recognize` with one tap on a reader. A key that can be recognized only with a
    /// PIN is not recognized without one. Without a PIN, a card that is removed meanwhile is not
    /// waited for: the user need not know that the card is being read.
    [[nodiscard]] QCoro::Task<Result<KeyInspection>> inspect(KeyOperation *operation,
                                                             KeyDevice device,
                                                             QList<KnownCredential> candidates,
                                                             SecureBuffer pin);

    /// All keys blink; returns the one that is touched or placed on a reader.
    [[nodiscard]] QCoro::Task<Result<KeyDevice>> chooseByTouch(KeyOperation *operation);

    /// Sets the first PIN, or changes it if `oldPin` is given. Errors: `KeyPinTooShort`,
    /// `KeyPinTooLong`, `KeyPinNotAccepted`, `KeyLacksOption`, those of a PIN.
    [[nodiscard]] QCoro::Task<Result<void>> setPin(KeyOperation *operation, KeyDevice device,
                                                   SecureBuffer newPin, SecureBuffer oldPin);

    /// The discoverable credentials on the key. Errors: `KeyLacksOption`, those of a PIN.
    [[nodiscard]] QCoro::Task<Result<DiscoverableCredentials>>
    credentials(KeyOperation *operation, KeyDevice device, SecureBuffer pin);

    /// Errors: as above and `KeyNotRegistered`.
    [[nodiscard]] QCoro::Task<Result<void>>
    deleteCredential(KeyOperation *operation, KeyDevice device, QByteArray id, SecureBuffer pin);

    /// Deletes everything on the key that `identity` identifies. Keys accept a reset only in the
    /// first seconds after they are connected. So this waits until the key is plugged in or placed
    /// on the reader again (`Stage::Replug`), then for a touch. Errors: `KeyNotRegistered` if the
    /// key does not match `identity.seen`, or does not prove that it holds one of `identity.held`;
    /// `KeyResetTooLate`, `KeyNotTouched`, `KeyLacksOption`. `whenDone` is called once the key is
    /// reset, also if the operation was canceled between the touch and the key's answer.
    [[nodiscard]] QCoro::Task<Result<void>> reset(KeyOperation *operation, KeyDevice device,
                                                  KeyIdentity identity,
                                                  std::function<void()> whenDone = {});

    /// The one-time password of the next YubiKey that is placed on any reader. A card has to be
    /// removed before it is read again, because until then it returns the same password.
    /// `deviceFailed` reports cards without one.
    [[nodiscard]] QCoro::Task<Result<SecureBuffer>> readOtp(KeyOperation *operation);

Q_SIGNALS:
    /// `devices()`, `problems()` or `isKnown()` changed.
    void devicesChanged();
    /// A key has deleted this credential, also if the operation was canceled before the key
    /// answered.
    void credentialDeleted(const QByteArray &id);

private:
    template<class T>
    QCoro::Task<Result<T>> run(KeyOperation *operation, KeyTask task);

    std::shared_ptr<Mailbox> m_mailbox;
    KeyWatcher m_watcher;
    KeyRunner m_runner;
    // For each reader, the `cardNumber` of the last card whose one-time password was read.
    QHash<QString, int> m_otpTaps;
};

} // namespace Sparekey

Q_DECLARE_METATYPE(Sparekey::Error)
