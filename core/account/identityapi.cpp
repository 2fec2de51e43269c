// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/identityapi.h"

#include "core/api/serveranswer.h"
#include "core/clock/clockdifference.h"
#include "core/http/formbody.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// RFC 5321, 4.5.3.1.3.
constexpr qsizetype longestShownEmail = 254;
/// Access tokens of official servers grow with the number of organizations, up to about 10 kB.
constexpr qsizetype LongestToken = 64 * 1024;

std::optional<KdfSettings> kdfFrom(const JsonFields &fields, QStringView typeName)
{
    const auto type = fields.number(typeName);
    if (type != 0 && type != 1)
        return {};
    const bool nested = typeName == u"kdfType";
    KdfSettings kdf;
    kdf.type = static_cast<KdfType>(*type);
    kdf.iterations = fields.number(nested ? u"iterations" : u"kdfIterations").value_or(0);
    if (kdf.type == KdfType::Argon2id) {
        kdf.memoryMiB = fields.number(nested ? u"memory" : u"kdfMemory").value_or(0);
        kdf.parallelism = fields.number(nested ? u"parallelism" : u"kdfParallelism").value_or(0);
    }
    return kdf;
}

Result<Tokens> tokensFrom(const HttpAnswer &answer)
{
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    Tokens tokens{.access = fields->secret(u"access_token"),
                  .refresh = fields->secret(u"refresh_token"),
                  .remember = fields->secret(u"TwoFactorToken"),
                  .hasMasterPassword = fields->object(u"UserDecryptionOptions")
                                           .boolean(u"HasMasterPassword")
                                           .value_or(true)};
    // RFC 6750, 2.1: a token is visible ASCII. Anything else would break the header line.
    const auto access = tokens.access.view();
    const bool usable = std::all_of(access.begin(), access.end(), [](char character) {
        return character > 32 && character < 127;
    });
    if (std::max({tokens.access.size(), tokens.refresh.size(), tokens.remember.size()})
        > LongestToken) {
        return fail(
            {.kind = ErrorKind::AnswerTooLarge, .subject = answer.host, .status = answer.status});
    }
    if (access.isEmpty() || !usable) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    return tokens;
}

QList<ProviderType> offeredProviders(const JsonFields &fields)
{
    QList<ProviderType> offered;
    const auto add = [&offered](const QString &number) {
        bool ok = false;
        const auto type = providerType(number.toLongLong(&ok));
        if (ok && type && !offered.contains(*type))
            offered.append(*type);
    };
    for (const QString &name : fields.object(u"TwoFactorProviders2").names())
        add(name);
    const auto list = fields.array(u"TwoFactorProviders");
    for (const QJsonValue &entry : list)
        add(entry.toVariant().toString());
    return offered;
}

SecondStepChallenge challengeFrom(const JsonFields &fields, QList<ProviderType> offered)
{
    const auto details = fields.object(u"TwoFactorProviders2");
    const auto of = [&details](ProviderType type, QStringView name) {
        return details.object(QString::number(static_cast<int>(type))).text(name);
    };
    return {.offered = std::move(offered),
            .maskedEmail = ForeignText(of(ProviderType::Email, u"Email"), longestShownEmail),
            .duoAuthUrl = of(ProviderType::Duo, u"AuthUrl"),
            .organizationDuoAuthUrl = of(ProviderType::OrganizationDuo, u"AuthUrl"),
            .passkeyOptions = details.object(
                QString::number(static_cast<int>(ProviderType::Passkey)))};
}

// For a wrong code, official servers send the same error as for a wrong password. Others send only
// a sentence, which mentions what was sent.
bool refusesTheCode(const JsonFields &fields, const QString &serverText)
{
    if (fields.text(u"error") == "device_error"_L1)
        return serverText.contains("otp"_L1, Qt::CaseInsensitive);
    if (fields.text(u"error_description") == "invalid_username_or_password"_L1)
        return true;
    constexpr std::array given{"code"_L1,      "token"_L1,      "otp"_L1,
                               "duo"_L1,       "yubikey"_L1,    "webauthn"_L1,
                               "challenge"_L1, "credential"_L1, "two factor provider"_L1};
    return fields.text(u"error").isEmpty()
        && std::ranges::any_of(given, [&serverText](QLatin1StringView what) {
               return serverText.contains(what, Qt::CaseInsensitive);
           });
}

/// Official servers: "Sso authentication is required.", or, where a recovery code has just been
/// used, "Two-factor recovery has been performed. SSO authentication is required."
/// (`SsoRequestValidator`); Vaultwarden: "SSO sign-in is required".
std::optional<ErrorKind> refusedForSso(const JsonFields &fields, const QString &serverText)
{
    for (const QString &text : {fields.text(u"error_description"), serverText}) {
        if (!text.contains("sso authentication is required"_L1, Qt::CaseInsensitive)
            && !text.contains("sso sign-in is required"_L1, Qt::CaseInsensitive))
            continue;
        return text.contains("recovery has been performed"_L1, Qt::CaseInsensitive)
            ? ErrorKind::RecoveredButSso
            : ErrorKind::SsoRequired;
    }
    return {};
}

Result<PasswordGrantAnswer> refusedGrant(const HttpAnswer &answer, bool withCode)
{
    Error error = errorFrom(answer);
    const auto fields = JsonFields::parse(answer.body);
    if (answer.status != 400 || !fields) {
        // 401 means an expired session; at sign-in there is none yet.
        if (error.kind == ErrorKind::SessionExpired)
            error.kind = fields ? ErrorKind::Refused : ErrorKind::NotAnAccountServer;
        else if (error.kind == ErrorKind::NotOffered)
            error.kind = ErrorKind::NotAnAccountServer;
        return fail(error);
    }

    auto offered = offeredProviders(*fields);
    if (!offered.isEmpty())
        return challengeFrom(*fields, std::move(offered));
    if (const auto refused = refusedForSso(*fields, error.serverText)) {
        error.kind = *refused;
        return fail(error);
    }
    // If passkeys are on but no key is registered, Vaultwarden sends this error instead of the
    // methods. It sends the same for a code of a method that is off.
    if (error.serverText.text().contains("no webauthn devices registered"_L1,
                                         Qt::CaseInsensitive)) {
        return SecondStepChallenge{.offered = {ProviderType::Authenticator, ProviderType::YubicoOtp,
                                               ProviderType::Email},
                                   .passkeysWithoutKey = true};
    }
    const bool wrongPassword = error.serverText.text().startsWith(
        "Username or password is incorrect"_L1);
    if (withCode && !wrongPassword && refusesTheCode(*fields, error.serverText)) {
        error.kind = ErrorKind::WrongCode;
        return fail(error);
    }
    // Vaultwarden does not list the methods either if Duo is on but cannot be reached. It has
    // checked the password by then, and accepts a code of another method.
    if (!withCode && error.serverText.text().contains("duo health check"_L1, Qt::CaseInsensitive)) {
        return SecondStepChallenge{.offered = {ProviderType::Duo, ProviderType::Authenticator,
                                               ProviderType::YubicoOtp, ProviderType::Email},
                                   .duoUnreachable = true};
    }
    if (fields->text(u"error") == "device_error"_L1
        && error.serverText.text().contains("new device"_L1, Qt::CaseInsensitive))
        return NewDeviceChallenge{};

    // Official servers send an error code for this, others only a sentence.
    if (fields->text(u"error_description") == "invalid_username_or_password"_L1 || wrongPassword)
        error.kind = ErrorKind::WrongCredentials;
    return fail(error);
}

} // namespace

QList<ProviderType> SecondStepChallenge::usable() const
{
    QList<ProviderType> usable = offered;
    usable.removeIf([this](ProviderType type) {
        switch (type) {
        case ProviderType::Passkey: return passkeyOptions.isEmpty();
        case ProviderType::Duo: return duoAuthUrl.isEmpty();
        case ProviderType::OrganizationDuo: return organizationDuoAuthUrl.isEmpty();
        default: return false;
        }
    });
    return usable;
}

Result<Prelogin> preloginFrom(const HttpAnswer &answer, const QString &email)
{
    const auto fields = jsonFrom(answer);
    if (!fields) {
        Error error = fields.error();
        // Every server of the protocol has this endpoint, and it needs no session.
        if (error.kind == ErrorKind::NotOffered)
            error.kind = ErrorKind::NotAnAccountServer;
        else if (error.kind == ErrorKind::SessionExpired)
            error.kind = ErrorKind::NotAnAccountServer;
        return fail(error);
    }

    const auto nested = fields->object(u"kdfSettings");
    auto kdf = kdfFrom(nested, u"kdfType");
    // An unknown KDF type must not be replaced by the older fields of the same answer.
    if (!kdf && nested.has(u"kdfType")) {
        return fail(
            {.kind = ErrorKind::KdfInvalid,
             .subject = QString("KDF "_L1 + nested.value(u"kdfType").toVariant().toString()),
             .status = answer.status});
    }
    if (!kdf)
        kdf = kdfFrom(*fields, u"kdf");
    if (!kdf) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status,
                     .detail = u"no usable kdf"_s});
    }
    QString salt = fields->text(u"salt");
    if (salt.isEmpty())
        salt = defaultSalt(email);
    return Prelogin{.kdf = *kdf, .salt = salt};
}

Result<PasswordGrantAnswer> passwordGrantFrom(const HttpAnswer &answer, bool withCode)
{
    if (!answer.isSuccess())
        return refusedGrant(answer, withCode);
    auto tokens = tokensFrom(answer);
    if (!tokens)
        return fail(tokens.error());
    return PasswordGrantAnswer(std::move(*tokens));
}

Result<Tokens> apiKeyGrantFrom(const HttpAnswer &answer)
{
    if (answer.isSuccess())
        return tokensFrom(answer);
    auto refused = refusedGrant(answer, false);
    if (refused)
        return fail({.kind = ErrorKind::Refused, .subject = answer.host, .status = answer.status});
    Error error = refused.error();
    const auto fields = JsonFields::parse(answer.body);
    // Official servers send an error code for this, others only a sentence about the client.
    if (answer.status == 400 && fields
        && (fields->text(u"error") == "invalid_client"_L1
            || error.serverText.text().contains("client_"_L1)))
        error.kind = ErrorKind::WrongCredentials;
    return fail(error);
}

Result<Tokens> refreshFrom(const HttpAnswer &answer)
{
    if (answer.status == 400 || answer.status == 401) {
        Error error = errorFrom(answer);
        // An error page of a proxy says nothing about our token.
        if (error.kind != ErrorKind::NotAnAccountServer)
            error.kind = ErrorKind::SessionExpired;
        return fail(error);
    }
    return tokensFrom(answer);
}

IdentityApi::IdentityApi(std::shared_ptr<HttpTransport> transport, QUrl identity,
                         ClientDevice device)
    : m_transport(std::move(transport))
    , m_identity(std::move(identity))
    , m_device(std::move(device))
{
}

QCoro::Task<Result<Prelogin>> IdentityApi::prelogin(QString email) const
{
    const auto transport = m_transport;
    SecretJson body;
    body.add("email", email);
    auto request = apiSend(HttpMethod::Post, m_identity, u"accounts/prelogin", body.take(),
                           m_device);
    const auto answer = co_await transport->send(std::move(request));
    if (!answer)
        co_return fail(answer.error());
    co_return preloginFrom(*answer, email);
}

QCoro::Task<Result<PasswordGrantAnswer>> IdentityApi::passwordGrant(PasswordGrant grant) const
{
    const auto transport = m_transport;
    const QByteArray username = defaultSalt(grant.email).toUtf8();
    FormBody form;
    form.add("grant_type", "password")
        .add("username", username)
        .add("password", grant.hash.view())
        .add("scope", "api offline_access")
        .add("client_id", ClientDevice::ClientId)
        .add("deviceType", QByteArray::number(ClientDevice::DeviceType))
        .add("deviceIdentifier", m_device.identifier.toUtf8())
        .add("deviceName", "Sparekey");
    const SecondStepToken &secondStep = grant.secondStep;
    if (!secondStep.token.isEmpty()) {
        form.add("twoFactorToken", secondStep.token.view())
            .add("twoFactorProvider", QByteArray::number(static_cast<int>(secondStep.type)))
            .add("twoFactorRemember", secondStep.remember ? "1" : "0");
    }
    if (!grant.newDeviceCode.isEmpty())
        form.add("newDeviceOtp", grant.newDeviceCode.view());
    // The remember token was not entered by the user, so a refusal is not about a code.
    const bool withSecondStep = !secondStep.token.isEmpty()
        && secondStep.type != ProviderType::Remember;
    const bool withCode = withSecondStep || !grant.newDeviceCode.isEmpty();
    auto request = apiForm(m_identity, u"connect/token", form.take(), m_device);
    // Official servers before 2025.5.2 refuse a grant without this header.
    request.headers.append(
        {"Auth-Email"_ba,
         username.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)});

    const auto answer = co_await transport->send(std::move(request));
    if (!answer)
        co_return fail(answer.error());
    auto granted = passwordGrantFrom(*answer, withCode);
    // For a Duo answer that was used before or comes too late, official servers fail with 5xx.
    // Vaultwarden calls it a wrong code, and forgets its request to Duo.
    const bool duo = secondStep.type == ProviderType::Duo
        || secondStep.type == ProviderType::OrganizationDuo;
    if (!granted && withSecondStep && duo
        && (granted.error().kind == ErrorKind::ServerFailure
            || granted.error().kind == ErrorKind::WrongCode))
        granted.error().kind = ErrorKind::DuoAnswerStale;
    if (!granted && granted.error().kind == ErrorKind::WrongCode)
        granted.error().count = clockDifference(answer->serverTime);
    co_return granted;
}

QCoro::Task<Result<Tokens>> IdentityApi::apiKeyGrant(QString clientId,
                                                     SecureBuffer clientSecret) const
{
    const auto transport = m_transport;
    FormBody form;
    form.add("grant_type", "client_credentials")
        .add("client_id", clientId.toUtf8())
        .add("client_secret", clientSecret.view())
        .add("scope", "api")
        .add("deviceType", QByteArray::number(ClientDevice::DeviceType))
        .add("deviceIdentifier", m_device.identifier.toUtf8())
        .add("deviceName", "Sparekey");
    auto request = apiForm(m_identity, u"connect/token", form.take(), m_device);
    const auto answer = co_await transport->send(std::move(request));
    if (!answer)
        co_return fail(answer.error());
    co_return apiKeyGrantFrom(*answer);
}

QCoro::Task<Result<Tokens>> IdentityApi::refresh(SecureBuffer refreshToken) const
{
    const auto transport = m_transport;
    FormBody form;
    form.add("grant_type", "refresh_token")
        .add("client_id", ClientDevice::ClientId)
        .add("refresh_token", refreshToken.view());
    auto request = apiForm(m_identity, u"connect/token", form.take(), m_device);
    const auto answer = co_await transport->send(std::move(request));
    if (!answer)
        co_return fail(answer.error());
    auto tokens = refreshFrom(*answer);
    if (tokens && tokens->refresh.isEmpty())
        tokens->refresh = std::move(refreshToken);
    co_return tokens;
}

} // namespace Sparekey
