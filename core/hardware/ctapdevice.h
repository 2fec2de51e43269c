// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/keyinfo.h"
#include "core/hardware/keytransport.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QString>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

struct fido_dev;

namespace Sparekey {

class CardIo;
class HidIo;
class VerificationPlan;

/// One key, through libfido2. All functions block and belong to one thread, except `cancel`.
///
/// PINs are UTF-8. An empty one means that none is given. All errors carry the device's name as
/// subject. "Those of a PIN" are the kinds `KeyPin…`. Besides the errors that are named at each
/// function, all may fail with `KeyRemoved`, `KeyCardMoved`, `KeyNoAnswer`, `KeyAnswerInvalid`,
/// `KeyBusy`, `KeyFailure`, `CardReaderFailure`, `CardServiceMissing` and, after `cancel`,
/// `Canceled`.
class CtapDevice
{
public:
    /// How long a key may take to answer without a touch, and with one. After that the call fails.
    /// Keys themselves stop waiting for a touch after about 30 s.
    struct Timeouts
    {
        std::chrono::milliseconds answer{5000};
        std::chrono::milliseconds touch{65000};
    };

    explicit CtapDevice(QString name, Timeouts timeouts);
    ~CtapDevice();
    CtapDevice(const CtapDevice &) = delete;
    CtapDevice &operator=(const CtapDevice &) = delete;

    /// Must be called first. Errors: `KeySupportMissing`, `CardIsNoKey`.
    [[nodiscard]] Result<void> open(KeyConnection connection);

    /// From any thread: sends the key one cancel message. The message is lost if the key has not
    /// begun with the request, so repeat it until the blocking call returns. No new call begins
    /// afterwards.
    void cancel();

    [[nodiscard]] Result<KeyInfo> info();

    /// Errors: `KeyPinRequired`, `KeyPinNotSet`, those of a PIN, `KeyAlreadyRegistered`,
    /// `KeyNotTouched`, `KeyDeclined`, `KeyTooOld`, `KeyLacksOption`, `KeyFull`.
    [[nodiscard]] Result<MakeCredentialReply> makeCredential(const MakeCredentialRequest &request,
                                                             const SecureBuffer &pin);
    /// Errors: `KeyPinRequired`, `KeyPinNotSet`, those of a PIN, `KeyNotRegistered`,
    /// `KeyNotTouched`, `KeyDeclined`; `KeyAnswerInvalid` also if the signature does not verify
    /// with `verifyWith`.
    [[nodiscard]] Result<GetAssertionReply> getAssertion(const GetAssertionRequest &request,
                                                         const SecureBuffer &pin);
    /// Whether the key holds one of the wanted credentials, without a touch. Errors:
    /// `KeyNotRegistered`, `KeyPinRequired` if the key answers only with a PIN.
    [[nodiscard]] Result<void> checkForCredential(const GetAssertionRequest &request);
    /// Which of these credentials the key holds, without a touch. A credential with a wrong
    /// signature is not among them. Errors: `KeyPinRequired` if the key answers only with a PIN,
    /// those of a PIN, and `Cryptography`.
    [[nodiscard]] Result<HeldCredentials> recognize(const QList<KnownCredential> &candidates,
                                                    const SecureBuffer &pin);

    /// Sets the first PIN, or changes it if `oldPin` is given. Errors: `KeyPinTooShort`,
    /// `KeyPinTooLong`, `KeyPinNotAccepted`, `KeyLacksOption`, those of a PIN.
    [[nodiscard]] Result<void> setPin(const SecureBuffer &newPin, const SecureBuffer &oldPin);

    /// Errors: `KeyLacksOption`, those of a PIN.
    [[nodiscard]] Result<DiscoverableCredentials> credentials(const SecureBuffer &pin);
    /// Errors: as above and `KeyNotRegistered`.
    [[nodiscard]] Result<void> deleteCredential(const QByteArray &id, const SecureBuffer &pin);

    /// Deletes everything on the key, PIN included (CTAP 2.1, 6.6). Needs a touch. Errors:
    /// `KeyResetTooLate`, `KeyNotTouched`, `KeyLacksOption`.
    [[nodiscard]] Result<void> reset();

    /// Makes the key blink and waits until it is touched (CTAP 2.1, 6.9, or its predecessor).
    /// Errors: `KeyNotTouched`.
    [[nodiscard]] Result<void> waitForTouch();

private:
    struct Free
    {
        void operator()(fido_dev *device) const;
    };
    struct Probe;
    /// The credentials that a key may sign with.
    struct Allowed
    {
        QString rpId; ///< Or the AppID.
        QList<QByteArray> ids;
    };

    using Device = std::unique_ptr<fido_dev, Free>;
    /// A call that returns a result code of libfido2.
    using Call = std::function<int()>;

    [[nodiscard]] Result<void> openDevice();
    void closeDevice();
    [[nodiscard]] Failure failureOfKind(ErrorKind kind, const QString &detail = {}) const;
    [[nodiscard]] Failure failure(int code);
    [[nodiscard]] Failure failureOf(int code, ErrorKind kind);
    /// The failure of a call that took a PIN. After a wrong PIN, asks the key how many retries are
    /// left.
    [[nodiscard]] Failure pinFailure(int code);
    /// The same for a call that does not set the PIN.
    [[nodiscard]] Failure proofFailure(int code);
    void beginCall(std::chrono::milliseconds timeout);
    [[nodiscard]] bool hasTimedOut() const;
    /// Run a call that needs no touch (`callWithoutTouch`) or needs one (`callWithTouch`), and
    /// return its result.
    [[nodiscard]] int callWithoutTouch(const Call &call);
    [[nodiscard]] int callWithTouch(const Call &call);
    /// Runs a call that verifies the user as `plan` says. If the key refuses its built-in
    /// verification, `withoutBuiltIn` removes that from the request before the second attempt.
    [[nodiscard]] Result<void> callWithVerification(const VerificationPlan &plan, const Call &call,
                                                    const Call &withoutBuiltIn);

    [[nodiscard]] Result<KeyInfo> capabilities();
    /// Nothing if the key holds none of them.
    [[nodiscard]] Result<std::optional<Probe>>
    probe(const QString &rpId, const QList<QByteArray> &batch, const char *pin);
    [[nodiscard]] Result<std::optional<QList<QByteArray>>>
    batchWithCredential(const QString &rpId, const QList<QList<QByteArray>> &batches,
                        const char *pin);
    /// The batch of allowed credentials, for the RP ID or the AppID, in which the key holds one.
    [[nodiscard]] Result<Allowed> findAllowed(const GetAssertionRequest &request, const char *pin);
    [[nodiscard]] Result<GetAssertionReply>
    assertFor(const Allowed &allowed, const GetAssertionRequest &request, const SecureBuffer &pin);

    static constexpr qsizetype LongestPin = 63; ///< Bytes (CTAP 2.1, 6.5.1).

    QString m_name;
    Timeouts m_timeouts;
    // Exactly one of these three is set.
    QByteArray m_path;
    std::unique_ptr<HidIo> m_link;
    std::unique_ptr<CardIo> m_card;

    // Keeps the device open while another thread cancels.
    std::mutex m_mutex;
    Device m_device;
    bool m_isOpen = false;
    std::atomic<bool> m_canceled = false;
    // When the call in progress began, for `cancel`.
    std::atomic<std::chrono::steady_clock::rep> m_callBegan = 0;
    std::chrono::milliseconds m_callTimeout{0};

    std::optional<KeyInfo> m_capabilities;
};

} // namespace Sparekey
