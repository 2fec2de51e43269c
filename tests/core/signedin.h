// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/signin.h"

#include "tests/core/outcome.h"
#include "tests/support/accountserverprocess.h"

#include <QJsonObject>

namespace Sparekey {

inline HttpLimits patient()
{
    return {.silence = std::chrono::seconds(20), .total = std::chrono::seconds(40)};
}

inline SignInRequest signInRequest(const AccountServerProcess &server, const ServerAccount &account)
{
    SignInRequest request;
    request.environment = selfHostedEnvironment({.base = server.http().toString()}).value();
    request.email = account.email;
    request.password = SecureBuffer::fromText(account.password);
    request.device = {.identifier = QStringLiteral("5f2b4c1e-0000-4000-8000-0123456789ab")};
    return request;
}

/// For accounts whose password takes no time to derive: agrees to the weak settings.
inline SignInRequest quickSignInRequest(const AccountServerProcess &server,
                                        const ServerAccount &account)
{
    SignInRequest request = signInRequest(server, account);
    request.acceptedKdf = KdfSettings{.iterations = 1000};
    return request;
}

inline Result<SignInOutcome>
signInWith(SignInRequest request,
           std::shared_ptr<HttpTransport> transport =
               std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient()))
{
    const auto signIn = std::make_shared<SignIn>(std::move(request), std::move(transport));
    return outcomeOf(signIn->start());
}

/// The session of a good sign-in; null if it was none.
inline std::shared_ptr<Session> sessionOf(const Result<SignInOutcome> &outcome)
{
    const auto *signedIn = outcome ? std::get_if<SignedIn>(&*outcome) : nullptr;
    return signedIn ? signedIn->session : nullptr;
}

inline std::shared_ptr<Session> signedIn(const AccountServerProcess &server, QStringView role)
{
    return sessionOf(signInWith(signInRequest(server, server.account(role))));
}

/// The session as it is once the account has no master password any more.
inline std::shared_ptr<Session> withoutPassword(AccountServerProcess &server, QStringView role,
                                                const std::shared_ptr<Session> &before)
{
    if (!before || !server.editAccount(role, {{QStringLiteral("masterPassword"), false}}))
        return nullptr;
    Session::Account account = before->account();
    account.hasMasterPassword = false;
    Tokens tokens;
    tokens.refresh = before->refreshToken();
    return std::make_shared<Session>(std::move(account), std::move(tokens),
                                     std::make_shared<HttpTransport>(QList<QSslCertificate>(),
                                                                     patient()),
                                     before->device());
}

} // namespace Sparekey
