// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerdetails.h"

#include "core/api/serveranswer.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// The details of an answer, wherever the generation puts them, and whether they are on.
struct Details
{
    JsonFields fields;
    bool enabled = false;
};

Result<Details> detailsFrom(const HttpAnswer &answer, QStringView name)
{
    if (!answer.isSuccess())
        return fail(readErrorFrom(answer));
    const auto answered = jsonFrom(answer);
    if (!answered)
        return fail(answered.error());
    Details details;
    // An email is an object in one generation and a text in another.
    details.fields = answered->value(name).isObject() ? answered->object(name) : *answered;
    const auto enabled = details.fields.boolean(u"enabled");
    if (!enabled) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    details.enabled = *enabled;
    return details;
}

bool says(const Error &error, QLatin1StringView words)
{
    return error.serverText.text().contains(words, Qt::CaseInsensitive);
}

} // namespace

Result<AuthenticatorDetails> authenticatorFrom(const HttpAnswer &answer)
{
    const auto details = detailsFrom(answer, u"authenticator");
    if (!details)
        return fail(details.error());
    return AuthenticatorDetails{details->enabled, details->fields.secret(u"key")};
}

Result<EmailDetails> emailFrom(const HttpAnswer &answer)
{
    const auto details = detailsFrom(answer, u"email");
    if (!details)
        return fail(details.error());
    return EmailDetails{details->enabled, ForeignText(details->fields.text(u"email"))};
}

Result<DuoDetails> duoFrom(const HttpAnswer &answer)
{
    const auto details = detailsFrom(answer, u"duo");
    if (!details)
        return fail(details.error());
    DuoDetails duo;
    duo.enabled = details->enabled;
    // The second name of each is that of servers before 2024.6.2.
    const auto either = [&details](QStringView name, QStringView older) -> QString {
        const QString text = details->fields.text(name);
        return ForeignText(text.isEmpty() ? details->fields.text(older) : text);
    };
    duo.clientId = either(u"clientId", u"integrationKey");
    duo.maskedSecret = either(u"clientSecret", u"secretKey");
    duo.host = ForeignText(details->fields.text(u"host"));
    // Vaultwarden then puts a remark in angle brackets in the place of each value.
    if (duo.host.startsWith(u'<') && duo.host.endsWith(u'>')) {
        duo.clientId.clear();
        duo.maskedSecret.clear();
        duo.host.clear();
        duo.setUpForAll = true;
    }
    return duo;
}

Result<YubicoOtpDetails> yubicoOtpFrom(const HttpAnswer &answer)
{
    const auto details = detailsFrom(answer, u"yubiKey");
    if (!details)
        return fail(details.error());
    YubicoOtpDetails yubico;
    yubico.enabled = details->enabled;
    for (int slot = 0; slot < YubicoOtpDetails::Slots; ++slot) {
        yubico.keyIds[static_cast<std::size_t>(slot)] = ForeignText(
            details->fields.text(u"key%1"_s.arg(slot + 1)));
    }
    yubico.nfc = details->fields.boolean(u"nfc").value_or(false);
    return yubico;
}

Result<PasskeyDetails> passkeysFrom(const HttpAnswer &answer)
{
    const auto details = detailsFrom(answer, u"webAuthn");
    if (!details)
        return fail(details.error());
    PasskeyDetails passkeys;
    passkeys.enabled = details->enabled;
    const auto list = details->fields.array(u"keys");
    for (const QJsonValue &entry : list) {
        const JsonFields key(entry.toObject());
        const auto id = key.number(u"id");
        // A key without a number of its own can neither be shown truly nor removed; counting keys
        // rightly decides whether one is the last.
        const bool repeated = std::ranges::any_of(passkeys.keys, [&id](const Passkey &other) {
            return other.id == id;
        });
        if (!id || repeated) {
            return fail({.kind = ErrorKind::NotAnAccountServer,
                         .subject = answer.host,
                         .status = answer.status});
        }
        passkeys.keys.append(
            {*id, ForeignText(key.text(u"name")), key.boolean(u"migrated").value_or(false)});
    }
    return passkeys;
}

SecureBuffer verificationTokenFrom(const HttpAnswer &answer)
{
    const auto fields = jsonFrom(answer);
    return fields ? fields->secret(u"userVerificationToken") : SecureBuffer();
}

Error readErrorFrom(const HttpAnswer &answer)
{
    Error error = writeErrorFrom(answer);
    // The only code that goes along with a look is the mailed one that proves.
    if (answer.status == 400
        && (error.kind == ErrorKind::ProofExpired || error.kind == ErrorKind::WrongCode
            || (error.kind == ErrorKind::Refused && error.serverText.isEmpty()))) {
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
    // Vaultwarden names no fields; its texts and the official ones are all there is to go by.
    if (says(error, "user verification failed"_L1) || says(error, "invalid password"_L1)
        || says(error, "token has expired"_L1)
        || says(error, "protected action token not found"_L1))
        error.kind = ErrorKind::ProofExpired;
    else if (says(error, "yubico support is disabled"_L1) || says(error, "yubikey otp disabled"_L1))
        error.kind = ErrorKind::YubicoNotSetUp;
    else if (says(error, "email 2fa is disabled"_L1))
        error.kind = ErrorKind::MailNotSetUp;
    else if (says(error, "is not compatible with webauthn"_L1))
        error.kind = ErrorKind::SiteHasNoName;
    else if (says(error, "invalid totp code"_L1) || says(error, "totp code is not a number"_L1)
             || says(error, "token is invalid"_L1) || says(error, "invalid token"_L1)
             || says(error, "invalid yubikey otp"_L1))
        error.kind = ErrorKind::WrongCode;
    else if (says(error, "premium status is required"_L1))
        error.kind = ErrorKind::PremiumNeeded;
    return error;
}

} // namespace Sparekey
