// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QJsonArray>
#include <QString>

#include <chrono>
#include <optional>

namespace Sparekey {

/// The emails that a real server would send. Tests and the demo read them here.
class Outbox
{
public:
    void send(const QString &to, const QString &subject, const QString &code = {});
    [[nodiscard]] QJsonArray asJson() const { return m_emails; }

private:
    QJsonArray m_emails; ///< Oldest first: to, subject, code (empty if the email has none).
};

/// Codes that were sent by email: six digits, valid once, for a limited time and number of
/// attempts. A new code replaces the previous one for the same purpose.
class EmailedCodes
{
public:
    /// @p purpose names the account and the use of the code.
    [[nodiscard]] QString make(const QString &purpose, std::chrono::seconds life, int attempts);
    [[nodiscard]] bool accept(const QString &purpose, const QString &code);
    /// Consumes neither the code nor an attempt.
    [[nodiscard]] bool matches(const QString &purpose, const QString &code) const;
    /// Time since the pending code was created; nothing if there is none.
    [[nodiscard]] std::optional<std::chrono::seconds> age(const QString &purpose) const;
    void revoke(const QString &purpose) { m_pending.remove(purpose); }
    void expireAll(); ///< Makes all codes expire.

private:
    struct Pending
    {
        QString code;
        std::chrono::steady_clock::time_point made;
        std::chrono::steady_clock::time_point expiry;
        int attemptsLeft;
    };
    QHash<QString, Pending> m_pending;
};

} // namespace Sparekey
