// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace Sparekey {

/// What is known of the code that was mailed last to prove an account without master password
/// (`requestVerificationCode`), for all that asks for one during a session. A server has one such
/// code for an account, and each mail voids the one before; so nobody may ask for another without
/// having looked here. The code itself is not kept. Shared by the session and the proofs made with
/// a code. GUI thread.
class MailedCode : public QObject
{
    Q_OBJECT

public:
    /// How long servers take a code: official ones for five minutes, Vaultwarden for ten.
    static constexpr std::chrono::minutes Lifetime{5};
    /// How long to wait before the next mail. While a code waits, Vaultwarden refuses to send
    /// another one for so long.
    static constexpr std::chrono::seconds Pause{30};
    /// After so many wrong codes Vaultwarden takes none any more, not even the right one.
    static constexpr int WrongTries = 2;

    enum class State {
        None, ///< None was mailed yet, or the last one was used.
        BeingSent,
        Good,      ///< Mailed and not used.
        Uncertain, ///< The last one may not count any more: its time is over, there were too many
                   ///< wrong tries, or the answer to a request with it, or for it, was lost.
    };

    explicit MailedCode(QObject *parent = nullptr);

    [[nodiscard]] State state(const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    /// Counts the mails, and so names the last one; 0 before the first.
    [[nodiscard]] quint64 number() const { return m_number; }
    /// Of the last one.
    [[nodiscard]] QDateTime sentAt() const { return m_sentAt; }
    /// How long the server may still refuse to send another one.
    [[nodiscard]] std::chrono::milliseconds
    pause(const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    /// It is the last one, and the server has not used it up.
    [[nodiscard]] bool isUnused(quint64 number) const { return number == m_number && !m_used; }

    // For whoever asks for a mail. Whoever finds one being sent waits for `sendingEnded`.
    void beginSending();
    void endSending(const Result<void> &sent);
    [[nodiscard]] const Result<void> &lastSending() const { return m_lastSending; }

    // For whoever sends a code to the server, with the number of its mail.
    void noteUsed(quint64 number);
    /// `error` is why the code proved nothing.
    void noteFailure(quint64 number, const Error &error);

Q_SIGNALS:
    void changed();
    void sendingEnded();

private:
    [[nodiscard]] std::chrono::milliseconds age(const QDateTime &now) const;

    Result<void> m_lastSending;
    QTimer
        m_watch; ///< looks whether the time is over; one long timer would sleep with the computer
    QDateTime m_sentAt;
    quint64 m_number = 0;
    int m_wrongTries = 0;
    bool m_sending = false;
    bool m_used = false;
    bool m_uncertain = false;
};

} // namespace Sparekey
