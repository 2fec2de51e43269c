// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"

#include <QHash>

namespace Sparekey {

/// The issued `userVerificationToken`s. A token can be used any number of times until it expires,
/// for one account and one provider; for the authenticator, only with one key. Tokens of `Nested`
/// are valid for five minutes, and only until the provider changes.
class VerificationTokens
{
public:
    [[nodiscard]] QString issue(const Account &account, ProviderType type, const QByteArray &key);
    [[nodiscard]] bool accept(const QString &token, const Account &account, ProviderType type,
                              const QByteArray &key) const;
    /// Why `Nested` refuses a token; nothing if the token is valid.
    [[nodiscard]] std::optional<QString> problemOf(const QString &token, const Account &account,
                                                   ProviderType type) const;
    void expireAll() { m_issued.clear(); }

private:
    struct Issued
    {
        QString accountId;
        ProviderType type;
        QByteArray key;
        QByteArray state;
        std::chrono::steady_clock::time_point expiry;
    };
    QHash<QString, Issued> m_issued;
};

} // namespace Sparekey
