// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QJsonArray>
#include <QString>

#include <chrono>
#include <optional>

namespace Sparekey {

/// The mails that the server would send. Tests and the demo read them here.
class Outbox
{
public:
    void send(const QString &to, const QString &subject, const QString &code = {});
    [[nodiscard]] QJsonArray asJson() const { return m_mails; }

private:
    QJsonArray m_mails; ///< Oldest first: to, subject, code (empty if the mail has none).
};

/// Codes that were mailed and wait to be typed: six digits, good for a time, for some attempts and
/// once. A new code for the same purpose replaces the one before.
class MailedCodes
{
public:
    /// @p purpose tells whose code it is and what for.
    [[nodiscard]] QString make(const QString &purpose, std::chrono::seconds life, int attempts);
    [[nodiscard]] bool accept(const QString &purpose, const QString &code);
    /// Uses neither the code nor an attempt up.
    [[nodiscard]] bool matches(const QString &purpose, const QString &code) const;
    /// Since a code that still waits was made; nothing if none does.
    [[nodiscard]] std::optional<std::chrono::seconds> age(const QString &purpose) const;
    void revoke(const QString &purpose) { m_pending.remove(purpose); }
    void expireAll(); ///< As if the life of all of them had passed.

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
