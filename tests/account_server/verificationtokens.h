// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"

#include <QHash>

namespace Sparekey {

/// The `userVerificationToken`s that were handed out. Good until they expire, as often as one
/// likes, for one account and one provider; the authenticator's also for one key only. The coming
/// Vaultwarden's are good only while the provider is as it was, and for five minutes.
class VerificationTokens
{
public:
    [[nodiscard]] QString issue(const Account &account, ProviderType type, const QByteArray &key);
    [[nodiscard]] bool accept(const QString &token, const Account &account, ProviderType type,
                              const QByteArray &key) const;
    /// What the coming Vaultwarden says against one; nothing if it is good there.
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
