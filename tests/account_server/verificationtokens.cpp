// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/verificationtokens.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

/// Whether the provider is on or off, and the keys it contains.
QByteArray stateOf(const Account &account, ProviderType type)
{
    const auto found = account.providers.find(type);
    if (found == account.providers.end() || !found->second.enabled)
        return "off"_ba;
    QByteArray state = "on "_ba + found->second.yubiKeys.join(u' ').toLatin1();
    for (const RegisteredPasskey &key : found->second.passkeys)
        state += ' ' + QByteArray::number(key.id);
    return state;
}

} // namespace

QString VerificationTokens::issue(const Account &account, ProviderType type, const QByteArray &key)
{
    // About as long as a real token.
    const QString token = u"TwoFactorUserVerification_"_s
        + QString::fromLatin1(randomBytes(150).toBase64(QByteArray::Base64UrlEncoding));
    m_issued.insert(token,
                    {.accountId = account.id,
                     .type = type,
                     .key = key,
                     .state = stateOf(account, type),
                     .expiry = std::chrono::steady_clock::now() + 30min});
    return token;
}

bool VerificationTokens::accept(const QString &token, const Account &account, ProviderType type,
                                const QByteArray &key) const
{
    const auto issued = m_issued.constFind(token);
    return issued != m_issued.constEnd() && issued->accountId == account.id && issued->type == type
        && issued->key == key && std::chrono::steady_clock::now() < issued->expiry;
}

std::optional<QString> VerificationTokens::problemOf(const QString &token, const Account &account,
                                                     ProviderType type) const
{
    // Tokens of `Nested` are valid for 5 minutes instead of 30.
    constexpr auto unused = 25min;
    const auto issued = m_issued.constFind(token);
    if (issued == m_issued.constEnd()
        || std::chrono::steady_clock::now() >= issued->expiry - unused)
        return u"Failed to decode verification token: Token has expired"_s;
    if (issued->state != stateOf(account, type))
        return u"Invalid verification token: Invalid state"_s;
    return {};
}

} // namespace Sparekey
