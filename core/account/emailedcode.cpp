// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/emailedcode.h"

#include "core/api/serveranswer.h"

#include <algorithm>

namespace Sparekey {

EmailedCode::EmailedCode(QObject *parent)
    : QObject(parent)
{
    m_watch.setInterval(std::chrono::seconds(5));
    connect(&m_watch, &QTimer::timeout, this, [this] {
        if (state() == State::Good)
            return;
        m_watch.stop();
        Q_EMIT changed();
    });
}

std::chrono::milliseconds EmailedCode::age(const QDateTime &now) const
{
    return std::chrono::milliseconds(m_sentAt.msecsTo(now));
}

EmailedCode::State EmailedCode::state(const QDateTime &now) const
{
    if (m_sending)
        return State::BeingSent;
    if (m_number == 0 || m_used)
        return State::None;
    // If the clock was set back, the age is unknown.
    const bool old = age(now) >= Lifetime || age(now).count() < 0;
    return old || m_uncertain || m_wrongCodes >= MaxWrongCodes ? State::Uncertain : State::Good;
}

std::chrono::milliseconds EmailedCode::pause(const QDateTime &now) const
{
    if (m_number == 0 || m_used || age(now).count() < 0)
        return {};
    return std::max(Pause - age(now), std::chrono::milliseconds(0));
}

void EmailedCode::beginSending()
{
    m_sending = true;
    Q_EMIT changed();
}

void EmailedCode::endSending(const Result<void> &sent)
{
    m_sending = false;
    m_lastSending = sent;
    const bool lost = !sent && isOutcomeUnknown(sent.error());
    // After a refusal nothing was emailed, and the state of the previous code is unchanged.
    if (sent || lost) {
        ++m_number;
        m_sentAt = QDateTime::currentDateTimeUtc();
        m_wrongCodes = 0;
        m_used = false;
        m_uncertain = lost;
        m_watch.start();
    }
    Q_EMIT changed();
    Q_EMIT sendingEnded();
}

void EmailedCode::markUsed(quint64 number)
{
    if (!isUnused(number))
        return;
    m_used = true;
    m_watch.stop();
    Q_EMIT changed();
}

void EmailedCode::recordFailure(quint64 number, const Error &error)
{
    if (!isUnused(number))
        return;
    if (error.kind == ErrorKind::WrongSecret)
        ++m_wrongCodes;
    else if (isOutcomeUnknown(error))
        m_uncertain = true;
    else
        return;
    Q_EMIT changed();
}

} // namespace Sparekey
