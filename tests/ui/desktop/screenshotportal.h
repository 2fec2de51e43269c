// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QObject>
#include <QStringList>
#include <QUrl>
#include <QVariantMap>

namespace Sparekey {

/// The desktop's portal for pictures of the screen, as far as a program talks to it. It answers
/// when the test says so.
class ScreenshotPortal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Screenshot")
    Q_PROPERTY(uint version MEMBER m_version)

public:
    /// @return false if the bus refuses the name.
    [[nodiscard]] bool start(const QString &busAddress)
    {
        m_bus = QDBusConnection::connectToBus(busAddress, QStringLiteral("portal"));
        return m_bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this,
                                    QDBusConnection::ExportAllContents)
            && m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    void stop() { m_bus.unregisterService(QStringLiteral("org.freedesktop.portal.Desktop")); }

    /// The user has chosen a region, of which this file is a picture.
    void choose(const QString &path)
    {
        respond(0, {{QStringLiteral("uri"), QUrl::fromLocalFile(path).toString()}});
    }
    void respond(uint response, const QVariantMap &results = {})
    {
        auto signal = QDBusMessage::createSignal(request,
                                                 QStringLiteral("org.freedesktop.portal.Request"),
                                                 QStringLiteral("Response"));
        signal << response << results;
        m_bus.send(signal);
    }

    QString request; ///< D-Bus path of the last one; empty if there was none.
    QVariantMap options;
    bool refuses = false;

public Q_SLOTS:
    QDBusObjectPath Screenshot(const QString & /*parent*/, const QVariantMap &given)
    {
        if (refuses) {
            sendErrorReply(QDBusError::Failed, QStringLiteral("no"));
            return {};
        }
        options = given;
        QString sender = message().service();
        sender.remove(QLatin1Char(':')).replace(QLatin1Char('.'), QLatin1Char('_'));
        request = QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2")
                      .arg(sender, given.value(QStringLiteral("handle_token")).toString());
        return QDBusObjectPath(request);
    }

private:
    QDBusConnection m_bus{QStringLiteral("portal")};
    uint m_version = 2;
};

} // namespace Sparekey
