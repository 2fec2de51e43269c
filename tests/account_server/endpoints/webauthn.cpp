// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signedin.h"
#include "tests/account_server/endpoints/webauthnsignin.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

/// Official servers send null instead of an empty list of keys.
QJsonObject details(const ServerState &state, const Account &account)
{
    const auto found = account.providers.find(ProviderType::WebAuthn);
    const Provider passkeys = found == account.providers.end() ? Provider() : found->second;
    QJsonArray keys;
    for (const RegisteredPasskey &key : passkeys.passkeys) {
        keys.append(
            QJsonObject{{u"id"_s, key.id}, {u"name"_s, key.name}, {u"migrated"_s, key.migrated}});
    }
    const bool sendsNull = keys.isEmpty() && !isVaultwarden(state.settings.generation);
    return {{u"enabled"_s, passkeys.enabled},
            {u"keys"_s, sendsNull ? QJsonValue(QJsonValue::Null) : QJsonValue(keys)}};
}

Answer openWebAuthn(ServerState &state, const HttpRequest &request, Account &account)
{
    // Checked before the proof.
    if (isVaultwarden(state.settings.generation) && !state.settings.passkeysPossible)
        return state.write().refusal(u"Configured `DOMAIN` is not compatible with Webauthn"_s);
    if (const auto refusal = refuseUnproven(state, account, request.json(), ProofFor::Looking))
        return *refusal;
    return opened(state, account, namesOf(ProviderType::WebAuthn), details(state, account));
}

/// Official servers allow five keys; the newest generation allows ten with premium.
std::size_t mostKeys(const ServerState &state, const Account &account)
{
    constexpr std::size_t Free = 5;
    constexpr std::size_t Premium = 10;
    if (isVaultwarden(state.settings.generation))
        return SIZE_MAX;
    const bool more = isNewestOfficial(state.settings.generation) && account.premium;
    return more ? Premium : Free;
}

Answer askKey(ServerState &state, const HttpRequest &request, Account &account)
{
    if (const auto refusal = refuseChange(state, account, request.json(), ProviderType::WebAuthn,
                                          {}, ProofFor::Looking))
        return *refusal;
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    const PasskeyRules rules = passkeyRulesFor(request, state);
    const auto known = account.providers.find(ProviderType::WebAuthn);
    const auto keys = known == account.providers.end() ? std::vector<RegisteredPasskey>()
                                                       : known->second.passkeys;
    if (keys.size() >= mostKeys(state, account))
        return state.write().refusal(u"Maximum allowed WebAuthn credential count exceeded."_s);
    // The official server stores the challenge with the keys, and lists a provider whose setup was
    // started as off. Saving it also creates the recovery code.
    if (!vaultwarden) {
        account.providers.try_emplace(ProviderType::WebAuthn);
        account.ensureRecoveryCode();
    }
    account.recordProviderChange(state.settings.generation);
    account.passkeyRegistrationChallenge = randomBytes(vaultwarden ? 32 : 16);

    QJsonArray algorithms;
    for (const int algorithm : rules.algorithms)
        algorithms.append(QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, algorithm}});
    QJsonArray excluded;
    for (const RegisteredPasskey &key : keys) {
        excluded.append(
            QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, base64UrlText(key.credential.id)}});
    }
    QJsonObject selection{{u"requireResidentKey"_s, false},
                          {u"userVerification"_s, u"discouraged"_s}};
    if (vaultwarden)
        selection.insert(u"residentKey"_s, u"discouraged"_s);
    QJsonObject options{{u"status"_s, u"ok"_s},
                        {u"errorMessage"_s, u""_s},
                        {u"rp"_s,
                         QJsonObject{{u"id"_s, rules.rpId},
                                     {u"name"_s,
                                      vaultwarden ? rules.origins.first() : u"Account server"_s}}},
                        {u"user"_s,
                         QJsonObject{{u"name"_s, account.email()},
                                     {u"id"_s,
                                      base64UrlText(QByteArray::fromHex(
                                          QString(account.id).remove(u'-').toLatin1()))},
                                     {u"displayName"_s, account.name}}},
                        {u"challenge"_s, base64UrlText(account.passkeyRegistrationChallenge)},
                        {u"pubKeyCredParams"_s, algorithms},
                        {u"timeout"_s, 60000},
                        {u"attestation"_s, u"none"_s},
                        {u"authenticatorSelection"_s, selection},
                        {u"excludeCredentials"_s, excluded}};
    for (auto it = state.settings.passkeyOptions.begin(); it != state.settings.passkeyOptions.end();
         ++it)
        options.insert(it.key(), it.value());
    if (!givesTokens(state.settings.generation))
        return jsonAnswer(options);
    return jsonAnswer({{u"object"_s, u"twoFactorWebAuthnChallenge"_s}, {u"options"_s, options}});
}

/// Checks members that a server requires, or accepts only once.
std::optional<Answer> refuseMembers(const ServerState &state, const QJsonObject &response)
{
    const QJsonObject inner = response.value("response"_L1).toObject();
    const bool hasResults = response.value("clientExtensionResults"_L1).isObject();
    const bool hasExtensions = response.value("extensions"_L1).isObject();
    if (state.settings.generation == Generation::Fido4) {
        if (!inner.value("transports"_L1).isArray()) {
            return state.write().modelRefusal(u"DeviceResponse.Response.Transports"_s,
                                              u"The Transports field is required."_s);
        }
        if (!hasResults && !hasExtensions) {
            return state.write().modelRefusal(u"DeviceResponse.ClientExtensionResults"_s,
                                              u"The ClientExtensionResults field is required."_s);
        }
    }
    // In webauthn-rs-proto, which Vaultwarden uses, both are names of the same member.
    if (isVaultwarden(state.settings.generation) && hasResults && hasExtensions)
        return Answer{.status = 422};
    return {};
}

/// An error of the server's WebAuthn library. Before version 4 of the library, the official server
/// did not handle it.
Answer refuseRegistration(const ServerState &state, const QString &problem)
{
    if (isVaultwarden(state.settings.generation))
        return state.write().refusal(problem);
    if (state.settings.generation == Generation::Fido4)
        return state.write().refusal(u"WebAuthn credential creation failed."_s);
    return state.write().refusal(u"An unhandled server error has occurred."_s, 500);
}

Answer registerKey(ServerState &state, const HttpRequest &request, Account &account)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::WebAuthn))
        return *refusal;
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    const QJsonValue number = body.value("id"_L1);
    const int id = number.isString() && vaultwarden ? number.toString().toInt() : number.toInt(-1);
    // Vaultwarden requires all members before it checks any of them.
    if (vaultwarden
        && (!body.value("name"_L1).isString() || !body.value("deviceResponse"_L1).isObject()))
        return Answer{.status = 422};
    constexpr int HighestId = 5;
    if (state.settings.generation == Generation::Middle && (id < 0 || id > HighestId))
        return state.write().modelRefusal(u"Id"_s, u"The field Id must be between 0 and 5."_s);

    const QJsonObject response = body.value("deviceResponse"_L1).toObject();
    if (const auto refusal = refuseMembers(state, response))
        return *refusal;

    PasskeyRules rules = passkeyRulesFor(request, state);
    rules.challenge = std::exchange(account.passkeyRegistrationChallenge, {});
    if (rules.challenge.isEmpty()) {
        return state.write().refusal(vaultwarden ? u"Can't recover challenge"_s
                                                 : u"Unable to complete WebAuthn registration."_s);
    }
    PasskeyCredential credential;
    if (const auto problem = problemOfRegistration(response, rules, credential))
        return refuseRegistration(state, *problem);
    auto &keys = account.providers[ProviderType::WebAuthn].passkeys;
    // No server refuses a credential of another account. Vaultwarden refuses those that it asked to
    // exclude.
    const bool known = std::ranges::any_of(keys, [&credential](const RegisteredPasskey &key) {
        return key.credential.id == credential.id;
    });
    if (vaultwarden && known)
        return state.write().refusal(u"The credential is registered already"_s);
    // The official server replaces a key with the same id, Vaultwarden adds another one.
    if (!vaultwarden)
        std::erase_if(keys, [id](const RegisteredPasskey &key) { return key.id == id; });
    keys.push_back({id, body.value("name"_L1).toString(), false, credential});
    account.enable(ProviderType::WebAuthn);
    return saved(state, account, namesOf(ProviderType::WebAuthn), details(state, account));
}

/// Official servers refuse to delete the last key. Vaultwarden deletes it and then asks at sign-in
/// for a key that does not exist.
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
    if (givesTokens(state.settings.generation)) {
        account.recordProviderChange(state.settings.generation);
        return state.write().api(
            {{u"object"_s, u"twoFactorWebAuthnDelete"_s}, {names.member, details(state, account)}});
    }
    return saved(state, account, names, details(state, account));
}

} // namespace

void addWebAuthn(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-webauthn"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return openWebAuthn(state, request, account);
               }));
    router.add("POST"_ba, u"/api/two-factor/get-webauthn-challenge"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return askKey(state, request, account);
               }));
    router.add("PUT"_ba, u"/api/two-factor/webauthn"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return registerKey(state, request, account);
               }));
    router.add("DELETE"_ba, u"/api/two-factor/webauthn"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return removeKey(state, request, account);
               }));
    addDeleteOfNewest(router, state, u"/api/two-factor/webauthn/all"_s, ProviderType::WebAuthn);
}

} // namespace Sparekey::Endpoints
