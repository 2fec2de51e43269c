// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/signedin.h"

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

/// `POST /api/two-factor/get-recover`: a flat answer without a token in every generation. The code
/// is null until a provider is turned on. Official codes are lower case, Vaultwarden's upper case.
Answer recoveryCode(ServerState &state, const HttpRequest &request, Account &account)
{
    if (const auto refusal = refuseUnproven(state, account, request.json()))
        return *refusal;
    QJsonValue code = QJsonValue::Null;
    if (account.recoveryCode) {
        code = isVaultwarden(state.settings.generation) ? account.recoveryCode->toUpper()
                                                        : *account.recoveryCode;
    }
    return state.write().api({{u"object"_s, u"twoFactorRecover"_s}, {u"code"_s, code}});
}

} // namespace

void addRecoveryCode(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-recover"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return recoveryCode(state, request, account);
               }));
}

} // namespace Sparekey::Endpoints
