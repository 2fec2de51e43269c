// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/signedin.h"

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

Router::Handler behindToken(ServerState &state, SignedInHandler handler, bool onlyWeb)
{
    return [&state, handler = std::move(handler), onlyWeb](const HttpRequest &request) {
        const auto session = state.tokens.accept(request.header("Authorization"_ba));
        Account *account = session ? state.accounts.byId(session->accountId) : nullptr;
        if (!account)
            return state.write().unauthorised();
        const bool official = !isVaultwarden(state.settings.generation);
        if (onlyWeb && official && session->clientId != "web"_L1)
            return state.write().forbidden();
        return handler(request, *account);
    };
}

} // namespace

Router::Handler signedIn(ServerState &state, SignedInHandler handler)
{
    return behindToken(state, std::move(handler), false);
}

Router::Handler signedInAsWeb(ServerState &state, SignedInHandler handler)
{
    return behindToken(state, std::move(handler), true);
}

std::optional<Answer> refuseUnproven(const ServerState &state, Account &account,
                                     const QJsonObject &body)
{
    const QString hash = body.value("masterPasswordHash"_L1).toString();
    const bool hasOtp = !body.value("otp"_L1).toString().isEmpty();
    if (isVaultwarden(state.settings.generation)) {
        // Exactly one of the two.
        if (hash.isEmpty() != hasOtp)
            return state.write().refusal(u"No validation provided"_s);
        if (!account.passwordHashMatches(hash.toUtf8()))
            return state.write().refusal(u"Invalid password"_s);
        return std::nullopt;
    }
    if (hash.isEmpty() && !hasOtp) {
        return state.write().modelRefusal(
            QString(), u"MasterPasswordHash, OTP, or AccessCode must be supplied."_s);
    }
    if (!account.passwordHashMatches(hash.toUtf8())) {
        Answer refusal = state.write().modelRefusal(QString(), u"User verification failed."_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    return std::nullopt;
}

} // namespace Sparekey::Endpoints
