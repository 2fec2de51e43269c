// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/verificationtokens.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

QString VerificationTokens::issue(const Account &account, ProviderType type, const QByteArray &key)
{
    // About as long as the real ones.
    const QString token = u"TwoFactorUserVerification_"_s
        + QString::fromLatin1(randomBytes(150).toBase64(QByteArray::Base64UrlEncoding));
    m_issued.insert(token,
                    {.accountId = account.id,
                     .type = type,
                     .key = key,
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

} // namespace Sparekey
