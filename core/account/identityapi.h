// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/api/provider.h"
#include "core/crypto/kdf.h"
#include "core/environment/environment.h"
#include "core/http/httptransport.h"
#include "core/json/jsonfields.h"
#include "core/result.h"

#include <QList>

#include <memory>
#include <variant>

namespace Sparekey {

/// How the server wants the password derived, from `POST <identity>/accounts/prelogin`.
/// A server answers for unknown emails too, with plausible values.
struct Prelogin
{
    KdfSettings kdf;
    QString salt; ///< text; see `deriveMasterKey`
};

/// The credentials of a session.
struct Tokens
{
    SecureBuffer access;
    SecureBuffer refresh; ///< empty if the server gave none
    /// Replaces the second step on this device at later sign-ins, if that was asked for.
    SecureBuffer remember = {};
    /// False if the account has none; it proves itself by emailed codes.
    bool hasMasterPassword = true;
};

/// The server asks for a second step: one of `offered`, which is never empty.
struct SecondStepChallenge
{
    QList<ProviderType> offered;
    QString maskedEmail = {};            ///< Where codes are emailed, as far as the server tells.
    QString duoAuthUrl = {};             ///< As sent; see `duoAddress`.
    QString organizationDuoAuthUrl = {}; ///< As sent; see `duoAddress`.
    JsonFields passkeyOptions = {};      ///< As sent; see `passkeyAssertionFrom`.
    /// The server did not list the methods because it cannot reach Duo, which is one of them.
    /// `offered` has all methods that may be on; a recovery code is accepted in any case.
    bool duoUnreachable = false;
    /// The same, but because passkeys are on and no key is registered.
    bool passkeysWithoutKey = false;

    /// The offered methods whose challenge has everything needed to answer it.
    [[nodiscard]] QList<ProviderType> usable() const;
};

/// The server has emailed a code because it does not know this device
/// (`error=device_error`, official servers since 2025.1.0).
struct NewDeviceChallenge
{
};

/// What is sent in answer to a challenge.
struct SecondStepToken
{
    ProviderType type = ProviderType::Authenticator;
    SecureBuffer token;
    bool remember = false; ///< Ask for `Tokens::remember`.
};

/// One request for tokens. `newDeviceCode` and `secondStep` are left out where they are empty.
struct PasswordGrant
{
    QString email;
    SecureBuffer hash;
    SecondStepToken secondStep = {};
    SecureBuffer newDeviceCode = {};
};

using PasswordGrantAnswer = std::variant<Tokens, SecondStepChallenge, NewDeviceChallenge>;

// These functions parse the answers and need no network. For the errors see `IdentityApi`.
[[nodiscard]] Result<Prelogin> preloginFrom(const HttpAnswer &answer, const QString &email);
/// `withCode`: the request carried a code, so that a refusal may be about the code.
[[nodiscard]] Result<PasswordGrantAnswer> passwordGrantFrom(const HttpAnswer &answer,
                                                            bool withCode = false);
[[nodiscard]] Result<Tokens> apiKeyGrantFrom(const HttpAnswer &answer);
/// The refresh token is empty if the server sent no new one.
[[nodiscard]] Result<Tokens> refreshFrom(const HttpAnswer &answer);

/// The identity server's endpoints (`/accounts/prelogin`, `/connect/token`). The transport is
/// shared with its creator; running tasks keep it alive.
class IdentityApi
{
public:
    IdentityApi(std::shared_ptr<HttpTransport> transport, QUrl identity, ClientDevice device);

    [[nodiscard]] QCoro::Task<Result<Prelogin>> prelogin(QString email) const;

    /// OAuth password grant (RFC 6749, 4.3) with the master-password hash as the password. Fails
    /// with `WrongCredentials` for a wrong email or hash, `WrongCode` for a wrong code.
    [[nodiscard]] QCoro::Task<Result<PasswordGrantAnswer>> passwordGrant(PasswordGrant grant) const;

    /// OAuth client-credentials grant (RFC 6749, 4.4) with the personal API key. No second step is
    /// asked for, and there is no refresh token. `WrongCredentials` if the key is wrong.
    [[nodiscard]] QCoro::Task<Result<Tokens>> apiKeyGrant(QString clientId,
                                                          SecureBuffer clientSecret) const;

    /// RFC 6749, 6. `SessionExpired` if the token is no longer accepted. If the server sends no new
    /// refresh token, the result has the given one.
    [[nodiscard]] QCoro::Task<Result<Tokens>> refresh(SecureBuffer refreshToken) const;

private:
    std::shared_ptr<HttpTransport> m_transport;
    QUrl m_identity;
    ClientDevice m_device;
};

} // namespace Sparekey
