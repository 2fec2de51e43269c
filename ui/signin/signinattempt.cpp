// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinattempt.h"

#include <utility>

using namespace std::chrono_literals;

namespace Sparekey {

namespace {

/// The lifetime of the longest-lived code that servers send by email.
constexpr auto life = 10min;

} // namespace

SignInAttempt::SignInAttempt(QObject *parent)
    : QObject(parent)
{
    m_life.setSingleShot(true);
    m_life.setInterval(life);
    connect(&m_life, &QTimer::timeout, this, &SignInAttempt::timedOut);
    connect(&m_wait, &Countdown::secondsChanged, this, &SignInAttempt::waitSecondsChanged);
}

SignInAttempt::~SignInAttempt()
{
    if (m_signIn)
        m_signIn->cancel();
}

void SignInAttempt::begin(std::shared_ptr<SignIn> signIn, const QString &email,
                          const Environment &environment)
{
    end();
    m_signIn = std::move(signIn);
    m_email = email;
    m_environment = environment;
    m_life.start();
}

void SignInAttempt::end()
{
    if (m_signIn)
        m_signIn->cancel();
    m_signIn.reset();
    m_outcome.reset();
    m_wait.stop();
    m_life.stop();
    setBusy(false);
}

void SignInAttempt::setBusy(bool busy)
{
    if (busy == m_busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

void SignInAttempt::settle(Result<SignInOutcome> outcome)
{
    // After success the session owns the transport: nothing is left to cancel.
    if (outcome && std::holds_alternative<SignedIn>(*outcome))
        m_signIn.reset();
    m_outcome = std::move(outcome);
    Q_EMIT settled();
}

Result<SignInOutcome> SignInAttempt::takeOutcome()
{
    auto outcome = std::exchange(m_outcome, std::nullopt);
    if (!outcome)
        return fail(ErrorKind::Canceled);
    return std::move(*outcome);
}

} // namespace Sparekey
