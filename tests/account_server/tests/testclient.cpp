// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/tests/testclient.h"

#include "tests/account_server/masterpassword.h"

#include <QHash>
#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Sparekey {

TestClient::TestClient(const AccountServerProcess &server)
    : m_port(quint16(server.http().port()))
    , m_basePath(server.http().path())
{
}

RawAnswer TestClient::send(const QByteArray &verb, const QString &path, const QByteArray &type,
                           const QByteArray &body) const
{
    RawRequest request{.verb = verb, .path = QString(m_basePath + path).toLatin1(), .body = body};
    if (!type.isEmpty())
        request.headers.append({"Content-Type"_ba, type});
    if (!clientVersion.isEmpty())
        request.headers.append({"Bitwarden-Client-Version"_ba, clientVersion});
    if (!accessToken.isEmpty())
        request.headers.append({"Authorization"_ba, "Bearer "_ba + accessToken.toLatin1()});
    return exchange(m_port, request);
}

RawAnswer TestClient::get(const QString &path) const
{
    return send("GET"_ba, path, {}, {});
}

RawAnswer TestClient::post(const QString &path, const QJsonObject &body) const
{
    return send("POST"_ba, path, "application/json; charset=utf-8"_ba,
                QJsonDocument(body).toJson(QJsonDocument::Compact));
}

RawAnswer TestClient::postForm(const QString &path, const QByteArray &encodedForm) const
{
    return send("POST"_ba, path, "application/x-www-form-urlencoded; charset=utf-8"_ba,
                encodedForm);
}

QString TestClient::hashOf(const ServerAccount &account)
{
    static QHash<QString, QString> derived;
    if (!derived.contains(account.role)) {
        KdfSettings kdf;
        if (account.role == "argon2"_L1)
            kdf = {.type = KdfSettings::Type::Argon2id,
                   .iterations = 3,
                   .memoryMiB = 64,
                   .parallelism = 4};
        else if (account.role == "weak-kdf"_L1)
            kdf.iterations = 1'000;
        const auto hash = masterPasswordHash(account.password, normalizedEmail(account.email), kdf);
        derived.insert(account.role, QString::fromLatin1(hash.value_or(QByteArray())));
    }
    return derived.value(account.role);
}

TestClient::Form TestClient::passwordGrant(const ServerAccount &account)
{
    return {{u"grant_type"_s, u"password"_s},
            {u"username"_s, normalizedEmail(account.email)},
            {u"password"_s, hashOf(account)},
            {u"scope"_s, u"api offline_access"_s},
            {u"client_id"_s, u"web"_s},
            {u"deviceType"_s, u"8"_s},
            {u"deviceIdentifier"_s, u"5f0c3a9e-3c1f-4c7e-9d0e-2f4f1f2b7a11"_s},
            {u"deviceName"_s, u"linux"_s}};
}

RawAnswer TestClient::requestToken(const Form &form) const
{
    QByteArrayList pairs;
    for (auto it = form.begin(); it != form.end(); ++it)
        pairs.append(QUrl::toPercentEncoding(it.key()) + '=' + QUrl::toPercentEncoding(*it));
    return postForm(u"/identity/connect/token"_s, pairs.join('&'));
}

bool TestClient::signIn(const ServerAccount &account, const QString &clientId)
{
    Form form = passwordGrant(account);
    form[u"client_id"_s] = clientId;
    const RawAnswer answer = requestToken(form);
    accessToken = answer.json().value("access_token"_L1).toString();
    refreshToken = answer.json().value("refresh_token"_L1).toString();
    return answer.status == 200 && !accessToken.isEmpty() && !refreshToken.isEmpty();
}

} // namespace Sparekey
