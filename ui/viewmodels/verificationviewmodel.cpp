// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewmodels/verificationviewmodel.h"

#include "ui/messages/usermessage.h"

#include <QPointer>

namespace Sparekey {

VerificationViewModel::VerificationViewModel(Act act, QObject *parent)
    : QObject(parent)
    , m_act(std::move(act))
{
    connect(&m_wait, &Countdown::secondsChanged, this, &VerificationViewModel::waitSecondsChanged);
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
        m_errorText = tr("Enter your master password.");
        m_errorIsConnection = false;
        Q_EMIT changed();
        return;
    }
    tryPassword(std::move(password));
}

void VerificationViewModel::cancel()
{
    reset();
    Q_EMIT cancelled();
}

QCoro::Task<void> VerificationViewModel::tryPassword(SecureBuffer password)
{
    const QPointer self(this);
    reset();
    const quint64 generation = m_generation;
    m_busy = true;
    Q_EMIT changed();

    const auto result = co_await m_act(std::move(password));
    if (!self || generation != m_generation)
        co_return;
    m_busy = false;
    if (result) {
        Q_EMIT changed();
        Q_EMIT accepted();
        co_return;
    }

    const Error &error = result.error();
    m_errorText = userMessage(error);
    m_errorIsConnection = error.kind != ErrorKind::WrongSecret
        && error.kind != ErrorKind::RateLimited;
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    Q_EMIT changed();
    Q_EMIT passwordWanted();
}

} // namespace Sparekey
