// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace Sparekey {

/// Counts the seconds until an authenticator app shows the next code. Codes change every 30 seconds
/// of Unix time (RFC 6238 §4.1, with the time step that all apps use). GUI thread.
class StepClock : public QObject
{
    Q_OBJECT

public:
    static constexpr int Step = 30; ///< Seconds.

    explicit StepClock(QObject *parent = nullptr);

    /// Starts, based on `serverTime` if it is valid. A phone's clock is set by the network, so it
    /// probably agrees with the server even if this computer's clock does not.
    void start(const QDateTime &serverTime);
    void stop();
    /// 1 to 30; 0 while stopped.
    [[nodiscard]] int secondsLeft() const { return m_secondsLeft; }

    [[nodiscard]] static int secondsLeftAt(const QDateTime &time);

Q_SIGNALS:
    void secondsLeftChanged();

private:
    void tick();
    void set(int seconds);

    QTimer m_timer;
    std::chrono::milliseconds m_offset{0};
    int m_secondsLeft = 0;
};

} // namespace Sparekey
