// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/portalsetting.h"

#include "ui/desktop/sessionbus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto Service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto Path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto Interface = "org.freedesktop.portal.Settings"_L1;

} // namespace

PortalSetting::PortalSetting(QString group, QString key, QObject *parent)
    : QObject(parent)
    , m_group(std::move(group))
    , m_key(std::move(key))
{
    // Without a session bus there is no portal, and Qt would try to start its own bus.
    if (!hasSessionBus())
        return;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(Service, Path, Interface, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask();
}

void PortalSetting::ask()
{
    auto call = QDBusMessage::createMethodCall(Service, Path, Interface, u"Read"_s);
    call << m_group << m_key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call),
                                                this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid())
            setValue(reply.value().variant());
    });
}

void PortalSetting::settingChanged(const QString &group, const QString &key,
                                   const QDBusVariant &value)
{
    if (group == m_group && key == m_key)
        setValue(value.variant());
}

void PortalSetting::setValue(const QVariant &value)
{
    // The method `Read` wraps the value in one more variant.
    QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant()
                                                      : value;
    if (inner == m_value)
        return;
    m_value = std::move(inner);
    Q_EMIT changed();
}

} // namespace Sparekey
