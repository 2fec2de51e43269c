// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/signin.h"
#include "core/environment/environment.h"
#include "ui/timing/countdown.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace Sparekey {

/// One sign-in whose password was correct. It is shared by the pages that ask for what else the
/// server wants. GUI thread.
class SignInAttempt : public QObject
{
    Q_OBJECT

public:
    explicit SignInAttempt(QObject *parent = nullptr);
    /// Cancels the sign-in.
    ~SignInAttempt() override;

    /// Takes over `signIn`, which continues here.
    void begin(std::shared_ptr<SignIn> signIn, const QString &email,
               const Environment &environment);
    /// Cancels the sign-in and forgets everything.
    void end();

    [[nodiscard]] const std::shared_ptr<SignIn> &signIn() const { return m_signIn; }
    [[nodiscard]] const QString &email() const { return m_email; }
    [[nodiscard]] const Environment &environment() const { return m_environment; }

    /// A request for tokens is running.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    void setBusy(bool busy);
    /// Seconds until the server accepts another attempt; 0 if one may be made now.
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }
    void wait(std::chrono::seconds duration) { m_wait.start(duration); }
    /// A request for tokens may be sent now.
    [[nodiscard]] bool canSend() const { return m_signIn && !m_busy && m_wait.seconds() == 0; }

    /// Stores an outcome that ends the current page, and emits `settled`.
    void settle(Result<SignInOutcome> outcome);
    /// The stored outcome, once after `settled`.
    [[nodiscard]] Result<SignInOutcome> takeOutcome();

Q_SIGNALS:
    void busyChanged();
    void waitSecondsChanged();
    void settled();
    /// The derived hash has been kept for the longest time allowed.
    void timedOut();

private:
    std::shared_ptr<SignIn> m_signIn;
    std::optional<Result<SignInOutcome>> m_outcome;
    Environment m_environment;
    QString m_email;
    Countdown m_wait;
    QTimer m_life;
    bool m_busy = false;
};

} // namespace Sparekey
