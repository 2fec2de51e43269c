// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/webauthnsignin.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

PasskeyRules passkeyRulesFor(const HttpRequest &request, const ServerState &state)
{
    const QString authority = QString::fromLatin1(request.header("Host"_ba));
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    PasskeyRules rules;
    rules.rpId = authority.section(u':', 0, 0);
    rules.origins = {QString(u"http://"_s + authority), QString(u"https://"_s + authority)};
    rules.algorithms = {-7, -257};
    if (!vaultwarden)
        rules.algorithms = {-7, -257, -37, -35, -258, -38, -36, -259, -39, -8};
    rules.appId = u"https://"_s + authority + u"/app-id.json"_s;
    rules.wantsExactNames = vaultwarden;
    return rules;
}

QJsonObject passkeyChallenge(const ServerState &state, const HttpRequest &request, Account &account)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    const PasskeyRules rules = passkeyRulesFor(request, state);
    account.passkeySignInChallenge = randomBytes(vaultwarden ? 32 : 16);
    QJsonArray allowed;
    bool anyMigrated = false;
    for (const RegisteredPasskey &key : account.providers[ProviderType::WebAuthn].passkeys) {
        allowed.append(
            QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, base64UrlText(key.credential.id)}});
        anyMigrated = anyMigrated || key.migrated;
    }
    QJsonObject extensions;
    if (!vaultwarden || anyMigrated)
        extensions.insert(u"appid"_s, rules.appId);
    if (!vaultwarden)
        extensions.insert(u"uvm"_s, true);
    QJsonObject options{{u"challenge"_s, base64UrlText(account.passkeySignInChallenge)},
                        {u"timeout"_s, 60000},
                        {u"rpId"_s, rules.rpId},
                        {u"allowCredentials"_s, allowed},
                        {u"userVerification"_s, u"discouraged"_s},
                        {u"extensions"_s, extensions}};
    if (!vaultwarden) {
        options.insert(u"status"_s, u"ok"_s);
        options.insert(u"errorMessage"_s, u""_s);
    }
    for (auto it = state.settings.passkeyOptions.begin(); it != state.settings.passkeyOptions.end();
         ++it)
        options.insert(it.key(), it.value());
    return options;
}

std::optional<QString> refusePasskey(const ServerState &state, const HttpRequest &request,
                                     Account &account, const QString &token)
{
    PasskeyRules rules = passkeyRulesFor(request, state);
    rules.challenge = std::exchange(account.passkeySignInChallenge, {});
    const QJsonObject answer = QJsonDocument::fromJson(token.toUtf8()).object();
    auto &keys = account.providers[ProviderType::WebAuthn].passkeys;
    const QByteArray id = credentialIdIn(answer);
    const auto key = std::ranges::find_if(keys, [&id](const RegisteredPasskey &known) {
        return !id.isEmpty() && known.credential.id == id;
    });
    if (key == keys.end())
        return u"The credential is not registered"_s;
    return problemOfAssertion(answer, rules, key->credential);
}

} // namespace Sparekey::Endpoints
