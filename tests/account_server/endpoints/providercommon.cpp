// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

ProviderNames namesOf(ProviderType type)
{
    switch (type) {
    case ProviderType::Authenticator:
        return {type, u"authenticator"_s, u"twoFactorAuthenticator"_s, u"authenticator"_s};
    case ProviderType::Email: return {type, u"email"_s, u"twoFactorEmail"_s, u"email"_s};
    case ProviderType::Duo: return {type, u"duo"_s, u"twoFactorDuo"_s, u"duo"_s};
    case ProviderType::YubiKey: return {type, u"yubikey"_s, u"twoFactorYubiKey"_s, u"yubiKey"_s};
    case ProviderType::WebAuthn:
        return {type, u"webauthn"_s, u"twoFactorWebAuthn"_s, u"webAuthn"_s};
    case ProviderType::OrganizationDuo:
        return {type, u"duo"_s, u"twoFactorOrganizationDuo"_s, u"duo"_s};
    case ProviderType::RecoveryCode: break;
    }
    Q_UNREACHABLE();
}

Answer opened(ServerState &state, const Account &account, const ProviderNames &names,
              QJsonObject details, const QByteArray &key)
{
    const Generation generation = state.settings.generation;
    QString token;
    if (givesTokens(generation)
        || (generation == Generation::Middle && names.type == ProviderType::Authenticator)) {
        token = state.verifications.issue(account, names.type, key);
    }
    // `Middle` has the token among the flat details.
    if (generation == Generation::Middle && !token.isEmpty())
        details.insert(u"userVerificationToken"_s, token);
    return state.write().providerDetails(names.object, names.member, details, token);
}

Answer saved(const ServerState &state, Account &account, const ProviderNames &names,
             const QJsonObject &details)
{
    // An organization's provider is not stored with the account.
    if (names.type != ProviderType::OrganizationDuo)
        account.recordProviderChange(state.settings.generation);
    if (givesTokens(state.settings.generation)) {
        return state.write().api(
            {{u"object"_s, QString(names.object + u"Update"_s)}, {names.member, details}});
    }
    QJsonObject flat = details;
    flat.insert(u"object"_s, names.object);
    return state.write().api(flat);
}

std::optional<Answer> refuseChange(ServerState &state, Account &account, const QJsonObject &body,
                                   ProviderType type, const QByteArray &key, ProofFor use)
{
    const Generation generation = state.settings.generation;
    const bool byToken = givesTokens(generation)
        || (generation == Generation::Middle && type == ProviderType::Authenticator);
    if (byToken) {
        const QString token = body.value("userVerificationToken"_L1).toString();
        if (generation == Generation::Nested) {
            if (const auto problem = state.verifications.problemOf(token, account, type))
                return state.write().refusal(*problem);
        }
        if (!state.verifications.accept(token, account, type, key)) {
            return state.write().modelRefusal(u"UserVerificationToken"_s,
                                              u"User verification failed."_s);
        }
    }
    // Generations with tokens for all providers ignore the hash; `Middle` checks it in addition to
    // the token. A code sent by email was consumed when the token was issued.
    if (givesTokens(generation) || (byToken && !account.hasMasterPassword))
        return std::nullopt;
    return refuseUnproven(state, account, body, use);
}

std::optional<Answer> refuseWithoutPremium(const ServerState &state, const Account &account)
{
    if (isVaultwarden(state.settings.generation) || account.premium)
        return std::nullopt;
    return state.write().refusal(u"Premium status is required."_s);
}

void enforcePolicies(ServerState &state, const Account &account)
{
    const bool guarded = std::ranges::any_of(account.providers, [](const auto &provider) {
        return provider.second.enabled;
    });
    if (guarded)
        return;
    for (Organization &organization : state.organizations) {
        if (organization.revokeByPolicy(account)) {
            state.outbox.send(account.email(),
                              u"You have been revoked from "_s + organization.name);
        }
    }
}

Answer turnedOff(ServerState &state, Account &account, ProviderType type)
{
    account.providers.erase(type);
    if (type == ProviderType::Authenticator)
        account.usedCodes = {};
    // An organization's provider is not one of the account's.
    if (type != ProviderType::OrganizationDuo) {
        account.recordProviderChange(state.settings.generation);
        enforcePolicies(state, account);
    }
    if (isNewestOfficial(state.settings.generation))
        return Answer{.status = 204};
    return state.write().api(
        {{u"object"_s, u"twoFactorProvider"_s}, {u"enabled"_s, false}, {u"type"_s, int(type)}});
}

void addDeleteOfNewest(Router &router, ServerState &state, const QString &path, ProviderType type)
{
    router.add("DELETE"_ba, path,
               signedInAsWeb(state, [&state, type](const HttpRequest &request, Account &account) {
                   if (!givesTokens(state.settings.generation))
                       return state.write().wrongVerb({"PUT"_ba, "POST"_ba});
                   if (const auto refusal = refuseChange(state, account, request.json(), type))
                       return *refusal;
                   return turnedOff(state, account, type);
               }));
}

void addDisable(Router &router, ServerState &state)
{
    router.add("PUT"_ba, u"/api/two-factor/disable"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   if (isNewestOfficial(state.settings.generation))
                       return state.write().noSuchRoute();
                   const QJsonObject body = request.json();
                   if (const auto refusal = refuseUnproven(state, account, body))
                       return *refusal;
                   // Vaultwarden also accepts a number as a string.
                   const QJsonValue number = body.value("type"_L1);
                   const int type = number.isString() && isVaultwarden(state.settings.generation)
                       ? number.toString().toInt()
                       : number.toInt(-1);
                   return turnedOff(state, account, ProviderType(type));
               }));
}

} // namespace Sparekey::Endpoints
