// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>
#include <QVariant>

namespace Sparekey {

/// One setting of the desktop, read through the settings portal
/// (`org.freedesktop.portal.Settings`) asynchronously and kept up to date. Without a session bus,
/// a portal or the setting, it never has a value. GUI thread.
class PortalSetting : public QObject
{
    Q_OBJECT

public:
    PortalSetting(QString group, QString key, QObject *parent = nullptr);

    /// Invalid until the portal has answered.
    [[nodiscard]] QVariant value() const { return m_value; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask();
    void setValue(const QVariant &value);

    const QString m_group;
    const QString m_key;
    QVariant m_value;
};

} // namespace Sparekey
