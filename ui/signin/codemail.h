// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/signin.h"
#include "core/task/taskguard.h"
#include "ui/timing/countdown.h"

#include <QObject>

namespace Sparekey {

/// A code that the server sends by email during a sign-in: whether one was sent, and when another
/// one may be asked for. GUI thread.
class CodeMail : public QObject
{
    Q_OBJECT

public:
    explicit CodeMail(QObject *parent = nullptr);

    [[nodiscard]] bool isSending() const { return m_sending; }
    [[nodiscard]] bool wasSent() const { return m_sent; }
    /// Seconds until another one may be asked for; 0 when it may.
    [[nodiscard]] int resendSeconds() const { return m_resend.seconds(); }

    /// The server has sent one by itself.
    void noteSent();
    /// What was sent is void.
    void noteVoid() { m_sent = false; }
    /// Forgets everything, and what is under way.
    void reset();
    /// Waits for the server to send one. `Canceled` after `reset`.
    [[nodiscard]] QCoro::Task<Result<void>> send(QCoro::Task<Result<void>> running);

    /// What is said when another one was sent.
    [[nodiscard]] static QString sentAgainText();

Q_SIGNALS:
    void changed();
    void resendSecondsChanged();

private:
    TaskGuard m_tasks;
    Countdown m_resend;
    bool m_sending = false;
    bool m_sent = false;
};

} // namespace Sparekey
