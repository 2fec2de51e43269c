// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signedin.h"

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

constexpr int slots = 5;

/// Vaultwarden writes `Key1` with a capital, omits empty slots and names the object U2F.
QJsonObject details(const ServerState &state, const Account &account)
{
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    const auto found = account.providers.find(ProviderType::YubiKey);
    const Provider keys = found == account.providers.end() ? Provider() : found->second;
    QJsonObject details{{u"enabled"_s, keys.enabled}};
    for (int slot = 0; slot < slots; ++slot) {
        const QString id = keys.yubiKeys.value(slot);
        if (!id.isEmpty())
            details.insert((vaultwarden ? u"Key%1"_s : u"key%1"_s).arg(slot + 1), id);
        else if (!vaultwarden)
            details.insert(u"key%1"_s.arg(slot + 1), QJsonValue::Null);
    }
    if (!vaultwarden || keys.enabled)
        details.insert(u"nfc"_s, keys.nfc);
    return details;
}

ProviderNames names(const ServerState &state)
{
    ProviderNames names = namesOf(ProviderType::YubiKey);
    if (isVaultwarden(state.settings.generation))
        names.object = u"twoFactorU2f"_s;
    return names;
}

Answer openYubiKey(ServerState &state, const HttpRequest &request, Account &account)
{
    // Checked before the proof.
    if (isVaultwarden(state.settings.generation) && !state.settings.yubicoCredentials) {
        return state.write().refusal(u"`YUBICO_CLIENT_ID` or `YUBICO_SECRET_KEY` environment "
                                     "variable is not set. Yubikey OTP Disabled"_s);
    }
    if (const auto refusal = refuseUnproven(state, account, request.json(), ProofFor::Looking))
        return *refusal;
    if (state.settings.generation == Generation::Middle) {
        if (const auto refusal = refuseWithoutPremium(state, account))
            return *refusal;
    }
    return opened(state, account, names(state), details(state, account));
}

/// A value of twelve characters is accepted as a known key; a longer one must be an unused code.
/// Replaces all keys. Vaultwarden moves later keys into empty slots.
Answer turnOn(ServerState &state, const HttpRequest &request, Account &account)
{
    const QJsonObject body = request.json();
    if (const auto refusal = refuseChange(state, account, body, ProviderType::YubiKey))
        return *refusal;
    if (const auto refusal = refuseWithoutPremium(state, account))
        return *refusal;
    const bool vaultwarden = isVaultwarden(state.settings.generation);
    if (!body.value("nfc"_L1).isBool())
        return vaultwarden ? Answer{.status = 422}
                           : state.write().modelRefusal(u"Nfc"_s, u"The Nfc field is required."_s);
    QStringList ids;
    bool any = false;
    for (int slot = 1; slot <= slots; ++slot) {
        const QString value = body.value(u"key%1"_s.arg(slot)).toString();
        const bool fresh = value.size() > 12;
        if (!value.isEmpty() && (value.size() < 12 || (fresh && !state.yubico.accept(value)))) {
            return vaultwarden ? state.write().refusal(u"Invalid Yubikey OTP provided"_s)
                               : state.write().modelRefusal(u"Key%1"_s.arg(slot),
                                                            u"Key%1 is invalid."_s.arg(slot));
        }
        any = any || !value.isEmpty();
        if (!vaultwarden || !value.isEmpty())
            ids.append(value.left(12));
    }
    if (!any) {
        return vaultwarden ? state.write().refusal(u"A key is required."_s)
                           : state.write().modelRefusal(u"Key1"_s, u"A key is required."_s);
    }
    Provider &provider = account.providers[ProviderType::YubiKey];
    provider.yubiKeys = ids;
    provider.nfc = body.value("nfc"_L1).toBool();
    account.enable(ProviderType::YubiKey);
    return saved(state, account, names(state), details(state, account));
}

} // namespace

void addYubiKey(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/api/two-factor/get-yubikey"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return openYubiKey(state, request, account);
               }));
    router.add("PUT"_ba, u"/api/two-factor/yubikey"_s,
               signedInAsWeb(state, [&state](const HttpRequest &request, Account &account) {
                   return turnOn(state, request, account);
               }));
    addDeleteOfNewest(router, state, u"/api/two-factor/yubikey"_s, ProviderType::YubiKey);
}

} // namespace Sparekey::Endpoints
