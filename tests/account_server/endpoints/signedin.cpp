// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/signedin.h"
#include "tests/account_server/endpoints/signincodes.h"

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

Router::Handler behindToken(ServerState &state, SignedInHandler handler, bool onlyWeb)
{
    return [&state, handler = std::move(handler), onlyWeb](const HttpRequest &request) {
        const auto session = state.tokens.accept(request.header("Authorization"_ba));
        Account *account = session ? state.accounts.byId(session->accountId) : nullptr;
        if (!account)
            return state.write().unauthorized();
        const bool official = !isVaultwarden(state.settings.generation);
        if (onlyWeb && official && session->clientId != "web"_L1)
            return state.write().forbidden();
        return handler(request, *account);
    };
}

bool emailedCodeProves(ServerState &state, const Account &account, const QString &code,
                       ProofFor use)
{
    const QString purpose = verificationPurpose(account);
    if (use == ProofFor::Looking && state.settings.generation == Generation::Middle)
        return !code.isEmpty();
    const bool looksOnly = use == ProofFor::Looking && isVaultwarden(state.settings.generation);
    if (looksOnly && state.emailedCodes.matches(purpose, code))
        return true;
    return state.emailedCodes.accept(purpose, code);
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

std::optional<Answer> refuseUnproven(ServerState &state, Account &account, const QJsonObject &body,
                                     ProofFor use)
{
    const QString hash = body.value(state.settings.provenBySecret ? "secret"_L1
                                                                  : "masterPasswordHash"_L1)
                             .toString();
    const QString code = body.value("otp"_L1).toString();
    const bool proven = account.hasMasterPassword ? account.passwordHashMatches(hash.toUtf8())
                                                  : emailedCodeProves(state, account, code, use);
    if (isVaultwarden(state.settings.generation)) {
        // Vaultwarden requires exactly one of the two.
        if (hash.isEmpty() == code.isEmpty())
            return state.write().refusal(u"No validation provided"_s);
        if (!proven)
            return state.write().refusal(code.isEmpty() ? u"Invalid password"_s
                                                        : codeRefusal(state, account));
        return std::nullopt;
    }
    if (hash.isEmpty() && code.isEmpty()) {
        return state.write().modelRefusal(
            QString(), u"MasterPasswordHash, OTP, or AccessCode must be supplied."_s);
    }
    if (!proven) {
        Answer refusal = state.write().modelRefusal(QString(), u"User verification failed."_s);
        refusal.delay = state.settings.refusalDelay;
        return refusal;
    }
    return std::nullopt;
}

} // namespace Sparekey::Endpoints
