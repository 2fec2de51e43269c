// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/colorscheme.h"

#include "ui/desktop/sessionbus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto Service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto Path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto Interface = "org.freedesktop.portal.Settings"_L1;
constexpr auto Group = "org.freedesktop.appearance"_L1;
constexpr auto Key = "color-scheme"_L1;

bool paletteIsDark()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

} // namespace

ColorScheme::ColorScheme(QObject *parent)
    : QObject(parent)
    , m_dark(paletteIsDark())
{
    // Without a session there is no portal, and Qt would try to start a bus of its own.
    if (!hasSessionBus())
        return;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(Service, Path, Interface, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    askPortal();
}

void ColorScheme::askPortal()
{
    auto call = QDBusMessage::createMethodCall(Service, Path, Interface, u"Read"_s);
    call << QString(Group) << QString(Key);
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call),
                                                this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            take(reply.value().variant());
    });
}

void ColorScheme::settingChanged(const QString &group, const QString &key,
                                 const QDBusVariant &value)
{
    if (group == Group && key == Key)
        take(value.variant());
}

void ColorScheme::take(const QVariant &value)
{
    // Portals before version 2 wrap the value once more.
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant()
                                                            : value;
    const uint scheme = inner.toUInt(); // 0 no preference, 1 dark, 2 light
    const bool dark = scheme == 0 ? paletteIsDark() : scheme == 1;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

} // namespace Sparekey
