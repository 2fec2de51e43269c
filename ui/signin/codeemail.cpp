// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/codeemail.h"

#include "ui/messages/usermessage.h"

#include <utility>

using namespace std::chrono_literals;

namespace Sparekey {

namespace {

constexpr auto resendPause = 30s;

} // namespace

CodeEmail::CodeEmail(QObject *parent)
    : QObject(parent)
{
    connect(&m_resend, &Countdown::secondsChanged, this, &CodeEmail::resendSecondsChanged);
}

void CodeEmail::markSent()
{
    m_sent = true;
    m_resend.start(resendPause);
    Q_EMIT changed();
}

void CodeEmail::reset()
{
    m_tasks.cancel();
    m_resend.stop();
    m_sending = false;
    m_sent = false;
    Q_EMIT changed();
}

QCoro::Task<Result<void>> CodeEmail::send(QCoro::Task<Result<void>> running)
{
    const auto ticket = m_tasks.ticket();
    m_sending = true;
    Q_EMIT changed();
    const auto sent = co_await std::move(running);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    m_sending = false;
    if (sent) {
        markSent();
        co_return sent;
    }
    // If no answer came, the email may have been sent nevertheless.
    m_sent = m_sent || isConnectionProblem(sent.error().kind);
    Q_EMIT changed();
    co_return sent;
}

QString CodeEmail::sentAgainText()
{
    return tr("A new code is on its way. Only the newest one counts.");
}

} // namespace Sparekey
