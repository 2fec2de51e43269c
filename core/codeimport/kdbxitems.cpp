// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/kdbxitems.h"

#include "core/codeimport/vaultitem.h"
#include "core/kdbx/kdbx.h"
#include "core/kdbx/kdbxvalues.h"

#include <QDate>
#include <QHash>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

Error errorOf(const KdbxError &error)
{
    switch (error.kind) {
    case KdbxErrorKind::OlderFormat:
    case KdbxErrorKind::NewerFormat:
    case KdbxErrorKind::UnknownCipher:
    case KdbxErrorKind::UnknownKdf:
    case KdbxErrorKind::UnknownCompression:
    case KdbxErrorKind::UnknownInnerStream:
        return {.kind = ErrorKind::ImportUnsupported,
                .subject = u"KeePass, %1"_s.arg(error.subject.text())};
    case KdbxErrorKind::WrongKey: return {.kind = ErrorKind::PassphraseRefused};
    case KdbxErrorKind::NoKey: return {.kind = ErrorKind::ImportPassphraseRequired};
    case KdbxErrorKind::KdfTooLarge:
        return {.kind = ErrorKind::ImportKdfTooLarge, .subject = error.subject};
    case KdbxErrorKind::TooLarge: return {.kind = ErrorKind::ImportTooLarge};
    case KdbxErrorKind::NotKdbx:
    case KdbxErrorKind::HeaderDamaged:
    case KdbxErrorKind::Damaged: return {.kind = ErrorKind::ImportDamaged, .detail = error.detail};
    case KdbxErrorKind::KeyFileDamaged:
    case KdbxErrorKind::KeyFileNotReadable: return {.kind = ErrorKind::ImportKeyFileUnusable};
    case KdbxErrorKind::NotWritable:
    case KdbxErrorKind::Cryptography: break;
    }
    return {.kind = ErrorKind::Cryptography, .detail = error.detail};
}

const auto usedCodesName = u"Used recovery codes"_s;

// "01 (2026-05-04), 07": the numbers, and when they were used, if that is known.
QHash<int, QDate> usedCodes(const QString &text)
{
    QHash<int, QDate> used;
    for (const auto &part : QStringView(text).split(u',')) {
        const auto words = part.trimmed().split(u' ');
        bool isNumber = false;
        const int number = words.first().toInt(&isNumber);
        if (!isNumber || words.size() > 2)
            continue;
        const QString day = words.size() == 2 ? words[1].toString() : QString();
        used.insert(number, QDate::fromString(day, u"(yyyy-MM-dd)"_s));
    }
    return used;
}

// Of "Recovery code 07"; 0 if it is another name.
int codeNumber(const QString &name)
{
    constexpr QStringView before(u"Recovery code ");
    return name.startsWith(before) ? QStringView(name).sliced(before.size()).toInt() : 0;
}

VaultItem itemOf(const KdbxEntry &entry)
{
    VaultItem item{
        .title = entry.text(u"Title").value_or(QString()),
        .account = entry.text(u"UserName").value_or(QString()),
        .address = entry.text(u"URL").value_or(QString()),
        .fields = {},
        .setupKey = {},
        .notes = {},
    };
    QHash<int, QDate> used;
    const auto strings = entry.strings();
    for (const KdbxString &string : strings) {
        const QString &name = string.name;
        if (name == "otp"_L1 || name == "TimeOtp-Secret-Base32"_L1 || name == "TOTP Seed"_L1) {
            if (item.setupKey.isEmpty())
                item.setupKey = string.octets();
        } else if (name == usedCodesName) {
            used = usedCodes(string.text);
        } else if (name == "Notes"_L1) {
            item.notes = string.octets();
        } else if (name != "Title"_L1 && name != "UserName"_L1 && name != "Password"_L1
                   && name != "URL"_L1) {
            item.fields.append({.name = name, .value = string.octets()});
        }
    }
    for (VaultField &field : item.fields) {
        const auto day = used.constFind(codeNumber(field.name));
        field.used = day != used.cend();
        if (field.used)
            field.usedOn = *day;
    }
    return item;
}

void addGroup(ImportResult &result, const KdbxGroup &group, const std::optional<QUuid> &recycleBin)
{
    if (recycleBin && group.uuid() == recycleBin)
        return;
    for (const KdbxEntry &entry : group.entries()) {
        const auto found = foundInVaultItem(itemOf(entry));
        result.found.append(found);
        if (found.isEmpty())
            ++result.skipped;
    }
    for (const KdbxGroup &child : group.groups())
        addGroup(result, child, recycleBin);
}

} // namespace

bool isKeePassFile(QByteArrayView bytes)
{
    return bytes.startsWith("\x03\xD9\xA2\x9A");
}

Result<ImportResult> importKdbx(QByteArrayView file, const ImportKey &key)
{
    KdbxLimits limits;
    limits.file = largestImportedFile;
    // Said before a passphrase is asked for.
    if (const auto header = readOuterHeader(file, limits); !header)
        return fail(errorOf(header.error()));
    const auto composite = CompositeKey::of(key.passphrase, key.keyFile);
    if (!composite)
        return fail(errorOf(composite.error()));
    auto database = openKdbx(file, *composite, limits);
    if (!database) {
        Error error = errorOf(database.error());
        if (error.kind == ErrorKind::PassphraseRefused && !key.keyFile.isEmpty())
            error.kind = ErrorKind::ImportKeyRefused;
        return fail(std::move(error));
    }
    ImportResult result;
    const auto recycleBin = uuidFromText(database->meta().childText(u"RecycleBinUUID"));
    addGroup(result, database->rootGroup(), recycleBin);
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

} // namespace Sparekey
