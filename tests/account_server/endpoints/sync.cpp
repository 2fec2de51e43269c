// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/signedin.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

constexpr int masterPassword = 1;
constexpr int twoFactorAuthentication = 0;

QJsonObject policy(const Organization &organization, int type, bool enabled)
{
    return {{u"object"_s, u"policy"_s},
            {u"id"_s, u"2f1c8f3e-0d4b-4a53-9a7e-%1"_s.arg(type, 12, 10, QChar(u'0'))},
            {u"organizationId"_s, organization.id},
            {u"type"_s, type},
            {u"data"_s, QJsonValue::Null},
            {u"enabled"_s, enabled},
            {u"revisionDate"_s, u"2026-01-05T09:00:00.000000Z"_s}};
}

/// Policies of all organizations with a confirmed membership, whatever the role.
QJsonArray policiesOf(const ServerState &state, const Account &account)
{
    QJsonArray policies;
    for (const Organization &organization : state.organizations) {
        const Membership *member = organization.membership(account);
        if (!member || member->status != Membership::Confirmed || !organization.usesPolicies)
            continue;
        policies.append(policy(organization, masterPassword, true));
        policies.append(
            policy(organization, twoFactorAuthentication, organization.requiresTwoFactor));
    }
    return policies;
}

/// `GET /api/sync`: everything that a client stores. The entries are encrypted.
Answer sync(const ServerState &state, const Account &account)
{
    QJsonArray entries;
    for (int i = 0; i < state.settings.vaultEntries; ++i) {
        entries.append(
            QJsonObject{{u"object"_s, u"cipherDetails"_s},
                        {u"type"_s, 2},
                        {u"name"_s,
                         u"2.%1|%2|%3"_s.arg(i).arg(QString(600, u'A'), QString(44, u'B'))}});
    }
    QJsonObject object{{u"object"_s, u"sync"_s},
                       {u"profile"_s, QJsonObject{{u"email"_s, account.email()}}},
                       {u"folders"_s, QJsonArray()},
                       {u"ciphers"_s, entries},
                       {u"domains"_s, QJsonValue::Null},
                       {u"policies"_s, policiesOf(state, account)}};
    if (isNewestOfficial(state.settings.generation))
        object.insert(u"policiesNew"_s, policiesOf(state, account));
    return state.write().api(object);
}

} // namespace

void addSync(Router &router, ServerState &state)
{
    router.add("GET"_ba, u"/api/sync"_s,
               signedIn(state, [&state](const HttpRequest &, Account &account) {
                   return sync(state, account);
               }));
}

} // namespace Sparekey::Endpoints
