// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/verificationviewmodel.h"

#include "core/account/profile.h"
#include "core/account/secondstep.h"
#include "ui/messages/usermessage.h"

#include <QPointer>

namespace Sparekey {

VerificationViewModel::VerificationViewModel(Act act, QObject *parent)
    : QObject(parent)
    , m_act(std::move(act))
{
    connect(&m_wait, &Countdown::secondsChanged, this, &VerificationViewModel::waitSecondsChanged);
    connect(&m_resend, &Countdown::secondsChanged, this,
            &VerificationViewModel::resendSecondsChanged);
}

void VerificationViewModel::setSession(std::shared_ptr<Session> session)
{
    m_session = std::move(session);
    m_sendingMail = false;
    m_mailSent = false;
    m_resend.stop();
    reset();
}

bool VerificationViewModel::isByMail() const
{
    return m_session && !m_session->account().hasMasterPassword;
}

QString VerificationViewModel::mailText() const
{
    if (m_sendingMail)
        return tr("A code is being sent to %1.").arg(m_session->account().email);
    if (m_mailSent)
        return tr("A code was sent to %1. Type it here.").arg(m_session->account().email);
    return tr("This account has no master password. A code in a mail confirms that it is you.");
}

void VerificationViewModel::begin()
{
    // Each mail voids the code of the one before.
    if (isByMail() && m_resend.seconds() == 0)
        sendMail();
}

void VerificationViewModel::sendMail()
{
    if (isByMail() && !m_busy && !m_sendingMail && m_resend.seconds() == 0)
        askForMail();
}

void VerificationViewModel::submitCode(const QString &typed)
{
    if (m_busy || m_wait.seconds() > 0)
        return;
    SecureBuffer code = normalisedMailCode(typed);
    if (code.isEmpty())
        refuse(typed.trimmed().isEmpty()
                   ? tr("Enter the code.")
                   : tr("The code from the mail is made of digits, usually six."));
    else
        trySecret(std::move(code));
}

QCoro::Task<void> VerificationViewModel::askForMail()
{
    const QPointer self(this);
    const auto session = m_session;
    m_sendingMail = true;
    Q_EMIT changed();
    const auto sent = co_await requestVerificationCode(session);
    if (!self || m_session != session)
        co_return;
    m_sendingMail = false;
    m_mailSent = sent.has_value();
    if (sent) {
        m_resend.start(std::chrono::seconds(30));
    } else {
        m_errorText = userMessage(sent.error());
        m_errorIsConnection = isConnectionProblem(sent.error().kind);
    }
    Q_EMIT changed();
    Q_EMIT passwordWanted();
}

void VerificationViewModel::refuse(const QString &text)
{
    m_errorText = text;
    m_errorIsConnection = false;
    Q_EMIT changed();
}

void VerificationViewModel::reset()
{
    ++m_generation;
    m_busy = false;
    m_errorText.clear();
    m_errorIsConnection = false;
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
    Q_EMIT cancelled();
}

QCoro::Task<void> VerificationViewModel::trySecret(SecureBuffer secret)
{
    const QPointer self(this);
    reset();
    const quint64 generation = m_generation;
    m_busy = true;
    Q_EMIT changed();

    const auto result = co_await m_act(std::move(secret));
    if (!self || generation != m_generation)
        co_return;
    m_busy = false;
    if (result) {
        // A mailed code is good once: the next prompt needs another one.
        m_mailSent = false;
        m_resend.stop();
        Q_EMIT changed();
        Q_EMIT accepted();
        co_return;
    }

    const Error &error = result.error();
    m_errorText = isByMail() && error.kind == ErrorKind::WrongSecret
        ? tr("That code was not accepted. Only the code of the newest mail counts, and only once.")
        : userMessage(error);
    m_errorIsConnection = error.kind != ErrorKind::WrongSecret
        && error.kind != ErrorKind::RateLimited;
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    Q_EMIT changed();
    Q_EMIT passwordWanted();
}

} // namespace Sparekey
