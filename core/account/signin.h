// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/identityapi.h"
#include "core/account/kdfassessment.h"
#include "core/account/secondstep.h"
#include "core/account/session.h"

#include <QList>
#include <atomic>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace Sparekey {

/// What is needed to sign in with a master password.
struct SignInRequest
{
    Environment environment;
    QString email;
    SecureBuffer password;
    ClientDevice device;
    /// The user has agreed to exactly these weak settings.
    std::optional<KdfSettings> acceptedKdf = {};
    /// The settings of the last successful sign-in with this account, to notice a downgrade.
    std::optional<KdfSettings> knownKdf = {};
    /// From an earlier sign-in on this device (`SignedIn::rememberToken`). If it is stale, the
    /// server asks for the second step as if there were none.
    SecureBuffer rememberToken = {};
};

/// The result of a successful sign-in.
struct SignedIn
{
    std::shared_ptr<Session> session;
    /// Set if it was asked for. It replaces the second step of later sign-ins.
    SecureBuffer rememberToken = {};
    /// The recovery code was used: all methods are off, and the code has changed.
    bool recoveryCodeUsed = false;
};

/// The server accepted the recovery code but still asks for the second step.
struct RecoveryWithoutEffect
{
};

using SignInOutcome =
    std::variant<SignedIn, WeakKdf, SecondStepChallenge, NewDeviceChallenge, RecoveryWithoutEffect>;

/// One sign-in from the password to the session, with everything that the server may ask for in
/// between. GUI thread. Held by `shared_ptr`; running tasks keep it alive.
///
/// The derived hash is kept in locked memory until the sign-in succeeds or `cancel()` is called;
/// prelogin and derivation run only once. After the first request for tokens, requests without a
/// code are avoided: for each of them an official server makes a new code and voids the one that it
/// has emailed. One request at a time: a call during another fails with `Canceled`. A code that was
/// refused is not sent again; it fails here with `WrongCode`.
class SignIn : public std::enable_shared_from_this<SignIn>
{
public:
    /// `transport` serves the session afterwards.
    SignIn(SignInRequest request, std::shared_ptr<HttpTransport> transport);

    /// Prelogin, key derivation and the first request for tokens.
    [[nodiscard]] QCoro::Task<Result<SignInOutcome>> start();

    /// Answers a `SecondStepChallenge`. `token` as `normalizedCode` or `duoAnswer` made it.
    /// `WrongCode` if it was not accepted; `Error::count` is then the difference between the clocks
    /// of server and computer, in seconds. A new challenge means that the methods have changed.
    [[nodiscard]] QCoro::Task<Result<SignInOutcome>> submitSecondStep(SecondStepToken token);
    /// Requests a new challenge, because a passkey challenge can be answered only once. Voids a
    /// code that an official server has emailed.
    [[nodiscard]] QCoro::Task<Result<SignInOutcome>> requestNewChallenge();
    /// Requests a code for the email method (`POST two-factor/send-email-login`). Only the newest
    /// code is valid. Servers may take long to answer; another method may be used meanwhile.
    [[nodiscard]] QCoro::Task<Result<void>> sendEmailCode();

    /// Answers a `NewDeviceChallenge`.
    [[nodiscard]] QCoro::Task<Result<SignInOutcome>> submitNewDeviceCode(SecureBuffer code);
    /// `POST accounts/resend-new-device-otp`; official servers always report success.
    [[nodiscard]] QCoro::Task<Result<void>> resendNewDeviceCode();

    /// Turns two-step login off with the recovery code and signs in. Older servers do not accept it
    /// in the request for tokens; then `POST two-factor/recover` is tried once.
    [[nodiscard]] QCoro::Task<Result<SignInOutcome>> useRecoveryCode(SecureBuffer code);

    /// Ends running requests with `Canceled`, and wipes the hash.
    void cancel();

private:
    struct RefusedCode
    {
        std::optional<ProviderType> type; ///< nothing: the code for a new device
        SecureBuffer code;
    };

    [[nodiscard]] PasswordGrant grant() const;
    QCoro::Task<Result<SignInOutcome>> ask(PasswordGrant grant);
    QCoro::Task<Result<void>> post(QString path, SecureBuffer body);
    QCoro::Task<Result<SignInOutcome>> recoverByLegacyEndpoint(SecureBuffer code, Error before);
    [[nodiscard]] SecretJson proof() const;
    [[nodiscard]] bool wasRefused(std::optional<ProviderType> type, const SecureBuffer &code) const;
    void recordRefused(const Result<SignInOutcome> &outcome, std::optional<ProviderType> type,
                       SecureBuffer code);

    SignInRequest m_request;
    std::shared_ptr<HttpTransport> m_transport;
    IdentityApi m_identity;
    Prelogin m_prelogin;
    SecureBuffer m_hash;
    /// Shared with the derivation, which runs on a worker.
    std::shared_ptr<std::atomic_bool> m_canceled = std::make_shared<std::atomic_bool>(false);
    std::vector<RefusedCode> m_refused;
    QList<ProviderType> m_offered; ///< In the last challenge.
    bool m_busy = false;
    bool m_sendingEmail = false;
    bool m_recoveryCodeUsed = false;
};

} // namespace Sparekey
