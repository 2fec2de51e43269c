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

/// Says when the window has to be locked: nobody has used it for a while, the computer is about to
/// sleep, or the screen was locked. GUI thread; needs a QGuiApplication.
///
/// Idle means: no key, pointer or touch in a window of ours. That is never less than the time for
/// which the whole session has been idle; what a desktop makes of an idle session (its screen saver
/// or lock) counts at once.
///
/// Listens to `PrepareForSleep` of `org.freedesktop.login1` and holds a delay lock, so that the
/// computer sleeps only when the window shows nothing any more; to `Lock` and `LockedHint` of the
/// login1 session; and to `ActiveChanged` of the desktops' screen savers. Where one of them is
/// missing, the others work.
class AutoLock : public QObject
{
    Q_OBJECT

public:
    explicit AutoLock(QObject *parent = nullptr);
    ~AutoLock() override;

    /// How long the window may stay unused; 0 for ever.
    void setIdleLimit(std::chrono::milliseconds limit);

    /// Something is there to be locked. The first call connects to the buses.
    void arm();
    /// It was locked, or is gone.
    void disarm();

Q_SIGNALS:
    /// Only while armed. Receivers lock before they return.
    void lockWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void sleepComes(bool aboutToSleep);
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
    QTimer m_release; ///< lets the sleep proceed
    QDBusUnixFileDescriptor m_delay;
    std::chrono::milliseconds m_idleLimit{0};
    BootClock::time_point m_lastUse;
    bool m_armed = false;
    bool m_connected = false;
};

} // namespace Sparekey
