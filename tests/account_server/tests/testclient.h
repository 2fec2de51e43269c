// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/accountserverprocess.h"

#include <QMap>

namespace Sparekey {

/// A client that uses plain sockets, so that a test can send invalid requests.
class TestClient
{
public:
    explicit TestClient(const AccountServerProcess &server);

    RawAnswer get(const QString &path) const;
    RawAnswer post(const QString &path, const QJsonObject &body) const;
    /// Sends @p encodedForm unchanged.
    RawAnswer postForm(const QString &path, const QByteArray &encodedForm) const;

    /// The fields of a valid password grant; a test can change or remove some.
    using Form = QMap<QString, QString>;
    static Form passwordGrant(const ServerAccount &account);
    RawAnswer requestToken(const Form &form) const;

    /// Signs in and stores the tokens. @return false if the server refused.
    bool signIn(const ServerAccount &account, const QString &clientId = QStringLiteral("web"));

    QByteArray clientVersion = QByteArrayLiteral("2026.8.0"); ///< Not sent when empty.
    QString accessToken;                                      ///< Not sent when empty.
    QString refreshToken;

    /// The correct password hash of this account; each is derived only once.
    static QString hashOf(const ServerAccount &account);

private:
    RawAnswer send(const QByteArray &verb, const QString &path, const QByteArray &type,
                   const QByteArray &body) const;

    quint16 m_port;
    QString m_basePath;
};

} // namespace Sparekey
