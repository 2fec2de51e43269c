// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/portalscreenshot.h"

#include "ui/desktop/sessionbus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QUrl>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto Service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto Path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto Interface = "org.freedesktop.portal.Screenshot"_L1;
constexpr auto RequestInterface = "org.freedesktop.portal.Request"_L1;

// Of the signal `Response`
constexpr uint Success = 0;
constexpr uint CanceledByUser = 1;

// Where the portal puts the request with this token (documentation of
// org.freedesktop.portal.Request).
QString requestPath(const QString &token)
{
    QString sender = QDBusConnection::sessionBus().baseService();
    sender.remove(u':').replace(u'.', u'_');
    return u"%1/request/%2/%3"_s.arg(Path, sender, token);
}

} // namespace

PortalScreenshot::PortalScreenshot(QObject *parent)
    : QObject(parent)
{
}

PortalScreenshot::~PortalScreenshot()
{
    cancel();
}

void PortalScreenshot::find()
{
    if (std::exchange(m_looked, true) || !hasSessionBus()
        || !QDBusConnection::sessionBus().isConnected())
        return;
    auto call = QDBusMessage::createMethodCall(Service, Path, u"org.freedesktop.DBus.Properties"_s,
                                               u"Get"_s);
    call << QString(Interface) << u"version"_s;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call),
                                                this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        // The first version has no `interactive`.
        m_available = reply.isValid() && reply.value().variant().toUInt() >= 2;
        if (m_available)
            Q_EMIT availableChanged();
    });
}

void PortalScreenshot::take()
{
    if (!m_available || !m_request.isEmpty())
        return;
    const QString token = u"sparekey_"_s + QUuid::createUuid().toString(QUuid::Id128);
    // The answer may come before that to the call.
    listenTo(requestPath(token));
    auto call = QDBusMessage::createMethodCall(Service, Path, Interface, u"Screenshot"_s);
    call << QString()
         << QVariantMap{{u"handle_token"_s, token}, {u"interactive"_s, true}, {u"modal"_s, true}};
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call),
                                                this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, request = m_request] {
                const QDBusPendingReply<QDBusObjectPath> reply = *watcher;
                watcher->deleteLater();
                if (reply.isValid() || m_request != request)
                    return;
                m_request.clear();
                Q_EMIT failed();
            });
}

void PortalScreenshot::cancel()
{
    if (m_request.isEmpty())
        return;
    const QString request = std::exchange(m_request, {});
    auto bus = QDBusConnection::sessionBus();
    bus.disconnect(Service, request, RequestInterface, u"Response"_s, this,
                   SLOT(answer(uint, QVariantMap)));
    bus.send(QDBusMessage::createMethodCall(Service, request, RequestInterface, u"Close"_s));
}

void PortalScreenshot::listenTo(const QString &request)
{
    m_request = request;
    QDBusConnection::sessionBus().connect(Service, request, RequestInterface, u"Response"_s, this,
                                          SLOT(answer(uint, QVariantMap)));
}

void PortalScreenshot::answer(uint response, const QVariantMap &results)
{
    if (m_request.isEmpty())
        return;
    const QString request = std::exchange(m_request, {});
    QDBusConnection::sessionBus().disconnect(Service, request, RequestInterface, u"Response"_s,
                                             this, SLOT(answer(uint, QVariantMap)));
    const QUrl picture(results.value(u"uri"_s).toString());
    if (response == Success && picture.isLocalFile())
        Q_EMIT taken(picture.toLocalFile());
    else if (response == CanceledByUser)
        Q_EMIT canceled();
    else
        Q_EMIT failed();
}

} // namespace Sparekey
