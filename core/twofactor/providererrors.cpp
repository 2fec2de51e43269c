// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providererrors.h"

#include "core/api/serveranswer.h"
#include "core/json/jsonfields.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto outdatedToken = "invalid verification token"_L1;

bool says(const Error &error, QLatin1StringView words)
{
    return error.serverText.text().contains(words, Qt::CaseInsensitive);
}

} // namespace

Error readErrorFrom(const HttpAnswer &answer)
{
    Error error = writeErrorFrom(answer);
    // The only code that is sent with a look is the emailed one of the proof.
    if (answer.status == 400
        && (error.kind == ErrorKind::ProofExpired || error.kind == ErrorKind::WrongCode
            || (error.kind == ErrorKind::Refused && error.serverText.text().isEmpty()))) {
        error.kind = ErrorKind::WrongSecret;
    }
    return error;
}

Error writeErrorFrom(const HttpAnswer &answer)
{
    Error error = errorFrom(answer);
    if (error.kind != ErrorKind::Refused)
        return error;

    const auto fields = JsonFields::parse(answer.body);
    const auto refused = fields ? fields->object(u"validationErrors") : JsonFields();
    static const QRegularExpression codeField(u"^(token|key[1-5])$"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    const auto names = refused.names();
    for (const QString &name : names) {
        if (name.compare("UserVerificationToken"_L1, Qt::CaseInsensitive) == 0) {
            error.kind = ErrorKind::ProofExpired;
            return error;
        }
        if (codeField.match(name).hasMatch()) {
            error.kind = ErrorKind::WrongCode;
            error.subject = name.toLower();
        }
    }
    if (error.kind == ErrorKind::WrongCode)
        return error;
    // Vaultwarden names no fields, so only the texts, its own and the official ones, tell the
    // reason.
    if (says(error, "user verification failed"_L1) || says(error, "invalid password"_L1)
        || says(error, "token has expired"_L1) || says(error, "protected action token not found"_L1)
        || says(error, outdatedToken) || says(error, "failed to decode verification token"_L1))
        error.kind = ErrorKind::ProofExpired;
    else if (says(error, "yubico support is disabled"_L1) || says(error, "yubikey otp disabled"_L1))
        error.kind = ErrorKind::YubicoNotSetUp;
    else if (says(error, "email 2fa is disabled"_L1))
        error.kind = ErrorKind::EmailNotSetUp;
    else if (says(error, "is not compatible with webauthn"_L1))
        error.kind = ErrorKind::ServerHasNoDomainName;
    // Official servers have no error code for this: "Maximum allowed WebAuthn credential count
    // exceeded."
    else if (says(error, "credential count"_L1))
        error.kind = ErrorKind::TooManyPasskeys;
    else if (says(error, "invalid totp code"_L1) || says(error, "totp code is not a number"_L1)
             || says(error, "token is invalid"_L1) || says(error, "invalid token"_L1)
             || says(error, "invalid yubikey otp"_L1))
        error.kind = ErrorKind::WrongCode;
    else if (says(error, "premium status is required"_L1))
        error.kind = ErrorKind::PremiumRequired;
    return error;
}

std::optional<Error> problemOf(const Result<HttpAnswer> &answer)
{
    if (!answer)
        return answer.error();
    if (!answer->isSuccess())
        return writeErrorFrom(*answer);
    // No account server answers a change with 200 and a web page; something in between does.
    if (answer->status != 204 && !JsonFields::parse(answer->body)) {
        return Error{.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer->host,
                     .status = answer->status};
    }
    return {};
}

bool isTokenOutdated(const HttpAnswer &answer)
{
    return answer.status == 400 && says(errorFrom(answer), outdatedToken);
}

Error asProofExpired(Error error)
{
    if (error.kind == ErrorKind::WrongSecret)
        error.kind = ErrorKind::ProofExpired;
    return error;
}

Error duoErrorFrom(Error error)
{
    const bool unprovided = error.kind == ErrorKind::ServerFailure && error.status == 500
        && error.nothingChanged;
    if (error.kind != ErrorKind::Refused && !unprovided)
        return error;
    // The text of a 500 does not help the user.
    return {.kind = ErrorKind::DuoRefused,
            .subject = error.subject,
            .serverText = unprovided ? ForeignText() : error.serverText,
            .status = error.status};
}

Error passkeyErrorFrom(Error error, const QString &host)
{
    const bool unprovided = error.kind == ErrorKind::ServerFailure && error.status == 500
        && error.nothingChanged;
    if (error.kind != ErrorKind::Refused && !unprovided)
        return error;
    return {.kind = ErrorKind::PasskeyRefused,
            .subject = host,
            .serverText = unprovided ? ForeignText() : error.serverText,
            .status = error.status};
}

bool isNotOffered(const Error &error)
{
    return error.kind == ErrorKind::NotOffered || error.kind == ErrorKind::YubicoNotSetUp
        || error.kind == ErrorKind::ServerHasNoDomainName;
}

bool mayHaveUsedCodes(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::HostNotFound:
    case ErrorKind::Unreachable:
    case ErrorKind::CertificateUntrusted:
    case ErrorKind::CertificateExpired:
    case ErrorKind::CertificateForOtherHost:
    case ErrorKind::ProofExpired:
    case ErrorKind::WrongSecret:
    case ErrorKind::SessionExpired:
    case ErrorKind::NotAllowed:
    case ErrorKind::NotOffered:
    case ErrorKind::RateLimited:
    case ErrorKind::YubicoNotSetUp:
    case ErrorKind::PremiumRequired: return false;
    default: return true;
    }
}

std::optional<int> refusedYubiKey(const Error &error)
{
    // Official servers name the field, from "key1" to "key5".
    constexpr auto field = "key"_L1;
    if (error.kind != ErrorKind::WrongCode || !error.subject.text().startsWith(field))
        return std::nullopt;
    const int number = QStringView(error.subject.text()).sliced(field.size()).toInt();
    return number >= 1 && number <= 5 ? std::optional(number - 1) : std::nullopt;
}

} // namespace Sparekey
