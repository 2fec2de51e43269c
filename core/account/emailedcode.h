// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace Sparekey {

/// The state of the last code that was emailed to prove an account without master password
/// (`requestVerificationCode`), for everything in a session that needs one. A server keeps one such
/// code for an account, and each email voids the previous code; so check here before requesting
/// another. The code itself is not kept. Shared by the session and the proofs made with a code. GUI
/// thread.
class EmailedCode : public QObject
{
    Q_OBJECT

public:
    /// How long servers accept a code: official ones for five minutes, Vaultwarden for ten.
    static constexpr std::chrono::minutes Lifetime{5};
    /// How long to wait before the next email. While a code is unused, Vaultwarden refuses to send
    /// another one for this long.
    static constexpr std::chrono::seconds Pause{30};
    /// After this many wrong codes Vaultwarden accepts none, not even the right one.
    static constexpr int MaxWrongCodes = 2;

    enum class State {
        None, ///< None was emailed yet, or the last one was used.
        BeingSent,
        Good,      ///< Emailed and not used.
        Uncertain, ///< The last one may be void: it has expired, there were too many wrong
                   ///< attempts, or the answer to a request that sent it or asked for it was lost.
    };

    explicit EmailedCode(QObject *parent = nullptr);

    [[nodiscard]] State state(const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    /// The number of emails so far, which identifies the last one; 0 before the first.
    [[nodiscard]] quint64 number() const { return m_number; }
    /// When the last one was sent.
    [[nodiscard]] QDateTime sentAt() const { return m_sentAt; }
    /// How long the server may still refuse to send another one.
    [[nodiscard]] std::chrono::milliseconds
    pause(const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    /// Email `number` is the last one, and the server has not used up its code.
    [[nodiscard]] bool isUnused(quint64 number) const { return number == m_number && !m_used; }

    // For code that requests an email. If one is being sent already, it waits for `sendingEnded`.
    void beginSending();
    void endSending(const Result<void> &sent);
    [[nodiscard]] const Result<void> &lastSending() const { return m_lastSending; }

    // For code that sends an emailed code to the server; `number` is that of its email.
    void markUsed(quint64 number);
    /// `error`: why the request with the code failed.
    void recordFailure(quint64 number, const Error &error);

Q_SIGNALS:
    void changed();
    void sendingEnded();

private:
    [[nodiscard]] std::chrono::milliseconds age(const QDateTime &now) const;

    Result<void> m_lastSending;
    QTimer m_watch; ///< polls for expiry; one long timer would stop while the computer sleeps
    QDateTime m_sentAt;
    quint64 m_number = 0;
    int m_wrongCodes = 0;
    bool m_sending = false;
    bool m_used = false;
    bool m_uncertain = false;
};

} // namespace Sparekey
