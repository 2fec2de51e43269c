// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/endpoints/duoprompt.h"
#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/providercommon.h"
#include "tests/account_server/endpoints/signincodes.h"
#include "tests/account_server/endpoints/webauthnsignin.h"
#include "tests/account_server/formdata.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey::Endpoints {

namespace {

constexpr auto requiredScope = "api offline_access"_L1;

/// `twoFactorProvider` of a token for "remember this device".
constexpr int rememberProvider = 5;

/// As .NET parses a `Version`: two to four numbers, no `v`, no suffix.
bool isParseableVersion(const QByteArray &text)
{
    static const QRegularExpression version(u"^\\d{1,9}(\\.\\d{1,9}){1,3}$"_s);
    return version.match(QString::fromLatin1(text)).hasMatch();
}

bool isKnownClient(const QString &clientId)
{
    static const QStringList known{u"web"_s, u"desktop"_s, u"cli"_s, u"browser"_s, u"mobile"_s};
    return known.contains(clientId);
}

/// An encrypted string as in a real answer: type 2, then initialization vector, data and
/// authentication code. The content is random, because Sparekey does not use it.
QString randomEncryptedString(qsizetype length)
{
    const auto part = [](qsizetype count) {
        return QString::fromLatin1(randomBytes(count).toBase64());
    };
    return u"2."_s + part(16) + u'|' + part(length) + u'|' + part(32);
}

/// The masked address of the email provider: two letters, then asterisks.
QString masked(const QString &email)
{
    const qsizetype at = email.indexOf(u'@');
    const qsizetype shown = at > 3 ? 2 : 0;
    return email.first(shown) + QString(at - shown, u'*') + email.sliced(at);
}

QJsonObject policy()
{
    return {{u"Object"_s, u"masterPasswordPolicy"_s}};
}

/// Handles one `POST /identity/connect/token`. The checks have the order of the official server:
/// client, scope, password, client version, second step, device.
class TokenRequest
{
public:
    TokenRequest(ServerState &state, const HttpRequest &request, FormFields fields)
        : m_state(state)
        , m_request(request)
        , m_fields(std::move(fields))
        , m_vaultwarden(isVaultwarden(state.settings.generation))
    {
    }

    Answer answer()
    {
        const QString grantType = field("grant_type"_L1);
        if (grantType == "client_credentials"_L1)
            return apiKeyGrant();
        if (!m_vaultwarden && !isKnownClient(field("client_id"_L1)))
            return refuse(u"invalid_client"_s, {}, {});
        if (grantType == "password"_L1)
            return passwordGrant();
        if (grantType == "refresh_token"_L1)
            return refreshGrant();
        return refuse(u"unsupported_grant_type"_s, {}, u"Invalid type"_s);
    }

private:
    /// The personal API key: no second step, no refresh token, and a client that may not access
    /// two-step login on official servers.
    Answer apiKeyGrant()
    {
        const QString client = field("client_id"_L1);
        Account *account = client.startsWith("user."_L1) ? m_state.accounts.byId(client.sliced(5))
                                                         : nullptr;
        if (!account || account->apiKey.isEmpty() || field("client_secret"_L1) != account->apiKey) {
            return afterThinking(refuse(m_vaultwarden ? QString() : u"invalid_client"_s, {},
                                        m_vaultwarden ? u"Incorrect client_secret"_s : QString()));
        }
        if (field("scope"_L1) != "api"_L1)
            return refuse(u"invalid_scope"_s, {}, u"Scope not supported"_s);
        if (field("devicetype"_L1).isEmpty() || field("deviceidentifier"_L1).isEmpty())
            return refuse(u"device_error"_s, u"No device information provided."_s, {});
        QJsonObject answer = QJsonDocument::fromJson(signIn(*account).body).object();
        answer.remove(u"refresh_token"_s);
        answer.insert(u"scope"_s, u"api"_s);
        return jsonAnswer(answer);
    }

    Answer passwordGrant()
    {
        if (m_vaultwarden) {
            // Vaultwarden requires all fields before it checks any of them.
            for (const auto name : {"client_id"_L1, "username"_L1, "password"_L1, "scope"_L1,
                                    "deviceidentifier"_L1, "devicename"_L1, "devicetype"_L1}) {
                if (field(name).isEmpty())
                    return refuse({}, {}, QString(name + u" cannot be blank"_s));
            }
        }
        if (field("scope"_L1) != requiredScope)
            return refuse(u"invalid_scope"_s, {}, u"Scope not supported"_s);
        Account *account = m_state.accounts.byEmail(field("username"_L1));
        if (!account || !account->hasMasterPassword
            || !account->passwordHashMatches(field("password"_L1).toUtf8())) {
            // The same text for both, so that nobody learns which emails exist.
            return afterThinking(refuse(u"invalid_grant"_s, u"invalid_username_or_password"_s,
                                        u"Username or password is incorrect. Try again."_s));
        }
        const bool recovers = field("twofactorprovider"_L1).toInt()
            == int(ProviderType::RecoveryCode);
        if (account->ssoRequired && (m_vaultwarden || !recovers)) {
            return refuse(u"invalid_grant"_s, u"Sso authentication is required."_s,
                          m_vaultwarden ? u"SSO sign-in is required"_s
                                        : u"Sso authentication is required."_s);
        }
        // Since 2026.3.0. Checked after the password, so that strangers learn nothing. Vaultwarden
        // only logs the version.
        if (!m_vaultwarden && !isParseableVersion(m_request.header("Bitwarden-Client-Version"_ba)))
            return refuse(u"version_header_missing"_s, {}, u"No client version header found."_s);
        if (const auto refusal = refuseWithoutSecondStep(*account))
            return *refusal;
        // The recovery code was already used at this point.
        if (account->ssoRequired) {
            const auto recovered =
                u"Two-factor recovery has been performed. SSO authentication is required."_s;
            return refuse(u"invalid_grant"_s, recovered, recovered);
        }
        bool isNumber = false;
        field("devicetype"_L1).toInt(&isNumber);
        if (!isNumber || field("deviceidentifier"_L1).isEmpty()
            || field("devicename"_L1).isEmpty()) {
            return refuse(u"device_error"_s, u"No device information provided."_s,
                          u"no device information provided"_s);
        }
        if (const auto refusal = refuseNewDevice(*account))
            return *refusal;
        return signIn(*account);
    }

    /// @return the answer instead of tokens, or nothing if no second step is needed or the sent one
    /// is valid.
    std::optional<Answer> refuseWithoutSecondStep(Account &account)
    {
        auto usable = account.usableProviders(m_state.settings.generation);
        if (organizationOf(account))
            usable.append(ProviderType::OrganizationDuo);
        if (usable.isEmpty())
            return std::nullopt;
        const QString token = field("twofactortoken"_L1);
        if (token.isEmpty())
            return challenge(account, usable);
        bool isNumber = false;
        int provider = field("twofactorprovider"_L1).toInt(&isNumber);
        // Vaultwarden treats an invalid number as missing, and then uses the first provider.
        if (m_vaultwarden && !isNumber)
            provider = int(usable.first());
        m_hasSecondStep = true;
        if (provider == rememberProvider) {
            if (m_state.tokens.remembers(token, account, field("deviceidentifier"_L1)))
                return std::nullopt;
            // An expired token does not count as a failed attempt.
            return challenge(account, usable);
        }
        if (provider == int(ProviderType::RecoveryCode)) {
            // The official server fails if the account has no provider of its own to turn off.
            if (usable == QList{ProviderType::OrganizationDuo})
                return m_state.write().refusal(u"An unhandled server error has occurred."_s, 500);
            return refuseRecovery(account, token);
        }
        const auto type = ProviderType(provider);
        if (!usable.contains(type))
            return m_vaultwarden ? challenge(account, usable) : wrongCode(QString());
        return refuseCode(account, type, token);
    }

    /// The organization that requires Duo from this account; never one on Vaultwarden.
    Organization *organizationOf(const Account &account) const
    {
        if (m_vaultwarden)
            return nullptr;
        const auto found = std::ranges::find_if(m_state.organizations, [&](const auto &one) {
            return one.asksForDuo(account);
        });
        return found == m_state.organizations.end() ? nullptr : &*found;
    }

    /// The recovery code turns every provider off and signs in (official since 2025.2.1,
    /// Vaultwarden since 1.35.0).
    std::optional<Answer> refuseRecovery(Account &account, const QString &code)
    {
        if (m_state.settings.generation == Generation::Pascal)
            return refuse({}, {}, u"Invalid two factor provider"_s);
        if (m_state.settings.recoverySignIn && account.recover(code, m_state.settings.generation)) {
            m_state.outbox.send(account.email(), u"Recovery code used"_s);
            enforcePolicies(m_state, account);
            return std::nullopt;
        }
        return wrongCode(u"Recovery code is incorrect. Try again."_s);
    }

    std::optional<Answer> refuseCode(Account &account, ProviderType type, const QString &code)
    {
        if (type == ProviderType::OrganizationDuo)
            return refuseDuo(organizationOf(account)->duo, code);
        Provider &provider = account.providers[type];
        switch (type) {
        case ProviderType::Authenticator: {
            const auto rule = m_vaultwarden ? TotpMemory::Rule::OnlyLater
                                            : TotpMemory::Rule::EachCodeOnce;
            if (account.usedCodes.accept(provider.setupKey, code, rule))
                return std::nullopt;
            return wrongCode(QString(u"Invalid TOTP code! Server time: "_s
                                     + QDateTime::currentDateTimeUtc().toString(Qt::ISODate)
                                     + u" IP: 127.0.0.1"_s));
        }
        case ProviderType::Email:
            if (m_state.emailedCodes.accept(emailStepPurpose(account), code))
                return std::nullopt;
            return wrongCode(u"Token is invalid! IP: 127.0.0.1"_s);
        case ProviderType::YubiKey:
            // Vaultwarden requires exactly 44 letters, the official server at least 32.
            if (code.size() == 44 && provider.yubiKeys.contains(code.first(12))
                && m_state.yubico.accept(code)) {
                return std::nullopt;
            }
            return wrongCode(u"Invalid Yubikey OTP provided"_s);
        case ProviderType::Duo: return refuseDuo(provider, code);
        case ProviderType::WebAuthn: {
            // The official server fails on anything but JSON.
            if (!m_vaultwarden && !QJsonDocument::fromJson(code.toUtf8()).isObject())
                return m_state.write().refusal(u"An unhandled server error has occurred."_s, 500);
            const auto problem = refusePasskey(m_state, m_request, account, code);
            if (!problem)
                return std::nullopt;
            return wrongCode(*problem);
        }
        case ProviderType::OrganizationDuo:
        case ProviderType::RecoveryCode: break;
        }
        return wrongCode(u"Token is invalid"_s);
    }

    std::optional<Answer> refuseDuo(Provider &duo, const QString &code) const
    {
        // A state is valid for one attempt.
        const QString state = std::exchange(duo.duoState, QString());
        if (!state.isEmpty() && code == QString(duoCode(state) + u'|' + state))
            return std::nullopt;
        return wrongCode(u"Error validating duo authentication"_s);
    }

    Answer wrongCode(const QString &vaultwardenText) const
    {
        return afterThinking(
            refuse(u"invalid_grant"_s, u"invalid_username_or_password"_s,
                   m_vaultwarden ? vaultwardenText : u"Two-step token is invalid. Try again."_s));
    }

    Answer challenge(Account &account, const QList<ProviderType> &usable)
    {
        // The official server invalidates the code sent by email with each challenge.
        if (!m_vaultwarden)
            m_state.emailedCodes.revoke(emailStepPurpose(account));
        QJsonArray numbers;
        QJsonObject details;
        for (const ProviderType type : usable) {
            const QString number = QString::number(int(type));
            // Old servers send numbers, the others strings.
            numbers.append(m_state.settings.generation == Generation::Pascal ? QJsonValue(int(type))
                                                                             : QJsonValue(number));
            // Vaultwarden leaves the provider on when its last key is removed, and then fails here.
            if (type == ProviderType::WebAuthn && m_vaultwarden
                && account.providers[type].passkeys.empty())
                return refuse({}, {}, u"No Webauthn devices registered"_s);
            details.insert(number, challengeDetails(account, type));
        }
        QJsonObject object{{u"error"_s, u"invalid_grant"_s},
                           {u"error_description"_s, u"Two factor required."_s},
                           {u"TwoFactorProviders"_s, numbers},
                           {u"TwoFactorProviders2"_s, details},
                           {u"MasterPasswordPolicy"_s, policy()}};
        if (!m_vaultwarden && usable.contains(ProviderType::Email)) {
            const QString session = QString::fromLatin1(randomBytes(24).toHex());
            object.insert(u"Email"_s, account.email());
            object.insert(u"SsoEmail2faSessionToken"_s,
                          QString(u"BwSsoEmail2FaSessionToken_"_s + session));
        }
        return jsonAnswer(object, 400);
    }

    QJsonValue challengeDetails(Account &account, ProviderType type) const
    {
        if (type == ProviderType::OrganizationDuo)
            return duoDetails(organizationOf(account)->duo);
        Provider &provider = account.providers[type];
        switch (type) {
        case ProviderType::Email: return QJsonObject{{u"Email"_s, masked(provider.email)}};
        case ProviderType::YubiKey: return QJsonObject{{u"Nfc"_s, provider.nfc}};
        case ProviderType::Duo: return duoDetails(provider);
        case ProviderType::WebAuthn: return passkeyChallenge(m_state, m_request, account);
        case ProviderType::Authenticator:
        case ProviderType::OrganizationDuo:
        case ProviderType::RecoveryCode: break;
        }
        return QJsonValue::Null;
    }

    QJsonObject duoDetails(Provider &duo) const
    {
        // The official server uses the header, Vaultwarden the client id.
        const QString named = m_vaultwarden
            ? field("client_id"_L1)
            : QString::fromUtf8(m_request.header("Bitwarden-Client-Name"_ba));
        const QString client = named.isEmpty() ? u"web"_s : named;
        return {{u"Host"_s, duo.duoHost}, {u"AuthUrl"_s, duoAuthUrl(m_state, duo, client)}};
    }

    /// Official server since 2025.1.0: an unknown device has to send a code that the account gets
    /// by email, unless there was a second step.
    std::optional<Answer> refuseNewDevice(Account &account)
    {
        if (m_vaultwarden || !account.verifiesDevices || m_hasSecondStep
            || account.knownDevices.contains(field("deviceidentifier"_L1))) {
            return std::nullopt;
        }
        const QString code = field("newdeviceotp"_L1);
        if (code.isEmpty()) {
            emailNewDeviceCode(m_state, account);
            return refuse(u"device_error"_s, u"New device verification required"_s,
                          u"new device verification required"_s);
        }
        if (!m_state.emailedCodes.accept(newDevicePurpose(account), code)) {
            return afterThinking(refuse(u"device_error"_s, u"Invalid New Device OTP"_s,
                                        u"invalid new device otp"_s));
        }
        return std::nullopt;
    }

    Answer signIn(Account &account)
    {
        if (!account.knownDevices.contains(field("deviceidentifier"_L1)))
            account.knownDevices.append(field("deviceidentifier"_L1));
        const auto tokens = m_state.tokens.issue(account, field("client_id"_L1),
                                                 field("deviceidentifier"_L1),
                                                 m_state.settings.tokenLifetime);
        const bool argon = account.kdf.type == KdfSettings::Type::Argon2id;
        QJsonObject object = asJson(tokens);
        object.insert(u"Key"_s, randomEncryptedString(80));
        object.insert(u"PrivateKey"_s, randomEncryptedString(1232));
        object.insert(u"MasterPasswordPolicy"_s, policy());
        object.insert(u"ForcePasswordReset"_s, false);
        object.insert(u"Kdf"_s, int(account.kdf.type));
        object.insert(u"KdfIterations"_s, account.kdf.iterations);
        object.insert(u"KdfMemory"_s, argon ? QJsonValue(account.kdf.memoryMiB) : QJsonValue());
        object.insert(u"KdfParallelism"_s,
                      argon ? QJsonValue(account.kdf.parallelism) : QJsonValue());
        object.insert(u"UserDecryptionOptions"_s,
                      QJsonObject{{u"HasMasterPassword"_s, account.hasMasterPassword},
                                  {u"Object"_s, u"userDecryptionOptions"_s}});
        if (m_vaultwarden)
            object.insert(u"ResetMasterPassword"_s, false);
        // A remembered device does not get a new token for another thirty days.
        if (m_hasSecondStep && field("twofactorremember"_L1) == "1"_L1
            && field("twofactorprovider"_L1).toInt() != rememberProvider) {
            object.insert(u"TwoFactorToken"_s,
                          m_state.tokens.issueRemember(account, field("deviceidentifier"_L1)));
        }
        return jsonAnswer(object);
    }

    /// The client id must be the same as at sign-in.
    Answer refreshGrant()
    {
        const QString token = field("refresh_token"_L1);
        const auto grant = m_state.tokens.grantOf(token, field("client_id"_L1));
        const Account *account = grant ? m_state.accounts.byId(grant->accountId) : nullptr;
        if (!grant || !account || account->securityStamp != grant->securityStamp)
            return jsonAnswer({{u"error"_s, u"invalid_grant"_s}}, 400);
        return jsonAnswer(
            asJson(m_state.tokens.refresh(token, *account, m_state.settings.tokenLifetime,
                                          m_state.settings.rotateRefreshTokens)));
    }

    static QJsonObject asJson(const IssuedTokens &tokens)
    {
        return {{u"access_token"_s, tokens.access},
                {u"expires_in"_s, qint64(tokens.lifetime.count())},
                {u"token_type"_s, u"Bearer"_s},
                {u"refresh_token"_s, tokens.refresh},
                {u"scope"_s, requiredScope}};
    }

    Answer refuse(const QString &error, const QString &description, const QString &message) const
    {
        return m_state.write().tokenRefusal(error, description, message);
    }

    Answer afterThinking(Answer answer) const
    {
        answer.delay = m_state.settings.refusalDelay;
        return answer;
    }

    QString field(QLatin1StringView name) const { return m_fields.value(name); }

    ServerState &m_state;
    const HttpRequest &m_request;
    FormFields m_fields;
    bool m_vaultwarden;
    bool m_hasSecondStep = false;
};

Answer connectToken(ServerState &state, const HttpRequest &request)
{
    if (const int wait = state.tokenRequests.secondsToWait(state.settings.requestsPerMinute))
        return state.write().tooManyRequests(wait);
    const bool isForm =
        request.header("Content-Type"_ba).toLower().startsWith("application/x-www-form-urlencoded");
    const auto fields = isForm ? decodeForm(request.body) : std::nullopt;
    if (!fields) {
        if (!isVaultwarden(state.settings.generation))
            return state.write().tokenRefusal(u"invalid_request"_s, {}, {});
        // Vaultwarden tolerates bad encoding and requires only the grant type.
        if (isForm && request.body.contains("grant_type="))
            return state.write().refusal(u"client_id cannot be blank"_s);
        return Answer{.status = 422};
    }
    return TokenRequest(state, request, *fields).answer();
}

} // namespace

void addConnectToken(Router &router, ServerState &state)
{
    router.add("POST"_ba, u"/identity/connect/token"_s,
               [&state](const HttpRequest &request) { return connectToken(state, request); });
}

} // namespace Sparekey::Endpoints
