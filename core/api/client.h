// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"

#include <QJsonObject>
#include <QString>
#include <QUrl>

namespace Sparekey {

/// How this installation presents itself to servers.
///
/// `client_id` is `web`: official servers let no other client manage two-step login (403 with an
/// empty body). Official servers since 2026.3.0 require the version at sign-in; it is the release
/// of the protocol that this client implements.
struct ClientDevice
{
    static constexpr char ClientId[] = "web";
    static constexpr char ClientVersion[] = "2026.8.0";
    static constexpr int DeviceType = 8; ///< Linux desktop

    /// One lower-case GUID per installation (`DeviceIdentity`); a new one makes the server email a
    /// "new device" notice. If it is empty, it is not sent.
    QString identifier;
};

/// Request builders with the headers that every server of the protocol expects.
[[nodiscard]] HttpRequest apiGet(const QUrl &base, QStringView path, const ClientDevice &device);
[[nodiscard]] HttpRequest apiSend(HttpMethod method, const QUrl &base, QStringView path,
                                  SecureBuffer jsonBody, const ClientDevice &device);
[[nodiscard]] HttpRequest apiForm(const QUrl &base, QStringView path, SecureBuffer formBody,
                                  const ClientDevice &device);

/// A JSON object written straight into locked memory, for bodies that carry secrets.
class SecretJson
{
public:
    SecretJson &add(QByteArrayView name, const SecureBuffer &secret);
    SecretJson &add(QByteArrayView name, const QString &text);
    SecretJson &addNumber(QByteArrayView name, qint64 number);
    SecretJson &addBoolean(QByteArrayView name, bool value);
    SecretJson &addObject(QByteArrayView name, const QJsonObject &object); ///< Must hold no secret.
    [[nodiscard]] SecureBuffer take();

private:
    void appendName(QByteArrayView name);
    void appendString(QByteArrayView utf8);

    SecureBuffer m_body;
};

} // namespace Sparekey
