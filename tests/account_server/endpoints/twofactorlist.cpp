// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/signedin.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

/// `GET /api/two-factor`. The official server sends `data: null` if nothing was ever set up, and
/// lists unfinished registrations with `enabled: false`.
Answer twoFactorList(const ServerState &state, const Account &account)
{
    QJsonArray entries;
    for (const auto &[type, provider] : account.knownProviders(state.settings.generation)) {
        entries.append(QJsonObject{{u"object"_s, u"twoFactorProvider"_s},
                                   {u"enabled"_s, provider.enabled},
                                   {u"type"_s, int(type)}});
    }
    const bool sendsNull = entries.isEmpty() && !isVaultwarden(state.settings.generation);
    return state.write().api(
        {{u"object"_s, u"list"_s},
         {u"data"_s, sendsNull ? QJsonValue(QJsonValue::Null) : QJsonValue(entries)},
         {u"continuationToken"_s, QJsonValue::Null}});
}

} // namespace

void addTwoFactorList(Router &router, ServerState &state)
{
    router.add("GET"_ba, u"/api/two-factor"_s,
               signedInAsWeb(state, [&state](const HttpRequest &, Account &account) {
                   return twoFactorList(state, account);
               }));
}

} // namespace Sparekey::Endpoints
