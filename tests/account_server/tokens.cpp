// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/tokens.h"

#include <QJsonArray>
#include <QMessageAuthenticationCode>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray encoded(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(base64Url);
}

QString newRefreshToken()
{
    return QString::fromLatin1(randomBytes(32).toHex().toUpper()) + u"-1"_s;
}

} // namespace

TokenBook::TokenBook()
    : m_signingKey(randomBytes(32))
{
}

QString TokenBook::newAccessToken(const Account &account, const Grant &grant,
                                  std::chrono::seconds lifetime)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QByteArray content = encoded({{u"alg"_s, u"HS256"_s}, {u"typ"_s, u"at+jwt"_s}}) + '.'
        + encoded({{u"nbf"_s, now},
                   {u"exp"_s, now + qint64(lifetime.count())},
                   {u"jti"_s, QString::fromLatin1(randomBytes(12).toHex())},
                   {u"client_id"_s, grant.clientId},
                   {u"sub"_s, account.id},
                   {u"email"_s, account.email()},
                   {u"email_verified"_s, true},
                   {u"name"_s, account.name},
                   {u"premium"_s, account.premium},
                   {u"sstamp"_s, account.securityStamp},
                   {u"device"_s, grant.deviceId},
                   {u"scope"_s, QJsonArray{u"api"_s, u"offline_access"_s}},
                   {u"amr"_s, QJsonArray{u"Application"_s}}});
    const QByteArray signature = QMessageAuthenticationCode::hash(content, m_signingKey,
                                                                  QCryptographicHash::Sha256)
                                     .toBase64(base64Url);
    const QString token = QString::fromLatin1(content + '.' + signature);
    m_access.insert(token,
                    {.session = {account.id, grant.clientId},
                     .expiry = std::chrono::steady_clock::now() + lifetime});
    return token;
}

IssuedTokens TokenBook::issue(const Account &account, const QString &clientId,
                              const QString &deviceId, std::chrono::seconds lifetime)
{
    const Grant grant{account.id, clientId, deviceId, account.securityStamp};
    const QString refreshToken = newRefreshToken();
    m_refresh.insert(refreshToken, grant);
    return {newAccessToken(account, grant, lifetime), refreshToken, lifetime};
}

std::optional<TokenBook::Grant> TokenBook::grantOf(const QString &refreshToken,
                                                   const QString &clientId) const
{
    const auto found = m_refresh.constFind(refreshToken);
    if (found == m_refresh.constEnd() || found->clientId != clientId)
        return std::nullopt;
    return *found;
}

IssuedTokens TokenBook::refresh(const QString &refreshToken, const Account &account,
                                std::chrono::seconds lifetime, bool rotate)
{
    const Grant grant = m_refresh.value(refreshToken);
    QString next = refreshToken;
    if (rotate) {
        m_refresh.remove(refreshToken);
        next = newRefreshToken();
        m_refresh.insert(next, grant);
    }
    return {newAccessToken(account, grant, lifetime), next, lifetime};
}

QString TokenBook::issueRemember(const Account &account, const QString &deviceId)
{
    const QString token = QString::fromLatin1(randomBytes(48).toBase64());
    m_remembered.insert(token, {account.id, QString(), deviceId, account.securityStamp});
    return token;
}

bool TokenBook::remembers(const QString &token, const Account &account,
                          const QString &deviceId) const
{
    const Grant grant = m_remembered.value(token);
    return grant.accountId == account.id && grant.deviceId == deviceId
        && grant.securityStamp == account.securityStamp;
}

std::optional<Session> TokenBook::accept(const QByteArray &authorization) const
{
    if (!authorization.startsWith("Bearer "))
        return std::nullopt;
    const auto found = m_access.constFind(QString::fromLatin1(authorization.sliced(7)));
    if (found == m_access.constEnd() || found->expiry <= std::chrono::steady_clock::now())
        return std::nullopt;
    return found->session;
}

void TokenBook::expireAccessTokens()
{
    m_access.clear();
}

void TokenBook::revokeRefreshTokens()
{
    m_refresh.clear();
}

} // namespace Sparekey
