// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/client.h"

#include "core/http/formbody.h"

#include <QJsonDocument>
#include <QSysInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

HttpRequest request(HttpMethod method, const QUrl &base, QStringView path,
                    const ClientDevice &device)
{
    HttpRequest request;
    request.method = method;
    request.url = base;
    request.url.setPath(base.path() + u'/' + path);
    request.headers = {
        {"User-Agent"_ba,
         "Sparekey/" SPAREKEY_VERSION " (" + QSysInfo::kernelType().toUtf8() + ")"},
        {"Bitwarden-Client-Name"_ba, QByteArray(ClientDevice::ClientId)},
        {"Bitwarden-Client-Version"_ba, QByteArray(ClientDevice::ClientVersion)},
        {"Device-Type"_ba, QByteArray::number(ClientDevice::DeviceType)},
    };
    if (!device.identifier.isEmpty())
        request.headers.append({"Device-Identifier"_ba, device.identifier.toLatin1()});
    return request;
}

} // namespace

HttpRequest apiGet(const QUrl &base, QStringView path, const ClientDevice &device)
{
    HttpRequest get = request(HttpMethod::Get, base, path, device);
    get.headers.append({"Cache-Control"_ba, "no-store"_ba});
    get.headers.append({"Pragma"_ba, "no-cache"_ba});
    return get;
}

HttpRequest apiSend(HttpMethod method, const QUrl &base, QStringView path, SecureBuffer jsonBody,
                    const ClientDevice &device)
{
    HttpRequest send = request(method, base, path, device);
    send.contentType = "application/json; charset=utf-8"_ba;
    send.body = std::move(jsonBody);
    return send;
}

HttpRequest apiForm(const QUrl &base, QStringView path, SecureBuffer formBody,
                    const ClientDevice &device)
{
    HttpRequest form = request(HttpMethod::Post, base, path, device);
    form.contentType = QByteArray(FormBody::ContentType);
    form.body = std::move(formBody);
    return form;
}

SecretJson &SecretJson::add(QByteArrayView name, const SecureBuffer &secret)
{
    appendName(name);
    appendString(secret.view());
    return *this;
}

SecretJson &SecretJson::add(QByteArrayView name, const QString &text)
{
    appendName(name);
    appendString(text.toUtf8());
    return *this;
}

SecretJson &SecretJson::addNumber(QByteArrayView name, qint64 number)
{
    appendName(name);
    m_body.append(QByteArray::number(number));
    return *this;
}

SecretJson &SecretJson::addBoolean(QByteArrayView name, bool value)
{
    appendName(name);
    m_body.append(value ? "true" : "false");
    return *this;
}

SecretJson &SecretJson::addObject(QByteArrayView name, const QJsonObject &object)
{
    appendName(name);
    m_body.append(QJsonDocument(object).toJson(QJsonDocument::Compact));
    return *this;
}

SecureBuffer SecretJson::take()
{
    m_body.append(m_body.isEmpty() ? "{}" : "}");
    return std::exchange(m_body, {});
}

void SecretJson::appendName(QByteArrayView name)
{
    m_body.append(m_body.isEmpty() ? "{" : ",");
    appendString(name);
    m_body.append(":");
}

void SecretJson::appendString(QByteArrayView utf8)
{
    static constexpr char hex[] = "0123456789abcdef";
    m_body.append("\"");
    for (const char &character : utf8) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            const char escaped[] = {'\\', character};
            m_body.append({escaped, sizeof escaped});
        } else if (byte < 0x20) {
            const char escaped[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
            m_body.append({escaped, sizeof escaped});
        } else {
            m_body.append({&character, 1});
        }
    }
    m_body.append("\"");
}

} // namespace Sparekey
