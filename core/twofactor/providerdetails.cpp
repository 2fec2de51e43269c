// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerdetails.h"

#include "core/api/serveranswer.h"
#include "core/otp/yubicootp.h"
#include "core/twofactor/providererrors.h"
#include "core/webauthn/credentialids.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// The details of an answer, wherever the server's generation puts them, and whether the provider
/// is on.
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
    // `email` is an object in one generation and a text in another.
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

Error oddList(ErrorKind kind, const HttpAnswer &answer)
{
    return {.kind = kind, .subject = answer.host, .status = answer.status};
}

/// `shown` is `value`, or its masked form: its beginning, then asterisks. Some servers write more
/// asterisks than there are characters.
bool fitsMasked(const QString &shown, QByteArrayView value)
{
    const qsizetype stars = shown.indexOf(u'*');
    const QByteArray beginning = shown.left(stars).toUtf8();
    return value.size() >= beginning.size() && (stars >= 0 || value.size() == beginning.size())
        && value.first(beginning.size()).compare(beginning, Qt::CaseInsensitive) == 0;
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
    // If Duo is set up for all accounts, Vaultwarden sends a remark in angle brackets for each
    // value.
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
    const QJsonValue list = details->fields.value(u"keys");
    // Official servers write null for none.
    if (!list.isArray() && !list.isNull() && !list.isUndefined())
        return fail(oddList(ErrorKind::ListNotReadable, answer));
    const QJsonArray entries = list.toArray();
    if (entries.size() > MostCredentials) {
        Error error = oddList(ErrorKind::ListTooLong, answer);
        error.count = static_cast<int>(entries.size());
        return fail(error);
    }
    for (const QJsonValue &entry : entries) {
        const JsonFields key(entry.toObject());
        const auto id = key.number(u"id");
        // A key without an id cannot be removed. It must not be skipped either: the number of keys
        // decides whether one is the last.
        if (!id)
            return fail(oddList(ErrorKind::ListNotReadable, answer));
        const bool repeated = std::any_of(passkeys.keys.cbegin(), passkeys.keys.cend(),
                                          [&id](const Passkey &other) { return other.id == *id; });
        // Nobody could tell which of the two would be removed.
        if (repeated)
            return fail(oddList(ErrorKind::ListAmbiguous, answer));
        passkeys.keys.append(
            {*id, ForeignText(key.text(u"name")), key.boolean(u"migrated").value_or(false)});
    }
    return passkeys;
}

Result<SecureBuffer> verificationTokenFrom(const HttpAnswer &answer)
{
    // Real ones have a few hundred characters.
    constexpr qsizetype longestToken = 16 * 1024;
    const auto fields = jsonFrom(answer);
    SecureBuffer token = fields ? fields->secret(u"userVerificationToken") : SecureBuffer();
    if (token.size() > longestToken) {
        return fail(
            {.kind = ErrorKind::AnswerTooLarge, .subject = answer.host, .status = answer.status});
    }
    return token;
}

bool isResultOf(const DuoDetails &details, const DuoSettings &settings)
{
    if (!details.enabled)
        return false;
    if (details.setUpForAll) {
        return settings.clientId.isEmpty() && settings.clientSecret.isEmpty()
            && settings.host.isEmpty();
    }
    return fitsMasked(details.clientId, settings.clientId.toUtf8())
        && fitsMasked(details.maskedSecret, settings.clientSecret.view())
        && fitsMasked(details.host, settings.host.toUtf8());
}

bool YubicoOtpDetails::hasSameKeys(const YubicoOtpDetails &other) const
{
    return enabled == other.enabled && keyIds == other.keyIds;
}

bool YubicoOtpDetails::isResultOf(const Keys &written, bool writtenNfc) const
{
    // Servers store only the beginning of a code. Some move keys to empty slots.
    const auto idsOf = [](const Keys &keys) {
        QSet<QString> ids;
        for (const QString &key : keys) {
            if (!key.isEmpty())
                ids.insert(key.left(yubicoIdLength));
        }
        return ids;
    };
    return enabled && nfc == writtenNfc && idsOf(keyIds) == idsOf(written);
}

bool PasskeyDetails::hasSameKeys(const PasskeyDetails &other) const
{
    return enabled == other.enabled
        && std::equal(keys.begin(), keys.end(), other.keys.begin(), other.keys.end(),
                      [](const Passkey &a, const Passkey &b) { return a.id == b.id; });
}

bool PasskeyDetails::has(const Passkey &key) const
{
    return std::any_of(keys.begin(), keys.end(), [&key](const Passkey &other) {
        return other.id == key.id && other.name == key.name;
    });
}

Passkey PasskeyDetails::next(const QString &name) const
{
    QSet<qint64> taken;
    for (const Passkey &key : keys)
        taken.insert(key.id);
    Passkey key{.id = 1, .name = name};
    while (taken.contains(key.id))
        ++key.id;
    return key;
}

} // namespace Sparekey
