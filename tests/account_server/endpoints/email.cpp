// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signedin.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey::Endpoints {

namespace {

QString purposeOf(const Account &account, const QString &address)
{
    return u"set-up of email for "_s + account.id + u' ' + address.toLower();
}

Answer openEmail(ServerState &state, const HttpRequest &request, Account &account)
{
    if (const auto refusal = refuseUnproven(state, account, request.json(), ProofFor::Looking))
        return *refusal;
    const auto found = account.providers.find(ProviderType::Email);
    const bool known = found != account.providers.end() && !found->second.email.isEmpty();
    return opened(state, account, namesOf(ProviderType::Email),
                  {{u"enabled"_s, known && found->second.enabled},
                   {u"email"_s,
                    known ? QJsonValue(found->second.email) : QJsonValue(QJsonValue::Null)}});
}

/// Vaultwarden removes the current address before the new one is confirmed. Addresses at
/// `bounce.example` accept no email.
Answer sendCode(ServerState &state, const HttpRequest &request, Account &account)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    if (vaultwarden && !state.settings.mailServer)
        return state.write().refusal(u"Email 2FA is disabled"_s);
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::Email, {},
                                          ProofFor::Looking))
        return *refusal;
    // `Nested` accepts only a token issued while email was off, so it cannot change the address.
    if (state.settings.generation == Generation::Nested
        && account.providers[ProviderType::Email].enabled)
        return state.write().refusal(u"Invalid verification token: Invalid state"_s);
    const QString address = body.value("email"_L1).toString();
    if (!address.contains(u'@')) {
        return state.write().modelRefusal(u"Email"_s,
                                          u"The Email field is not a supported e-mail address."_s);
    }
    if (vaultwarden)
        account.providers.erase(ProviderType::Email);
    if (address.endsWith("@bounce.example"_L1))
        return state.write().refusal(u"SMTP error: permanent error (550)"_s);
    state.outbox.send(address, u"Your two-step login setup code"_s,
                      state.emailedCodes.make(purposeOf(account, address), 300s, 100));
    return Answer{};
}

Answer turnOn(ServerState &state, const HttpRequest &request, Account &account)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::Email))
        return *refusal;
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    const QString address = body.value("email"_L1).toString();
    if (!state.emailedCodes.accept(purposeOf(account, address),
                                   body.value("token"_L1).toString())) {
        Answer refusal = vaultwarden ? state.write().refusal(u"Token is invalid"_s)
                                     : state.write().modelRefusal(u"Token"_s, u"Invalid token."_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    account.providers[ProviderType::Email].email = vaultwarden ? address : address.toLower();
    account.enable(ProviderType::Email);
    // Vaultwarden sends the boolean as a string.
    return saved(state, account, namesOf(ProviderType::Email),
                 {{u"enabled"_s, vaultwarden ? QJsonValue(u"true"_s) : QJsonValue(true)},
                  {u"email"_s, account.providers[ProviderType::Email].email}});
}

} // namespace

void addEmail(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-email"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return openEmail(state, request, account);
               }));
    router.add("POST"_ba, u"/api/two-factor/send-email"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return sendCode(state, request, account);
               }));
    router.add("PUT"_ba, u"/api/two-factor/email"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return turnOn(state, request, account);
               }));
    addDeleteOfNewest(router, state, u"/api/two-factor/email"_s, ProviderType::Email);
}

} // namespace Sparekey::Endpoints
