// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signedin.h"

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

QJsonObject details(const QByteArray &key, bool enabled)
{
    return {{u"enabled"_s, enabled}, {u"key"_s, base32(key)}};
}

/// While the provider is off, each call creates a new key; the token is bound to it.
Answer openAuthenticator(ServerState &state, const HttpRequest &request, Account &account)
{
    // `Middle`, which has a token only for this provider, consumes a code sent by email here.
    const auto use = state.settings.generation == Generation::Middle ? ProofFor::Changing
                                                                     : ProofFor::Looking;
    if (const auto refusal = refuseUnproven(state, account, request.json(), use))
        return *refusal;
    const auto found = account.providers.find(ProviderType::Authenticator);
    const bool enabled = found != account.providers.end() && found->second.enabled;
    const QByteArray key = enabled ? found->second.setupKey : randomBytes(20);
    return opened(state, account, namesOf(ProviderType::Authenticator), details(key, enabled), key);
}

Answer turnOn(ServerState &state, const HttpRequest &request, Account &account)
{
    const QJsonObject body = request.json();
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    const auto key = fromBase32(body.value("key"_L1).toString());
    if (const auto refusal = refuseChange(state, account, body, ProviderType::Authenticator,
                                          key.value_or(QByteArray()))) {
        return *refusal;
    }
    if (!key)
        return state.write().modelRefusal(u"Key"_s, u"Invalid totp secret"_s);
    if (key->size() != 20)
        return state.write().modelRefusal(u"Key"_s, u"Invalid key length"_s);
    const auto rule = vaultwarden ? TotpMemory::Rule::OnlyLater : TotpMemory::Rule::EachCodeOnce;
    if (!account.usedCodes.accept(*key, body.value("token"_L1).toString(), rule)) {
        const QString words =
            u"Invalid TOTP code! Server time: 2026-01-01 00:00:00 UTC IP: 127.0.0.1"_s;
        Answer refusal = vaultwarden ? state.write().refusal(words)
                                     : state.write().modelRefusal(u"Token"_s, u"Invalid token."_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    account.providers[ProviderType::Authenticator].setupKey = *key;
    account.enable(ProviderType::Authenticator);
    return saved(state, account, namesOf(ProviderType::Authenticator), details(*key, true));
}

/// Vaultwarden has this since 1.33 and requires the stored key.
Answer turnOff(ServerState &state, const HttpRequest &request, Account &account)
{
    const Generation generation = state.settings.generation;
    if (generation == Generation::Pascal)
        return state.write().noSuchRoute();
    const QJsonObject body = request.json();
    const auto key = fromBase32(body.value("key"_L1).toString()).value_or(QByteArray());
    if (const auto refusal = refuseChange(state, account, body, ProviderType::Authenticator, key)) {
        return *refusal;
    }
    // Members that a generation requires.
    if (!givesTokens(generation) && !body.contains("type"_L1))
        return isVaultwarden(generation) ? Answer{.status = 422}
                                         : state.write().modelRefusal(u"Type"_s, u"Required."_s);
    if (account.providers[ProviderType::Authenticator].setupKey != key) {
        return state.write().refusal(
            u"TOTP key for user does not match recorded value, cannot deactivate"_s);
    }
    return turnedOff(state, account, ProviderType::Authenticator);
}

} // namespace

void addAuthenticator(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-authenticator"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return openAuthenticator(state, request, account);
               }));
    router.add("PUT"_ba, u"/api/two-factor/authenticator"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return turnOn(state, request, account);
               }));
    router.add("DELETE"_ba, u"/api/two-factor/authenticator"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return turnOff(state, request, account);
               }));
}

} // namespace Sparekey::Endpoints
