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

/// One sign-in whose password was right, shared by the pages on which somebody gives what the
/// server wants besides. GUI thread.
class SignInAttempt : public QObject
{
    Q_OBJECT

public:
    explicit SignInAttempt(QObject *parent = nullptr);
    /// Cancels the sign-in.
    ~SignInAttempt() override;

    /// `signIn` goes on from here.
    void begin(std::shared_ptr<SignIn> signIn, const QString &email,
               const Environment &environment);
    /// Cancels the sign-in and forgets everything.
    void end();

    [[nodiscard]] const std::shared_ptr<SignIn> &signIn() const { return m_signIn; }
    [[nodiscard]] const QString &email() const { return m_email; }
    [[nodiscard]] const Environment &environment() const { return m_environment; }

    /// The server is asked for tokens now.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    void setBusy(bool busy);
    /// Seconds until the server takes another try; 0 when one may be made.
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }
    void wait(std::chrono::seconds duration) { m_wait.start(duration); }
    /// The server can be asked for tokens now.
    [[nodiscard]] bool mayAsk() const { return m_signIn && !m_busy && m_wait.seconds() == 0; }

    /// A page has an outcome that leads away from it.
    void settle(Result<SignInOutcome> outcome);
    /// After `settled`; once.
    [[nodiscard]] Result<SignInOutcome> takeOutcome();

Q_SIGNALS:
    void busyChanged();
    void waitSecondsChanged();
    void settled();
    /// The derived hash was kept long enough.
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
