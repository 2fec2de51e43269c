// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinpageviewmodel.h"

#include "ui/messages/usermessage.h"

#include <utility>

namespace Sparekey {

SignInPageViewModel::SignInPageViewModel(SignInAttempt &attempt, QObject *parent)
    : QObject(parent)
    , m_attempt(attempt)
{
    connect(&attempt, &SignInAttempt::busyChanged, this, &SignInPageViewModel::changed);
    connect(&attempt, &SignInAttempt::waitSecondsChanged, this,
            &SignInPageViewModel::waitSecondsChanged);
}

void SignInPageViewModel::reset()
{
    m_tasks.cancel();
    clearMessages();
    Q_EMIT changed();
}

void SignInPageViewModel::edited()
{
    if (busy() || m_errorText.isEmpty())
        return;
    m_errorText.clear();
    Q_EMIT changed();
}

QCoro::Task<void> SignInPageViewModel::send(QCoro::Task<Result<SignInOutcome>> running)
{
    const auto ticket = m_tasks.ticket();
    m_attempt.setBusy(true);
    auto outcome = co_await std::move(running);
    if (!ticket)
        co_return;
    m_attempt.setBusy(false);
    finish(std::move(outcome));
}

void SignInPageViewModel::finish(Result<SignInOutcome> outcome)
{
    if (outcome)
        m_attempt.settle(std::move(outcome));
    else
        showError(outcome.error());
}

void SignInPageViewModel::showError(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::WrongCode: refuse(wrongCodeText()); return;
    case ErrorKind::WrongCredentials:
    case ErrorKind::RecoveredButSso:
    case ErrorKind::SsoRequired: m_attempt.settle(fail(error)); return;
    case ErrorKind::RateLimited: m_attempt.wait(error.retryAfter); break;
    default: break;
    }
    showBanner(userMessage(error));
}

void SignInPageViewModel::refuse(const QString &text)
{
    m_errorText = text;
    Q_EMIT changed();
    Q_EMIT codeWanted();
}

void SignInPageViewModel::showBanner(const QString &text)
{
    m_bannerText = text;
    Q_EMIT changed();
}

void SignInPageViewModel::showNote(const QString &text)
{
    m_noteText = text;
    Q_EMIT changed();
}

void SignInPageViewModel::clearMessages()
{
    m_errorText.clear();
    m_bannerText.clear();
    m_noteText.clear();
}

} // namespace Sparekey
