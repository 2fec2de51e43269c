// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/control.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

Answer done()
{
    return Answer{.status = 204};
}

Answer wrong(const QString &why)
{
    return jsonAnswer({{u"error"_s, why}}, 400);
}

std::optional<ProviderType> settableProvider(const QString &number)
{
    bool isNumber = false;
    const auto type = ProviderType(number.toInt(&isNumber));
    switch (type) {
    case ProviderType::Authenticator:
    case ProviderType::Email:
    case ProviderType::Duo:
    case ProviderType::YubiKey:
    case ProviderType::WebAuthn: return isNumber ? std::optional(type) : std::nullopt;
    case ProviderType::OrganizationDuo:
    case ProviderType::RecoveryCode: break;
    }
    return std::nullopt;
}

QJsonObject asJson(const Account &account)
{
    QJsonObject providers;
    QJsonArray codes;
    QString key;
    QString duoState;
    for (const auto &[type, provider] : account.providers) {
        providers.insert(QString::number(int(type)), provider.enabled);
        if (type == ProviderType::Duo)
            duoState = provider.duoState;
        if (provider.setupKey.isEmpty())
            continue;
        key = base32(provider.setupKey);
        const qint64 now = totpStep(std::chrono::system_clock::now());
        for (const qint64 step : {now - 1, now, now + 1})
            codes.append(totpCode(provider.setupKey, step));
    }
    QJsonArray passkeys;
    if (const auto found = account.providers.find(ProviderType::WebAuthn);
        found != account.providers.end()) {
        for (const RegisteredPasskey &passkey : found->second.passkeys)
            passkeys.append(passkey.name);
    }
    return {{u"role"_s, account.role},
            {u"email"_s, account.email()},
            {u"premium"_s, account.premium},
            {u"providers"_s, providers},
            {u"setupKey"_s, key},
            {u"authenticatorCodes"_s, codes}, // the three that are valid now, earliest first
            {u"passkeys"_s, passkeys},        // their names
            {u"duoState"_s, duoState},
            {u"apiClientId"_s, QString(u"user."_s + account.id)},
            {u"apiKey"_s, account.apiKey},
            {u"recoveryCode"_s,
             account.recoveryCode ? QJsonValue(*account.recoveryCode)
                                  : QJsonValue(QJsonValue::Null)}};
}

Answer editAccount(Account &account, Generation generation, const QJsonObject &changes)
{
    account.hasMasterPassword =
        changes.value("masterPassword"_L1).toBool(account.hasMasterPassword);
    const QJsonObject providers = changes.value("providers"_L1).toObject();
    for (auto it = providers.begin(); it != providers.end(); ++it) {
        const auto type = settableProvider(it.key());
        if (!type)
            return wrong(u"There is no provider of that number."_s);
        if (it->isNull())
            account.providers.erase(*type);
        else if (it->toBool())
            account.enable(*type);
        else
            account.providers[*type].enabled = false;
        account.recordProviderChange(generation);
    }
    if (changes.contains("kdf"_L1)) {
        const QJsonObject kdf = changes.value("kdf"_L1).toObject();
        account.changeDerivation({.type = KdfSettings::Type(kdf.value("type"_L1).toInt()),
                                  .iterations = kdf.value("iterations"_L1).toInt(),
                                  .memoryMiB = kdf.value("memory"_L1).toInt(),
                                  .parallelism = kdf.value("parallelism"_L1).toInt()},
                                 changes.value("salt"_L1).toString(), generation);
    }
    account.ssoRequired = changes.value("ssoRequired"_L1).toBool(account.ssoRequired);
    if (changes.contains("premium"_L1))
        account.premium = changes.value("premium"_L1).toBool();
    if (changes.contains("verifiesDevices"_L1))
        account.verifiesDevices = changes.value("verifiesDevices"_L1).toBool();
    if (changes.contains("recoveryCode"_L1)) {
        const QJsonValue code = changes.value("recoveryCode"_L1);
        account.recoveryCode = code.isString() ? std::optional(code.toString()) : std::nullopt;
    }
    return jsonAnswer(asJson(account));
}

Answer changeSettings(ServerState &state, const QJsonObject &changes)
{
    ServerSettings &settings = state.settings;
    if (changes.contains("organizationDuo"_L1)) {
        Provider &duo = state.organizations.front().duo;
        duo.setUpDuo();
        duo.enabled = changes.value("organizationDuo"_L1).toBool();
    }
    if (changes.contains("generation"_L1)) {
        const auto generation = generationFromName(changes.value("generation"_L1).toString());
        if (!generation)
            return wrong(u"There is no generation of that name."_s);
        settings.generation = *generation;
    }
    settings.requestsPerMinute =
        changes.value("requestsPerMinute"_L1).toInt(settings.requestsPerMinute);
    settings.tokenLifetime = std::chrono::seconds(
        changes.value("tokenLifetimeSeconds"_L1).toInt(int(settings.tokenLifetime.count())));
    settings.recoverySignIn = changes.value("recoverySignIn"_L1).toBool(settings.recoverySignIn);
    settings.passkeyOptions = changes.value("passkeyOptions"_L1).toObject(settings.passkeyOptions);
    settings.duoForAll = changes.value("duoForAll"_L1).toBool(settings.duoForAll);
    settings.mailServer = changes.value("mailServer"_L1).toBool(settings.mailServer);
    settings.yubicoCredentials =
        changes.value("yubicoCredentials"_L1).toBool(settings.yubicoCredentials);
    settings.passkeysPossible =
        changes.value("passkeysPossible"_L1).toBool(settings.passkeysPossible);
    settings.vaultEntries = changes.value("vaultEntries"_L1).toInt(settings.vaultEntries);
    settings.rotateRefreshTokens =
        changes.value("rotateRefreshTokens"_L1).toBool(settings.rotateRefreshTokens);
    settings.provenBySecret = changes.value("provenBySecret"_L1).toBool(settings.provenBySecret);
    settings.clockAhead = std::chrono::seconds(
        changes.value("clockAheadSeconds"_L1).toInt(int(settings.clockAhead.count())));
    settings.refusalDelay = std::chrono::milliseconds(
        changes.value("refusalDelayMilliseconds"_L1).toInt(int(settings.refusalDelay.count())));
    return done();
}

} // namespace

void addControl(Router &router, const ControlledServer &server)
{
    router.add("POST"_ba, u"/control/faults"_s, [server](const HttpRequest &request) {
        const auto problem = server.faults.add(request.json());
        return problem ? wrong(*problem) : done();
    });
    router.add("DELETE"_ba, u"/control/faults"_s, [server](const HttpRequest &) {
        server.faults.clear();
        return done();
    });
    router.add("GET"_ba, u"/control/outbox"_s, [server](const HttpRequest &) {
        return jsonAnswer({{u"emails"_s, server.state.outbox.asJson()}});
    });
    router.add("POST"_ba, u"/control/expire-codes"_s, [server](const HttpRequest &) {
        server.state.emailedCodes.expireAll();
        return done();
    });
    // A key has the name of an account's role; any other name is a key without an account.
    router.add("POST"_ba, u"/control/yubikeys/{}"_s, [server](const HttpRequest &request) {
        VirtualYubiKey &key = server.state.yubico.key(request.captures.first());
        if (request.json().value("plugInAgain"_L1).toBool())
            key.plugInAgain();
        return jsonAnswer({{u"otp"_s, key.touch()}});
    });
    router.add("GET"_ba, u"/control/requests"_s, [server](const HttpRequest &) {
        return jsonAnswer({{u"requests"_s, server.requests.asJson()}});
    });
    router.add("POST"_ba, u"/control/reset"_s, [server](const HttpRequest &) {
        server.restart();
        return done();
    });
    router.add("POST"_ba, u"/control/expire-tokens"_s, [server](const HttpRequest &request) {
        server.state.tokens.expireAccessTokens();
        if (request.json().value("refresh"_L1).toBool())
            server.state.tokens.revokeRefreshTokens();
        if (request.json().value("remembered"_L1).toBool())
            server.state.tokens.forgetRemembered();
        return done();
    });
    router.add("GET"_ba, u"/control/tokens"_s, [server](const HttpRequest &) {
        return jsonAnswer({{u"tokens"_s, QJsonArray::fromStringList(server.state.tokens.all())}});
    });
    router.add("POST"_ba, u"/control/expire-verifications"_s, [server](const HttpRequest &) {
        server.state.verifications.expireAll();
        return done();
    });
    router.add("POST"_ba, u"/control/settings"_s, [server](const HttpRequest &request) {
        return changeSettings(server.state, request.json());
    });
    router.add("GET"_ba, u"/control/accounts/{}"_s, [server](const HttpRequest &request) {
        const Account *account = server.state.accounts.byRole(request.captures.first());
        return account ? jsonAnswer(asJson(*account)) : wrong(u"There is no such role."_s);
    });
    router.add("POST"_ba, u"/control/accounts/{}"_s, [server](const HttpRequest &request) {
        Account *account = server.state.accounts.byRole(request.captures.first());
        return account ? editAccount(*account, server.state.settings.generation, request.json())
                       : wrong(u"There is no such role."_s);
    });
}

} // namespace Sparekey
