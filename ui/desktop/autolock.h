// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/clock/bootclock.h"

#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QTimer>
#include <QVariantMap>

#include <chrono>

namespace Sparekey {

/// Signals when the window has to be locked: it was idle for a while, the computer is about to
/// sleep, or the screen was locked. GUI thread; needs a QGuiApplication.
///
/// Idle means: no key, pointer or touch input in this program's windows. This is at least as long
/// as the whole session has been idle. The screen saver or lock that a desktop starts in an idle
/// session locks at once.
///
/// Listens to `PrepareForSleep` of `org.freedesktop.login1`, with a delay lock so that the computer
/// sleeps only after the window has hidden everything; to `Lock` and `LockedHint` of the login1
/// session; and to `ActiveChanged` of the desktops' screen savers. Each works without the others.
class AutoLock : public QObject
{
    Q_OBJECT

public:
    explicit AutoLock(QObject *parent = nullptr);
    ~AutoLock() override;

    /// How long the window may stay idle; 0 for no limit.
    void setIdleLimit(std::chrono::milliseconds limit);

    /// Call when there is something to lock. The first call connects to the buses.
    void arm();
    /// Call when nothing is left to lock.
    void disarm();

Q_SIGNALS:
    /// Emitted only while armed. Receivers must lock before they return.
    void lockWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void prepareForSleep(bool aboutToSleep);
    void screenSaverChanged(bool active);
    void sessionLocked();
    void sessionChanged(const QString &interface, const QVariantMap &changed,
                        const QStringList &invalidated);

private:
    [[nodiscard]] std::chrono::milliseconds untilIdle() const;
    void watchIdle();
    void connectToBuses();
    void findSession();
    void findSessionOnScreen();
    void listenToSession(const QString &path);
    void delaySleep();

    QTimer m_idle;
    QTimer m_release; ///< Releases the delay lock.
    QDBusUnixFileDescriptor m_delay;
    std::chrono::milliseconds m_idleLimit{0};
    BootClock::time_point m_lastUse;
    bool m_armed = false;
    bool m_connected = false;
};

} // namespace Sparekey
