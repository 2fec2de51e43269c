// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/provideracts.h"
#include "tests/account_server/endpoints/signedin.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

/// Official servers write null for no keys.
QJsonObject details(const ServerState &state, const Account &account)
{
    const auto found = account.providers.find(ProviderType::WebAuthn);
    const Provider passkeys = found == account.providers.end() ? Provider() : found->second;
    QJsonArray keys;
    for (const RegisteredPasskey &key : passkeys.passkeys) {
        keys.append(
            QJsonObject{{u"id"_s, key.id}, {u"name"_s, key.name}, {u"migrated"_s, key.migrated}});
    }
    const bool tellNull = keys.isEmpty() && !isVaultwarden(state.settings.generation);
    return {{u"enabled"_s, passkeys.enabled},
            {u"keys"_s, tellNull ? QJsonValue(QJsonValue::Null) : QJsonValue(keys)}};
}

Answer openWebAuthn(ServerState &state, const HttpRequest &request, Account &account)
{
    if (const auto refusal = refuseUnproven(state, account, request.json()))
        return *refusal;
    return opened(state, account, namesOf(ProviderType::WebAuthn), details(state, account));
}

/// Official servers keep the last key; Vaultwarden deletes it and then asks for a key at sign-in
/// that nobody has.
Answer removeKey(ServerState &state, const HttpRequest &request, Account &account)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::WebAuthn))
        return *refusal;
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    auto &keys = account.providers[ProviderType::WebAuthn].passkeys;
    const int id = body.value("id"_L1).toInt(-1);
    const auto known = std::ranges::find(keys, id, &RegisteredPasskey::id);
    if (known == keys.end() || (keys.size() == 1 && !vaultwarden)) {
        return state.write().refusal(vaultwarden ? u"Webauthn entry not found"_s
                                                 : u"Unable to delete WebAuthn credential."_s);
    }
    keys.erase(known);
    ProviderNames names = namesOf(ProviderType::WebAuthn);
    if (state.settings.generation == Generation::Token) {
        return state.write().api(
            {{u"object"_s, u"twoFactorWebAuthnDelete"_s}, {names.member, details(state, account)}});
    }
    return saved(state, names, details(state, account));
}

} // namespace

void addWebAuthn(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-webauthn"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return openWebAuthn(state, request, account);
               }));
    router.add("DELETE"_ba, u"/api/two-factor/webauthn"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return removeKey(state, request, account);
               }));
    addDeleteOfNewest(router, state, u"/api/two-factor/webauthn/all"_s, ProviderType::WebAuthn);
}

} // namespace Sparekey::Endpoints
