// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

namespace Sparekey {

/// The `Secret` of the Secret Service: a password on its way.
struct SecretOnTheBus
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString type;

    friend QDBusArgument &operator<<(QDBusArgument &argument, const SecretOnTheBus &secret)
    {
        argument.beginStructure();
        argument << secret.session << secret.parameters << secret.value << secret.type;
        argument.endStructure();
        return argument;
    }
    friend const QDBusArgument &operator>>(const QDBusArgument &argument, SecretOnTheBus &secret)
    {
        argument.beginStructure();
        argument >> secret.session >> secret.parameters >> secret.value >> secret.type;
        argument.endStructure();
        return argument;
    }
};

/// Locks the keyring of `private_keyring.py` as long as it lives. Nobody is there to answer the
/// desktop's question for the password, which is as if it was canceled.
class LockedKeyring
{
public:
    LockedKeyring()
    {
        (void)call(u"/org/freedesktop/secrets", u"org.freedesktop.Secret.Service", u"Lock",
                   {QVariant::fromValue(QList{collection()})});
    }
    ~LockedKeyring() { unlock(); }
    Q_DISABLE_COPY_MOVE(LockedKeyring)

    [[nodiscard]] bool isLocked() const
    {
        const auto answer = call(collection().path(), u"org.freedesktop.DBus.Properties", u"Get",
                                 {QStringLiteral("org.freedesktop.Secret.Collection"),
                                  QStringLiteral("Locked")});
        return answer.arguments().value(0).value<QDBusVariant>().variant().toBool();
    }

    /// As a person does who types the password.
    void unlock()
    {
        if (!isLocked())
            return;
        qDBusRegisterMetaType<SecretOnTheBus>();
        const auto session = call(u"/org/freedesktop/secrets", u"org.freedesktop.Secret.Service",
                                  u"OpenSession",
                                  {QStringLiteral("plain"),
                                   QVariant::fromValue(QDBusVariant(QString()))});
        const SecretOnTheBus secret{.session =
                                        session.arguments().value(1).value<QDBusObjectPath>(),
                                    .parameters = {},
                                    .value = QByteArrayLiteral("pass word of a test"),
                                    .type = QStringLiteral("text/plain")};
        (void)call(u"/org/freedesktop/secrets",
                   u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                   u"UnlockWithMasterPassword",
                   {QVariant::fromValue(collection()), QVariant::fromValue(secret)});
    }

private:
    static QDBusObjectPath collection()
    {
        return QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"));
    }

    static QDBusMessage call(QStringView path, QStringView interface, QStringView method,
                             const QVariantList &arguments)
    {
        auto message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"),
                                                      path.toString(), interface.toString(),
                                                      method.toString());
        message.setArguments(arguments);
        return QDBusConnection::sessionBus().call(message);
    }
};

} // namespace Sparekey
