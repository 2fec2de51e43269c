// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signedin.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

QString masked(const QString &text, qsizetype shown)
{
    return text.left(shown) + QString(qMax<qsizetype>(text.size() - shown, 0), u'*');
}

/// The text instead of each value if the account uses the Duo that is set up for all accounts.
QJsonObject remark(bool enabled, const QString &text)
{
    return {{u"enabled"_s, enabled},
            {u"host"_s, text},
            {u"clientId"_s, text},
            {u"clientSecret"_s, text}};
}

QJsonObject details(const ServerState &state, const Account &account)
{
    const auto found = account.providers.find(ProviderType::Duo);
    if (state.settings.duoForAll) {
        if (found == account.providers.end() || !found->second.enabled)
            return remark(false, u"<leave these fields untouched to use the Duo of all>"_s);
        if (found->second.duoHost.isEmpty())
            return remark(true, u"<the secret of all>"_s);
    }
    return duoDetails(state, found == account.providers.end() ? Provider() : found->second);
}

Answer openDuo(ServerState &state, const HttpRequest &request, Account &account)
{
    if (const auto refusal = refuseUnproven(state, account, request.json(), ProofFor::Looking))
        return *refusal;
    // The newest generation also shows it to accounts without premium, so that they can turn it
    // off.
    if (state.settings.generation == Generation::Middle) {
        if (const auto refusal = refuseWithoutPremium(state, account))
            return *refusal;
    }
    return opened(state, account, namesOf(ProviderType::Duo), details(state, account));
}

Answer turnOn(ServerState &state, const HttpRequest &request, Account &account)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::Duo))
        return *refusal;
    if (const auto refusal = refuseWithoutPremium(state, account))
        return *refusal;
    const bool empty = body.value("clientId"_L1) == u""_s && body.value("clientSecret"_L1) == u""_s
        && body.value("host"_L1) == u""_s;
    if (state.settings.duoForAll && empty) {
        account.enable(ProviderType::Duo);
        account.providers[ProviderType::Duo] = Provider();
        account.providers[ProviderType::Duo].enabled = true;
        return saved(state, account, namesOf(ProviderType::Duo), details(state, account));
    }
    Provider duo;
    if (const auto refusal = takeDuo(state, body, duo))
        return *refusal;
    account.providers[ProviderType::Duo] = duo;
    account.enable(ProviderType::Duo);
    return saved(state, account, namesOf(ProviderType::Duo), details(state, account));
}

} // namespace

QJsonObject duoDetails(const ServerState &state, const Provider &duo)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    return {{u"enabled"_s, duo.enabled},
            {u"host"_s, vaultwarden ? masked(duo.duoHost, 4) : duo.duoHost},
            {u"clientId"_s, vaultwarden ? masked(duo.duoClientId, 4) : duo.duoClientId},
            {u"clientSecret"_s, masked(duo.duoClientSecret, vaultwarden ? 4 : 6)}};
}

std::optional<Answer> takeDuo(const ServerState &state, const QJsonObject &body, Provider &duo)
{
    const QString id = body.value("clientId"_L1).toString();
    const QString secret = body.value("clientSecret"_L1).toString();
    const QString host = body.value("host"_L1).toString();
    if (id.size() != 20)
        return state.write().modelRefusal(u"ClientId"_s, u"Client Id is invalid."_s);
    if (secret.size() != 40)
        return state.write().modelRefusal(u"ClientSecret"_s, u"Client Secret is invalid."_s);
    static const QRegularExpression duoHost(u"^api-[a-z0-9-]+\\.(duosecurity|duofederal)\\.com$"_s);
    if (!duoHost.match(host).hasMatch())
        return state.write().modelRefusal(u"Host"_s, u"Host is invalid."_s);
    // The check of official servers ends in an unhandled error.
    if (!id.startsWith("DI"_L1)) {
        return isVaultwarden(state.settings.generation)
            ? state.write().refusal(u"Failed to validate Duo credentials"_s)
            : state.write().refusal(u"An unhandled server error has occurred."_s, 500);
    }
    duo.duoClientId = id;
    duo.duoClientSecret = secret;
    duo.duoHost = host;
    return std::nullopt;
}

void addDuo(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-duo"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return openDuo(state, request, account);
               }));
    router.add("PUT"_ba, u"/api/two-factor/duo"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return turnOn(state, request, account);
               }));
    addDeleteOfNewest(router, state, u"/api/two-factor/duo"_s, ProviderType::Duo);
}

} // namespace Sparekey::Endpoints
