// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/aegiscrypto.h"
#include "core/codeimport/base64secret.h"
#include "core/codeimport/jsonexports.h"
#include "core/codeimport/setupkeys.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

std::optional<OtpAlgorithm> algorithmOf(const QString &name)
{
    if (name.isEmpty() || name.compare("SHA1"_L1, Qt::CaseInsensitive) == 0)
        return OtpAlgorithm::Sha1;
    if (name.compare("SHA256"_L1, Qt::CaseInsensitive) == 0)
        return OtpAlgorithm::Sha256;
    if (name.compare("SHA512"_L1, Qt::CaseInsensitive) == 0)
        return OtpAlgorithm::Sha512;
    return std::nullopt;
}

// The numbers of a key, which both apps call alike; nothing if they are impossible.
std::optional<FoundCodes> foundKey(OtpauthKey key, const QString &type, const JsonFields &numbers,
                                   const QString &algorithm)
{
    const auto hash = algorithmOf(algorithm);
    const bool hotp = type.compare("hotp"_L1, Qt::CaseInsensitive) == 0;
    key.steam = type.compare("steam"_L1, Qt::CaseInsensitive) == 0;
    const bool known = hotp || key.steam || type.isEmpty()
        || type.compare("totp"_L1, Qt::CaseInsensitive) == 0;
    const auto digits = numbers.number(u"digits").value_or(key.steam ? 5 : 6);
    const auto period = numbers.number(u"period").value_or(30);
    const auto counter = numbers.number(u"counter").value_or(0);
    if (!hash || !known || digits < 1 || digits > OtpauthKey::mostDigits || period < 1
        || period > OtpauthKey::longestPeriod || counter < 0)
        return std::nullopt;
    key.type = hotp ? OtpType::Hotp : OtpType::Totp;
    key.algorithm = *hash;
    key.digits = static_cast<int>(digits);
    key.period = static_cast<int>(period);
    key.counter = counter;
    return foundSetupKey(key);
}

SecureBuffer keyOf(const JsonFields &fields)
{
    return setupKeyFrom(fields.secret(u"secret").view());
}

template<class Read>
Result<ImportResult> importEntries(const QJsonArray &entries, Read read)
{
    ImportResult result;
    for (const QJsonValue &entry : entries) {
        if (auto found = read(JsonFields(entry.toObject())))
            result.found.append(*std::move(found));
        else
            ++result.skipped;
    }
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

std::optional<FoundCodes> aegisEntry(const JsonFields &entry)
{
    const JsonFields info = entry.object(u"info");
    auto found = foundKey({.issuer = ForeignText(entry.text(u"issuer")),
                           .account = ForeignText(entry.text(u"name")),
                           .key = keyOf(info)},
                          entry.text(u"type"), info, info.text(u"algo"));
    if (found)
        found->notes = entry.text(u"note");
    return found;
}

std::optional<FoundCodes> entryOf2fas(const JsonFields &service)
{
    const JsonFields otp = service.object(u"otp");
    const QString issuer = otp.text(u"issuer");
    const QString account = otp.text(u"account");
    return foundKey({.issuer = ForeignText(issuer.isEmpty() ? service.text(u"name") : issuer),
                     .account = ForeignText(account.isEmpty() ? otp.text(u"label") : account),
                     .key = keyOf(service)},
                    otp.text(u"tokenType"), otp, otp.text(u"algorithm"));
}

Result<JsonFields> openedAegis(const JsonFields &file, const SecureBuffer &passphrase)
{
    if (file.value(u"db").isObject())
        return file.object(u"db");
    const auto sealed = secretFromBase64(file.text(u"db").toLatin1());
    if (!sealed)
        return fail(ErrorKind::ImportDamaged);
    if (passphrase.isEmpty())
        return fail(ErrorKind::ImportPassphraseRequired);
    const auto plain = decryptAegis(file.object(u"header"), sealed->view(), passphrase);
    if (!plain)
        return fail(plain.error());
    const auto database = JsonFields::parse(*plain);
    if (!database)
        return fail(ErrorKind::ImportDamaged);
    return *database;
}

} // namespace

bool isAegisExport(const JsonFields &file)
{
    return file.has(u"header") && file.has(u"db");
}

Result<ImportResult> importAegis(const JsonFields &file, const SecureBuffer &passphrase)
{
    if (const auto version = file.number(u"version").value_or(0); version != 1) {
        return fail(
            {.kind = ErrorKind::ImportUnsupported, .subject = u"Aegis, version %1"_s.arg(version)});
    }
    const auto database = openedAegis(file, passphrase);
    if (!database)
        return fail(database.error());
    return importEntries(database->array(u"entries"), aegisEntry);
}

bool is2fasExport(const JsonFields &file)
{
    return file.has(u"schemaVersion") && (file.has(u"services") || file.has(u"servicesEncrypted"));
}

Result<ImportResult> import2fas(const JsonFields &file)
{
    if (!file.text(u"servicesEncrypted").isEmpty())
        return fail({.kind = ErrorKind::ImportUnsupported, .subject = u"2FAS, encrypted"_s});
    return importEntries(file.array(u"services"), entryOf2fas);
}

} // namespace Sparekey
