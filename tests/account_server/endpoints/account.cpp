// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/signedin.h"
#include "tests/account_server/endpoints/signincodes.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey::Endpoints {

namespace {

/// The members of the profile that describe the account's organizations.
QJsonArray organizationsOf(const ServerState &state, const Account &account)
{
    QJsonArray entries;
    for (const Organization &organization : state.organizations) {
        const Membership *member = organization.membership(account);
        if (!member || member->status == Membership::Revoked)
            continue;
        entries.append(QJsonObject{
            {u"object"_s, u"profileOrganization"_s},
            {u"id"_s, organization.id},
            {u"name"_s, organization.name},
            {u"enabled"_s, true},
            {u"status"_s, member->status},
            {u"type"_s, int(member->type)},
            {u"permissions"_s, QJsonObject{{u"managePolicies"_s, member->managesPolicies}}},
            {u"use2fa"_s, organization.usesTwoFactor},
            {u"usePolicies"_s, organization.usesPolicies},
            {u"usersGetPremium"_s, false},
        });
    }
    return entries;
}

/// `GET /api/accounts/profile`. On Vaultwarden all accounts have premium. `twoFactorEnabled`
/// counts only providers that sign-in offers.
Answer profile(const ServerState &state, const Account &account)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    QJsonObject object{
        {u"object"_s, u"profile"_s},
        {u"id"_s, account.id},
        {u"name"_s, account.name},
        {u"email"_s, account.email()},
        {u"emailVerified"_s, true},
        {u"premium"_s, vaultwarden || account.premium},
        {u"premiumFromOrganization"_s, false},
        {u"twoFactorEnabled"_s, !account.usableProviders(state.settings.generation).isEmpty()},
        {u"securityStamp"_s, account.securityStamp},
        {u"forcePasswordReset"_s, false},
        {u"usesKeyConnector"_s, false},
        {u"culture"_s, u"en-US"_s},
        {u"organizations"_s, organizationsOf(state, account)},
    };
    if (!vaultwarden)
        object.insert(u"verifyDevices"_s, true);
    if (isNewestOfficial(state.settings.generation))
        object.insert(u"organizationsNew"_s, organizationsOf(state, account));
    return state.write().api(object);
}

/// `POST /api/accounts/verify-password` answers with the policy for master passwords.
Answer verifyPassword(const ServerState &state, const HttpRequest &request, Account &account)
{
    const QString hash = request.json().value("masterPasswordHash"_L1).toString();
    if (!account.passwordHashMatches(hash.toUtf8())) {
        Answer refusal = isVaultwarden(state.settings.generation)
            ? state.write().refusal(u"Invalid password"_s)
            : state.write().modelRefusal(u"MasterPasswordHash"_s, u"Invalid password."_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    return state.write().api({{u"object"_s, u"masterPasswordPolicy"_s},
                              {u"minComplexity"_s, QJsonValue::Null},
                              {u"minLength"_s, QJsonValue::Null},
                              {u"requireLower"_s, QJsonValue::Null},
                              {u"requireUpper"_s, QJsonValue::Null},
                              {u"requireNumbers"_s, QJsonValue::Null},
                              {u"requireSpecial"_s, QJsonValue::Null},
                              {u"enforceOnLogin"_s, QJsonValue::Null}});
}

/// `POST /api/accounts/request-otp` sends a code by email to an account without a master password.
/// The official code is valid for five minutes. Vaultwarden's is valid for ten minutes, and the
/// third attempt is refused even if it is right. Vaultwarden sends no new code for 30 seconds.
Answer requestOtp(ServerState &state, const Account &account)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    if (vaultwarden && !state.settings.mailServer) {
        return state.write().refusal(
            u"Email is disabled for this server. Either enable email or login using your master "
            "password instead of login via device."_s);
    }
    const auto age = state.emailedCodes.age(verificationPurpose(account));
    if (vaultwarden && age && *age < 30s) {
        return state.write().refusal(
            u"Please wait %1 seconds before requesting another code."_s.arg((30s - *age).count()));
    }
    state.outbox.send(account.email(), u"Your verification code"_s,
                      state.emailedCodes.make(verificationPurpose(account),
                                              std::chrono::seconds(vaultwarden ? 600 : 300),
                                              vaultwarden ? 2 : 100));
    return {};
}

/// `POST /api/accounts/verify-otp` consumes the code.
Answer verifyOtp(ServerState &state, const HttpRequest &request, const Account &account)
{
    const QString code = request.json().value("OTP"_L1).toString();
    if (state.emailedCodes.accept(verificationPurpose(account), code))
        return {};
    Answer refusal = isVaultwarden(state.settings.generation)
        ? state.write().refusal(codeRefusal(state, account))
        : state.write().modelRefusal(u"Token"_s, u"Invalid token."_s);
    refusal.delay = state.settings.refusalDelay;
    return refusal;
}

/// `GET /api/accounts/revision-date`: only a number, milliseconds since 1970.
Answer revisionDate(const Account &account)
{
    return Answer{.contentType = "application/json; charset=utf-8"_ba,
                  .body = QByteArray::number(account.revisionDate.toMSecsSinceEpoch())};
}

} // namespace

void addAccount(Router &router, ServerState &state)
{
    router.add("GET"_ba, u"/api/accounts/profile"_s,
               signedIn(state, [&state](const HttpRequest &, Account &account) {
                   return profile(state, account);
               }));
    router.add("POST"_ba, u"/api/accounts/verify-password"_s,
               signedIn(state, [&state](const HttpRequest &request, Account &account) {
                   return verifyPassword(state, request, account);
               }));
    router.add("POST"_ba, u"/api/accounts/request-otp"_s,
               signedIn(state, [&state](const HttpRequest &, Account &account) {
                   return requestOtp(state, account);
               }));
    router.add("POST"_ba, u"/api/accounts/verify-otp"_s,
               signedIn(state, [&state](const HttpRequest &request, Account &account) {
                   return verifyOtp(state, request, account);
               }));
    router.add("GET"_ba, u"/api/accounts/revision-date"_s,
               signedIn(state, [](const HttpRequest &, Account &account) {
                   return revisionDate(account);
               }));
}

} // namespace Sparekey::Endpoints
