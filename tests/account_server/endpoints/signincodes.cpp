// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/signincodes.h"
#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/providercommon.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey::Endpoints {

QString emailStepPurpose(const Account &account)
{
    return u"second step of "_s + account.id;
}

QString newDevicePurpose(const Account &account)
{
    return u"new device of "_s + account.id;
}

QString verificationPurpose(const Account &account)
{
    return u"verification of "_s + account.id;
}

QString codeRefusal(const ServerState &state, const Account &account)
{
    return state.emailedCodes.age(verificationPurpose(account)) ? u"Token is invalid"_s
                                                                : u"Token has expired"_s;
}

void emailNewDeviceCode(ServerState &state, const Account &account)
{
    state.outbox.send(account.email(), u"Your new device login code"_s,
                      state.emailedCodes.make(newDevicePurpose(account), 300s, 100));
}

namespace {

/// The account, if the body has its correct password hash; else null.
Account *proven(ServerState &state, const QJsonObject &body)
{
    Account *account = state.accounts.byEmail(body.value("email"_L1).toString());
    const QByteArray hash = body.value("masterPasswordHash"_L1).toString().toUtf8();
    return account && account->passwordHashMatches(hash) ? account : nullptr;
}

/// `POST /api/two-factor/send-email-login`, without a session. The official code is valid for
/// five minutes, Vaultwarden's for ten minutes and three attempts.
Answer sendEmailLogin(ServerState &state, const HttpRequest &request)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    Account *account = proven(state, request.json());
    const bool isOn = account
        && account->usableProviders(state.settings.generation).contains(ProviderType::Email);
    if (!isOn) {
        Answer refusal = state.write().refusal(
            !vaultwarden  ? u"Cannot send two-factor email."_s
                : account ? u"Email 2FA is disabled"_s
                          : u"Username or password is incorrect. Try again"_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    const QString code = vaultwarden
        ? state.emailedCodes.make(emailStepPurpose(*account), 600s, 3)
        : state.emailedCodes.make(emailStepPurpose(*account), 300s, 100);
    state.outbox.send(account->providers[ProviderType::Email].email, u"Your two-step login code"_s,
                      code);
    return Answer{};
}

/// `POST /api/two-factor/recover`, without a session: official up to 2025.8, Vaultwarden up to
/// 1.35.3. Turns all providers off and signs nobody in.
Answer recover(ServerState &state, const HttpRequest &request)
{
    const Generation generation = state.settings.generation;
    if (generation != Generation::Middle && generation != Generation::Pascal)
        return state.write().noSuchRoute();
    const QJsonObject body = request.json();
    Account *account = proven(state, body);
    if (!account || !account->recover(body.value("recoveryCode"_L1).toString(), generation)) {
        Answer refusal = state.write().refusal(isVaultwarden(generation)
                                                   ? u"Recovery code is incorrect. Try again."_s
                                                   : u"Invalid information. Try again."_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    enforcePolicies(state, *account);
    return isVaultwarden(generation) ? jsonAnswer({}) : Answer{};
}

/// `POST /api/accounts/resend-new-device-otp`, without a session. Always succeeds, so that nobody
/// learns which emails exist.
Answer resendNewDeviceCode(ServerState &state, const HttpRequest &request)
{
    if (isVaultwarden(state.settings.generation))
        return state.write().noSuchRoute();
    if (const Account *account = proven(state, request.json()))
        emailNewDeviceCode(state, *account);
    return Answer{};
}

} // namespace

void addSignInCodes(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/send-email-login"_s,
               [&state](const HttpRequest &request) { return sendEmailLogin(state, request); });
    router.add("POST"_ba, u"/api/two-factor/recover"_s,
               [&state](const HttpRequest &request) { return recover(state, request); });
    router.add("POST"_ba, u"/api/accounts/resend-new-device-otp"_s,
               [&state](const HttpRequest &request) {
                   return resendNewDeviceCode(state, request);
               });
}

} // namespace Sparekey::Endpoints
