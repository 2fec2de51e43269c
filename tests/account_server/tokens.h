// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"

#include <QHash>

#include <chrono>
#include <optional>

namespace Sparekey {

/// What a client gets after signing in or refreshing.
struct IssuedTokens
{
    QString access;  ///< Looks like a JSON Web Token; clients read claims from it for display.
    QString refresh; ///< Opaque.
    std::chrono::seconds lifetime;
};

/// The account and client of an accepted access token.
struct Session
{
    QString accountId;
    QString clientId;
};

/// The issued tokens. Access tokens expire. A refresh token is valid for the client id of the
/// sign-in until it is revoked (the official server does not rotate it).
class TokenBook
{
public:
    TokenBook();

    [[nodiscard]] IssuedTokens issue(const Account &account, const QString &clientId,
                                     const QString &deviceId, std::chrono::seconds lifetime);

    /// The data of a refresh token.
    struct Grant
    {
        QString accountId;
        QString clientId;
        QString deviceId;
        QString securityStamp;
    };
    [[nodiscard]] std::optional<Grant> grantOf(const QString &refreshToken,
                                               const QString &clientId) const;
    [[nodiscard]] IssuedTokens refresh(const QString &refreshToken, const Account &account,
                                       std::chrono::seconds lifetime, bool rotate);

    /// @p authorization is the value of the header, `Bearer …`.
    [[nodiscard]] std::optional<Session> accept(const QByteArray &authorization) const;

    /// For "remember this device": replaces the second step of this account on this device.
    [[nodiscard]] QString issueRemember(const Account &account, const QString &deviceId);
    [[nodiscard]] bool remembers(const QString &token, const Account &account,
                                 const QString &deviceId) const;
    void forgetRemembered() { m_remembered.clear(); }

    void expireAccessTokens();
    void revokeRefreshTokens();

    /// All valid tokens, of both kinds.
    [[nodiscard]] QStringList all() const { return m_access.keys() + m_refresh.keys(); }

private:
    struct Access
    {
        Session session;
        std::chrono::steady_clock::time_point expiry;
    };
    [[nodiscard]] QString newAccessToken(const Account &account, const Grant &grant,
                                         std::chrono::seconds lifetime);

    QByteArray m_signingKey;
    QHash<QString, Access> m_access;
    QHash<QString, Grant> m_refresh;
    QHash<QString, Grant> m_remembered;
};

} // namespace Sparekey
