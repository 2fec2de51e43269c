// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/duoprompt.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

constexpr auto Base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray part(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(Base64Url);
}

/// JSON Web Token (RFC 7519) with HMAC-SHA512, the algorithm of Duo's Web SDK.
QByteArray signedToken(const QJsonObject &claims, const QString &secret)
{
    const QByteArray text = part({{u"alg"_s, u"HS512"_s}, {u"typ"_s, u"JWT"_s}}) + '.'
        + part(claims);
    const QByteArray signature = QMessageAuthenticationCode::hash(text, secret.toUtf8(),
                                                                  QCryptographicHash::Sha512);
    return text + '.' + signature.toBase64(Base64Url);
}

QJsonObject claimsOf(const QByteArray &token)
{
    const QByteArray claims = token.split('.').value(1);
    return QJsonDocument::fromJson(QByteArray::fromBase64(claims, Base64Url)).object();
}

const Provider *duoOf(ServerState &state, const QString &duoState)
{
    for (const Account &account : state.accounts.all()) {
        const auto found = account.providers.find(ProviderType::Duo);
        if (found != account.providers.end() && !duoState.isEmpty()
            && found->second.duoState == duoState)
            return &found->second;
    }
    for (const Organization &organization : state.organizations) {
        if (!duoState.isEmpty() && organization.duo.duoState == duoState)
            return &organization.duo;
    }
    return nullptr;
}

Answer authorize(ServerState &state, const HttpRequest &request)
{
    const QUrlQuery query(request.query);
    const QByteArray token = query.queryItemValue(u"request"_s).toUtf8();
    const QJsonObject claims = claimsOf(token);
    const Provider *duo = duoOf(state, claims["state"_L1].toString());
    if (!duo || query.queryItemValue(u"client_id"_s) != duo->duoClientId
        || token != signedToken(claims, duo->duoClientSecret))
        return Answer{.status = 400};

    QUrl back(claims["redirect_uri"_L1].toString());
    QUrlQuery answer(back);
    answer.addQueryItem(u"state"_s, duo->duoState);
    answer.addQueryItem(u"code"_s, duoCode(duo->duoState));
    back.setQuery(answer);
    return Answer{.status = 302, .headers = {{"Location"_ba, back.toEncoded()}}};
}

} // namespace

QString duoCode(const QString &duoState)
{
    return u"duo-"_s + duoState.first(8);
}

QString duoAuthUrl(const ServerState &state, Provider &duo, const QString &client)
{
    duo.duoState = QString::fromLatin1(randomBytes(18).toHex());
    const QString host = u"https://"_s + duo.duoHost;
    const QString back = state.baseUrl.toString() + u"/duo-redirect-connector.html?client="_s
        + client;
    const QByteArray request = signedToken({{u"scope"_s, u"openid"_s},
                                            {u"redirect_uri"_s, back},
                                            {u"client_id"_s, duo.duoClientId},
                                            {u"iss"_s, duo.duoClientId},
                                            {u"aud"_s, host},
                                            {u"exp"_s, QDateTime::currentSecsSinceEpoch() + 300},
                                            {u"state"_s, duo.duoState},
                                            {u"response_type"_s, u"code"_s}},
                                           duo.duoClientSecret);
    return host + u"/oauth/v1/authorize?response_type=code&client_id="_s + duo.duoClientId
        + u"&request="_s + QString::fromLatin1(request);
}

void addDuoPrompt(Router &router, ServerState &state)
{
    router.add("GET"_ba, u"/oauth/v1/authorize"_s,
               [&state](const HttpRequest &request) { return authorize(state, request); });
    router.add("GET"_ba, u"/duo-redirect-connector.html"_s, [](const HttpRequest &) {
        return Answer{.contentType = "text/html; charset=utf-8"_ba,
                      .body = "<!doctype html><title>Duo</title><h1>You are logged in</h1>"
                              "<p>This window closes in 5 seconds.</p>"_ba};
    });
}

} // namespace Sparekey::Endpoints
