// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/endpoints.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

/// The version of the *protocol*: Vaultwarden sends the Bitwarden version it is compatible with.
QString versionOf(Generation generation)
{
    switch (generation) {
    case Generation::Classic: return u"2026.6.0"_s;
    case Generation::Middle: return u"2026.6.0"_s;
    case Generation::Token: return u"2026.8.0"_s;
    case Generation::Fido4: return u"2026.9.0"_s;
    case Generation::Nested: return u"2026.8.0"_s;
    case Generation::Pascal: return u"2023.9.1"_s;
    }
    Q_UNREACHABLE();
}

/// `server` is null at the official server and names Vaultwarden otherwise; its old releases added
/// their own version there.
QJsonValue serverOf(Generation generation)
{
    if (!isVaultwarden(generation))
        return QJsonValue::Null;
    QJsonObject server{{u"name"_s, u"Vaultwarden"_s},
                       {u"url"_s, u"https://github.com/dani-garcia/vaultwarden"_s}};
    if (generation == Generation::Pascal)
        server.insert(u"version"_s, u"1.30.5"_s);
    return server;
}

/// `GET /api/config`, anonymous. In camelCase in every generation.
Answer config(const ServerState &state)
{
    const QString base = state.baseUrl.toString();
    return jsonAnswer({
        {u"object"_s, u"config"_s},
        {u"version"_s, versionOf(state.settings.generation)},
        {u"gitHash"_s, u"0000000"_s},
        {u"server"_s, serverOf(state.settings.generation)},
        {u"environment"_s,
         QJsonObject{{u"cloudRegion"_s, QJsonValue::Null},
                     {u"vault"_s, base},
                     {u"api"_s, QString(base + u"/api"_s)},
                     {u"identity"_s, QString(base + u"/identity"_s)},
                     {u"notifications"_s, QString(base + u"/notifications"_s)},
                     {u"sso"_s, QString()}}},
        // The values may have any type.
        {u"featureStates"_s,
         QJsonObject{{u"a-switch"_s, true}, {u"a-number"_s, 7}, {u"a-text"_s, u"on"_s}}},
        {u"push"_s, QJsonObject{{u"pushTechnology"_s, 0}, {u"vapidPublicKey"_s, QJsonValue::Null}}},
        {u"communication"_s, QJsonValue::Null},
        {u"settings"_s, QJsonObject{{u"disableUserRegistration"_s, true}}},
    });
}

Answer jsonText(const QString &text)
{
    return Answer{.contentType = "application/json"_ba, .body = u"\"%1\""_s.arg(text).toUtf8()};
}

Answer alive()
{
    return jsonText(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
}

/// `GET /css/vaultwarden.css`, part of Vaultwarden's web vault: hides what the server does not
/// support, among other rules, some of them with the same declaration.
Answer styleSheet(const ServerSettings &settings)
{
    if (settings.generation != Generation::Classic && settings.generation != Generation::Nested)
        return Answer{.status = 404};
    QByteArrayList hidden{"app-root a[routerlink=\"/signup\"]"_ba, ".vw-sso-login"_ba};
    if (!settings.mailServer)
        hidden.append(".providers-2fa-1"_ba);
    if (!settings.yubicoCredentials)
        hidden.append(".providers-2fa-3"_ba);
    if (!settings.passkeysPossible)
        hidden.append(".providers-2fa-7"_ba);
    return Answer{.contentType = "text/css; charset=utf-8"_ba,
                  .body = hidden.join(',') + "{display:none !important}"
                      + "bit-nav-logo{background-image:var(--logo)}"};
}

} // namespace

void addServerInfo(Router &router, ServerState &state)
{
    router.add("GET"_ba, u"/api/config"_s, [&state](const HttpRequest &) { return config(state); });
    router.add("GET"_ba, u"/api/alive"_s, [](const HttpRequest &) { return alive(); });
    router.add("GET"_ba, u"/identity/alive"_s, [&state](const HttpRequest &) {
        return isVaultwarden(state.settings.generation) ? state.write().noSuchRoute() : alive();
    });
    router.add("GET"_ba, u"/css/vaultwarden.css"_s,
               [&state](const HttpRequest &) { return styleSheet(state.settings); });
    // Only Vaultwarden has this route; it sends its own version.
    router.add("GET"_ba, u"/api/version"_s, [&state](const HttpRequest &) {
        switch (state.settings.generation) {
        case Generation::Classic: return jsonText(u"1.37.2"_s);
        case Generation::Nested: return jsonText(u"1.38.0"_s);
        case Generation::Pascal: return jsonText(u"1.30.5"_s);
        case Generation::Middle:
        case Generation::Token:
        case Generation::Fido4: return state.write().noSuchRoute();
        }
        Q_UNREACHABLE();
    });
}

} // namespace Sparekey::Endpoints
