// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/autolock.h"

#include "ui/desktop/sessionbus.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QGuiApplication>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

constexpr auto Login = "org.freedesktop.login1"_L1;
constexpr auto LoginPath = "/org/freedesktop/login1"_L1;
constexpr auto Manager = "org.freedesktop.login1.Manager"_L1;
constexpr auto LoginSession = "org.freedesktop.login1.Session"_L1;
constexpr auto Properties = "org.freedesktop.DBus.Properties"_L1;

// The service and interface have the same name; the object path depends on the desktop.
constexpr QLatin1StringView ScreenSavers[] = {
    "org.freedesktop.ScreenSaver"_L1, "org.gnome.ScreenSaver"_L1, "org.cinnamon.ScreenSaver"_L1,
    "org.mate.ScreenSaver"_L1,        "org.xfce.ScreenSaver"_L1,
};

/// Time for the window to draw the lock page before the computer sleeps: the last frame is visible
/// first after the computer wakes up. login1 waits five seconds by default.
constexpr auto TimeToDraw = 500ms;

bool isUse(QEvent::Type type)
{
    switch (type) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TabletPress:
    case QEvent::TabletMove: return true;
    default: return false;
    }
}

QDBusPendingCallWatcher *ask(const QString &path, QLatin1StringView interface, const QString &name,
                             const QVariantList &arguments, QObject *parent)
{
    auto call = QDBusMessage::createMethodCall(Login, path, interface, name);
    call.setArguments(arguments);
    // Do not start login1 if it is not running.
    call.setAutoStartService(false);
    return new QDBusPendingCallWatcher(QDBusConnection::systemBus().asyncCall(call), parent);
}

} // namespace

AutoLock::AutoLock(QObject *parent)
    : QObject(parent)
{
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &AutoLock::watchIdle);
    m_release.setSingleShot(true);
    m_release.setInterval(TimeToDraw);
    connect(&m_release, &QTimer::timeout, this, [this] { m_delay = {}; });
}

AutoLock::~AutoLock() = default;

void AutoLock::setIdleLimit(std::chrono::milliseconds limit)
{
    m_idleLimit = limit;
    if (m_armed)
        watchIdle();
}

void AutoLock::arm()
{
    if (std::exchange(m_armed, true))
        return;
    m_lastUse = BootClock::now();
    qGuiApp->installEventFilter(this);
    if (!std::exchange(m_connected, true))
        connectToBuses();
    m_release.stop();
    if (!m_delay.isValid())
        delaySleep();
    watchIdle();
}

void AutoLock::disarm()
{
    if (!std::exchange(m_armed, false))
        return;
    qGuiApp->removeEventFilter(this);
    m_idle.stop();
    m_release.start();
}

bool AutoLock::eventFilter(QObject *watched, QEvent *event)
{
    if (isUse(event->type())) {
        // After system sleep, the first input must find the window locked.
        if (m_idleLimit > 0ms && untilIdle() <= 0ms) {
            Q_EMIT lockWanted();
            // The key or click must not act on the page that was just locked.
            return true;
        }
        m_lastUse = BootClock::now();
    }
    return QObject::eventFilter(watched, event);
}

std::chrono::milliseconds AutoLock::untilIdle() const
{
    // This clock continues during system sleep, unlike a timer.
    return std::chrono::ceil<std::chrono::milliseconds>(m_lastUse + m_idleLimit - BootClock::now());
}

void AutoLock::watchIdle()
{
    if (!m_armed || m_idleLimit == 0ms) {
        m_idle.stop();
        return;
    }
    const auto left = untilIdle();
    if (left <= 0ms)
        Q_EMIT lockWanted();
    else
        m_idle.start(qMin<std::chrono::milliseconds>(left, 30s));
}

void AutoLock::connectToBuses()
{
    if (hasSessionBus()) {
        auto bus = QDBusConnection::sessionBus();
        for (const auto saver : ScreenSavers) {
            bus.connect(saver, QString(), saver, u"ActiveChanged"_s, this,
                        SLOT(screenSaverChanged(bool)));
        }
    }
    auto bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return;
    bus.connect(Login, LoginPath, Manager, u"PrepareForSleep"_s, this, SLOT(prepareForSleep(bool)));
    findSession();
}

void AutoLock::findSession()
{
    // A program that the desktop starts as a separate systemd unit belongs to no session, but gets
    // the session's id in the environment.
    const QString id = qEnvironmentVariable("XDG_SESSION_ID");
    auto *watcher = id.isEmpty()
        ? ask(LoginPath, Manager, u"GetSessionByPID"_s,
              {static_cast<uint>(QCoreApplication::applicationPid())}, this)
        : ask(LoginPath, Manager, u"GetSession"_s, {id}, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusObjectPath> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            listenToSession(reply.value().path());
        else
            findSessionOnScreen();
    });
}

void AutoLock::findSessionOnScreen()
{
    auto *watcher = ask(u"/org/freedesktop/login1/user/self"_s, Properties, u"Get"_s,
                        {u"org.freedesktop.login1.User"_s, u"Display"_s}, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isValid())
            return;
        const auto structure = reply.value().variant().value<QDBusArgument>();
        if (structure.currentSignature() != "(so)"_L1)
            return;
        QString id;
        QDBusObjectPath path;
        structure.beginStructure();
        structure >> id >> path;
        structure.endStructure();
        if (!id.isEmpty())
            listenToSession(path.path());
    });
}

void AutoLock::listenToSession(const QString &path)
{
    auto bus = QDBusConnection::systemBus();
    bus.connect(Login, path, LoginSession, u"Lock"_s, this, SLOT(sessionLocked()));
    bus.connect(Login, path, Properties, u"PropertiesChanged"_s, this,
                SLOT(sessionChanged(QString, QVariantMap, QStringList)));
}

void AutoLock::delaySleep()
{
    if (!QDBusConnection::systemBus().isConnected())
        return;
    auto *watcher = ask(LoginPath, Manager, u"Inhibit"_s,
                        {u"sleep"_s, u"Sparekey"_s, tr("Sparekey locks first."), u"delay"_s}, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        watcher->deleteLater();
        // The delay lock is held while the descriptor is open. Not kept if no longer armed.
        if (reply.isValid() && m_armed)
            m_delay = reply.value();
    });
}

void AutoLock::prepareForSleep(bool aboutToSleep)
{
    if (aboutToSleep && m_armed)
        Q_EMIT lockWanted();
}

void AutoLock::screenSaverChanged(bool active)
{
    if (active && m_armed)
        Q_EMIT lockWanted();
}

void AutoLock::sessionLocked()
{
    if (m_armed)
        Q_EMIT lockWanted();
}

void AutoLock::sessionChanged(const QString &interface, const QVariantMap &changed,
                              const QStringList &invalidated)
{
    Q_UNUSED(invalidated)
    if (m_armed && interface == LoginSession && changed.value(u"LockedHint"_s).toBool())
        Q_EMIT lockWanted();
}

} // namespace Sparekey
