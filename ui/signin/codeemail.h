// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/signin.h"
#include "core/task/taskguard.h"
#include "ui/timing/countdown.h"

#include <QObject>

namespace Sparekey {

/// A code that the server sends by email during a sign-in: whether one was sent, and when another
/// one may be requested. GUI thread.
class CodeEmail : public QObject
{
    Q_OBJECT

public:
    explicit CodeEmail(QObject *parent = nullptr);

    [[nodiscard]] bool isSending() const { return m_sending; }
    [[nodiscard]] bool wasSent() const { return m_sent; }
    /// Seconds until another code may be requested; 0 if that is possible now.
    [[nodiscard]] int resendSeconds() const { return m_resend.seconds(); }

    /// The server has sent a code without being asked.
    void markSent();
    /// The code that was sent is no longer valid.
    void markVoid() { m_sent = false; }
    /// Forgets everything and ignores a running request.
    void reset();
    /// Awaits `running`, the request that makes the server send a code. Fails with `Canceled` after
    /// `reset`.
    [[nodiscard]] QCoro::Task<Result<void>> send(QCoro::Task<Result<void>> running);

    /// The note to show after another code was sent.
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
