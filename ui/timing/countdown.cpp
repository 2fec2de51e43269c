// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/timing/countdown.h"

namespace Sparekey {

Countdown::Countdown(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(std::chrono::milliseconds(200));
    connect(&m_timer, &QTimer::timeout, this, &Countdown::tick);
}

void Countdown::start(std::chrono::milliseconds duration)
{
    // Uses a clock instead of counting ticks, so that time in system sleep counts too.
    m_end = BootClock::now() + duration;
    m_timer.start();
    tick();
}

void Countdown::stop()
{
    m_timer.stop();
    if (m_seconds == 0)
        return;
    m_seconds = 0;
    Q_EMIT secondsChanged();
}

void Countdown::tick()
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_end - BootClock::now());
    const int seconds = qMax(0, static_cast<int>(left.count()));
    if (seconds == 0)
        m_timer.stop();
    if (seconds != m_seconds) {
        m_seconds = seconds;
        Q_EMIT secondsChanged();
        if (seconds == 0)
            Q_EMIT finished();
    }
}

} // namespace Sparekey
