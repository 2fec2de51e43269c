// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/clock/bootclock.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace Sparekey {

/// Counts down seconds for waiting times that the user sees. GUI thread.
class Countdown : public QObject
{
    Q_OBJECT

public:
    explicit Countdown(QObject *parent = nullptr);

    /// Starts or restarts; `duration` is rounded up to whole seconds.
    void start(std::chrono::milliseconds duration);
    void stop();
    [[nodiscard]] int seconds() const { return m_seconds; }

Q_SIGNALS:
    void secondsChanged();
    /// The time is over; not emitted by `stop`.
    void finished();

private:
    void tick();

    QTimer m_timer;
    BootClock::time_point m_end;
    int m_seconds = 0;
};

} // namespace Sparekey
