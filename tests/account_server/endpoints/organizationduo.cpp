// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signedin.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

using Right = bool (Organization::*)(const Account &) const;
using OrganizationHandler = std::function<Answer(const HttpRequest &, Account &, Organization &)>;

/// An account without the right gets the same answer as for an organization that does not exist.
/// Vaultwarden has none of these routes.
Router::Handler forOrganization(ServerState &state, Right right, OrganizationHandler handler)
{
    return signedInAsWeb(state,
                         [&state, right, handler = std::move(handler)](const HttpRequest &request,
                                                                       Account &account) {
                             if (isVaultwarden(state.settings.generation))
                                 return state.write().noSuchRoute();
                             const QString id = request.captures.first();
                             const auto found = std::ranges::find(state.organizations, id,
                                                                  &Organization::id);
                             if (found == state.organizations.end() || !((*found).*right)(account))
                                 return state.write().refusal(u"Resource not found."_s, 404);
                             return handler(request, account, *found);
                         });
}

Answer list(const ServerState &state, const Organization &organization)
{
    QJsonArray entries;
    if (!organization.duo.duoHost.isEmpty()) {
        entries.append(QJsonObject{{u"object"_s, u"twoFactorProvider"_s},
                                   {u"enabled"_s, organization.duo.enabled},
                                   {u"type"_s, int(ProviderType::OrganizationDuo)}});
    }
    return state.write().api(
        {{u"object"_s, u"list"_s},
         {u"data"_s, entries.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(entries)},
         {u"continuationToken"_s, QJsonValue::Null}});
}

Answer turnOn(ServerState &state, const HttpRequest &request, Account &account,
              Organization &organization)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::OrganizationDuo))
        return *refusal;
    if (const auto refusal = takeDuo(state, body, organization.duo))
        return *refusal;
    organization.duo.enabled = true;
    return saved(state, account, namesOf(ProviderType::OrganizationDuo),
                 duoDetails(state, organization.duo));
}

Answer turnOff(ServerState &state, const HttpRequest &request, Account &account,
               Organization &organization)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::OrganizationDuo))
        return *refusal;
    organization.duo = {};
    return turnedOff(state, account, ProviderType::OrganizationDuo);
}

} // namespace

void addOrganizationDuo(Router &router, ServerState &state)
{
    const QString base = u"/api/organizations/{}/two-factor"_s;
    const Right see = &Organization::maySeeTwoFactor;
    const Right manage = &Organization::mayManageTwoFactor;
    router.add("GET"_ba, base,
               forOrganization(state, see,
                               [&state](const HttpRequest &, Account &,
                                        Organization &organization) {
                                   return list(state, organization);
                               }));
    router.add("POST"_ba, base + u"/get-duo"_s,
               forOrganization(state, manage,
                               [&state](const HttpRequest &request, Account &account,
                                        Organization &organization) {
                                   if (const auto refusal = refuseUnproven(state, account,
                                                                           request.json(),
                                                                           ProofFor::Looking))
                                       return *refusal;
                                   return opened(state, account,
                                                 namesOf(ProviderType::OrganizationDuo),
                                                 duoDetails(state, organization.duo));
                               }));
    router.add("PUT"_ba, base + u"/duo"_s,
               forOrganization(state, manage,
                               [&state](const HttpRequest &request, Account &account,
                                        Organization &organization) {
                                   return turnOn(state, request, account, organization);
                               }));
    // The newest generation has only DELETE, the other official ones only `PUT …/disable`.
    router.add("DELETE"_ba, base + u"/duo"_s,
               forOrganization(state, manage,
                               [&state](const HttpRequest &request, Account &account,
                                        Organization &organization) {
                                   if (!isNewestOfficial(state.settings.generation))
                                       return state.write().wrongVerb({"PUT"_ba, "POST"_ba});
                                   return turnOff(state, request, account, organization);
                               }));
    router.add("PUT"_ba, base + u"/disable"_s,
               forOrganization(state, manage,
                               [&state](const HttpRequest &request, Account &account,
                                        Organization &organization) {
                                   if (isNewestOfficial(state.settings.generation))
                                       return state.write().noSuchRoute();
                                   return turnOff(state, request, account, organization);
                               }));
}

} // namespace Sparekey::Endpoints
