// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/timing/stepclock.h"

#include <cstdlib>

namespace Sparekey {

StepClock::StepClock(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(std::chrono::milliseconds(200));
    connect(&m_timer, &QTimer::timeout, this, &StepClock::tick);
}

void StepClock::start(const QDateTime &serverTime)
{
    // The header has whole seconds and arrives with a delay, so small differences are ignored.
    constexpr qint64 exact = 2000;
    const qint64 offset = serverTime.isValid() ? QDateTime::currentDateTimeUtc().msecsTo(serverTime)
                                               : 0;
    m_offset = std::chrono::milliseconds(std::llabs(offset) > exact ? offset : 0);
    m_timer.start();
    tick();
}

void StepClock::stop()
{
    m_timer.stop();
    set(0);
}

int StepClock::secondsLeftAt(const QDateTime &time)
{
    return Step - static_cast<int>(time.toSecsSinceEpoch() % Step);
}

void StepClock::tick()
{
    set(secondsLeftAt(QDateTime::currentDateTimeUtc().addMSecs(m_offset.count())));
}

void StepClock::set(int seconds)
{
    if (seconds == m_secondsLeft)
        return;
    m_secondsLeft = seconds;
    Q_EMIT secondsLeftChanged();
}

} // namespace Sparekey
