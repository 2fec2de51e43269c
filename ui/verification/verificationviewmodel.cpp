// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/verification/verificationviewmodel.h"

#include "core/account/kdfassessment.h"
#include "core/account/profile.h"
#include "core/text/enteredtext.h"
#include "ui/messages/dates.h"
#include "ui/messages/usermessage.h"

using namespace std::chrono_literals;

namespace Sparekey {

VerificationViewModel::VerificationViewModel(Action action, QObject *parent)
    : QObject(parent)
    , m_action(std::move(action))
{
    connect(&m_wait, &Countdown::secondsChanged, this, &VerificationViewModel::waitSecondsChanged);
    connect(&m_resend, &Countdown::secondsChanged, this,
            &VerificationViewModel::resendSecondsChanged);
}

void VerificationViewModel::setSession(std::shared_ptr<Session> session)
{
    if (m_session)
        disconnect(m_session->emailedCode().get(), nullptr, this, nullptr);
    m_session = std::move(session);
    if (m_session) {
        connect(m_session->emailedCode().get(), &EmailedCode::changed, this,
                &VerificationViewModel::followEmails);
    }
    followEmails();
    reset();
}

void VerificationViewModel::followEmails()
{
    const auto pause = isByEmail() ? m_session->emailedCode()->pause() : 0ms;
    if (pause > 0ms)
        m_resend.start(pause);
    else
        m_resend.stop();
    Q_EMIT changed();
}

bool VerificationViewModel::isByEmail() const
{
    return m_session && !m_session->account().hasMasterPassword;
}

bool VerificationViewModel::isSendingEmail() const
{
    return isByEmail() && m_session->emailedCode()->state() == EmailedCode::State::BeingSent;
}

QString VerificationViewModel::emailText() const
{
    if (!isByEmail())
        return {};
    const EmailedCode &code = *m_session->emailedCode();
    const QString email = m_session->account().email;
    const QString time = shownTime(code.sentAt());
    switch (code.state()) {
    case EmailedCode::State::None:
        return tr("This account has no master password. A code by email confirms that it is you.");
    case EmailedCode::State::BeingSent: return tr("A code is being sent to %1.").arg(email);
    case EmailedCode::State::Good:
        if (code.number() == m_earlierCode) {
            return tr("The code sent to %1 at %2 still works. Enter it here.").arg(email, time);
        }
        if (code.number() > 1) {
            return tr("A code was sent to %1 at %2. Enter it here. Codes of earlier emails no "
                      "longer work.")
                .arg(email, time);
        }
        return tr("A code was sent to %1 at %2. Enter it here.").arg(email, time);
    case EmailedCode::State::Uncertain:
        return tr("The code sent to %1 at %2 may no longer work. If it is not accepted, press "
                  "“Resend code” and enter the new code.")
            .arg(email, time);
    }
    Q_UNREACHABLE();
}

void VerificationViewModel::begin()
{
    if (!isByEmail() || m_asking)
        return;
    const EmailedCode &code = *m_session->emailedCode();
    if (code.state() == EmailedCode::State::Good) {
        m_earlierCode = code.number();
        Q_EMIT changed();
    } else if (code.pause() == 0ms) {
        requestEmail();
    }
}

void VerificationViewModel::sendEmail()
{
    if (isByEmail() && !m_busy && !isSendingEmail() && m_resend.seconds() == 0)
        requestEmail();
}

void VerificationViewModel::submitCode(QStringView entered)
{
    if (m_busy || m_wait.seconds() > 0 || isSendingEmail())
        return;
    SecureBuffer code = emailedCodeFrom(entered);
    if (code.isEmpty())
        refuse(entered.trimmed().isEmpty()
                   ? tr("Enter the code.")
                   : tr("The code from the email has digits only, usually six."));
    else
        trySecret(std::move(code));
}

QCoro::Task<void> VerificationViewModel::requestEmail()
{
    const auto ticket = m_attempt.ticket();
    const auto session = m_session;
    m_asking = true;
    const auto sent = co_await requestVerificationCode(session);
    // The prompt may have been closed meanwhile; the next prompt waits for the same email.
    if (!ticket || m_session != session)
        co_return;
    m_asking = false;
    if (!sent)
        showError(sent.error());
    Q_EMIT changed();
    Q_EMIT passwordWanted();
}

void VerificationViewModel::refuse(const QString &text)
{
    m_errorText = text;
    m_errorIsConnection = false;
    Q_EMIT changed();
}

void VerificationViewModel::showError(const Error &error)
{
    m_errorText = isByEmail() && error.kind == ErrorKind::WrongSecret
        ? tr("That code was not accepted. Only the newest code works, once and for a few "
             "minutes.")
        : userMessage(error);
    m_errorIsConnection = error.kind != ErrorKind::WrongSecret
        && error.kind != ErrorKind::RateLimited;
    m_refusedForGood = isSameForAnySecret(error.kind);
}

void VerificationViewModel::reset()
{
    m_attempt.cancel();
    m_busy = false;
    m_asking = false;
    m_earlierCode = 0;
    clearError();
    Q_EMIT changed();
}

void VerificationViewModel::submit(SecureBuffer password)
{
    if (m_busy || m_wait.seconds() > 0)
        return;
    if (password.isEmpty()) {
        refuse(tr("Enter your master password."));
        return;
    }
    trySecret(std::move(password));
}

void VerificationViewModel::cancel()
{
    reset();
    Q_EMIT canceled();
}

QCoro::Task<void> VerificationViewModel::trySecret(SecureBuffer secret)
{
    const auto ticket = m_attempt.renew();
    m_busy = true;
    clearError();
    Q_EMIT changed();

    const auto session = m_session;
    auto result = co_await m_action(secret.clone());
    if (!ticket)
        co_return;
    if (!result && result.error().kind == ErrorKind::WrongSecret && session
        && session->account().hasMasterPassword) {
        // The password may be right, but the server may have changed its key derivation since.
        const auto renewed = co_await session->renewPrelogin();
        if (!ticket)
            co_return;
        if (renewed && *renewed)
            result = co_await m_action(secret.clone());
        else if (!renewed && isAboutKdf(renewed.error().kind))
            result = fail(renewed.error());
        if (!ticket)
            co_return;
    }
    secret.clear();
    m_busy = false;
    if (result) {
        Q_EMIT changed();
        Q_EMIT accepted();
        co_return;
    }

    const Error &error = result.error();
    showError(error);
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    Q_EMIT changed();
    Q_EMIT passwordWanted();
}

void VerificationViewModel::clearError()
{
    m_errorText.clear();
    m_errorIsConnection = false;
    m_refusedForGood = false;
}

} // namespace Sparekey
