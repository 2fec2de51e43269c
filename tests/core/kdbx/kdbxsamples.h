// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/digests.h"
#include "core/kdbx/kdbx.h"

#include <QDateTime>
#include <QTimeZone>

namespace Sparekey {

inline const QDateTime sampleTime(QDate(2026, 5, 4), QTime(10, 20, 30), QTimeZone::utc());

inline CompositeKey keyOf(QByteArrayView passphrase)
{
    CompositeKey key;
    if (!key.setPassphrase(SecureBuffer::copyOf(passphrase)))
        qFatal("no key");
    return key;
}

/// A key derivation that takes no time: the tests derive thousands of keys.
inline VariantDictionary cheapKdf(KdbxKdfType type = KdbxKdfType::Argon2id)
{
    VariantDictionary kdf = argon2idParameters(quint64{8} * 1024, 1, 1);
    if (type == KdbxKdfType::Argon2d) {
        kdf.setBytes("$UUID", QByteArray::fromHex("ef636ddf8c29444b91f7a9a403e30a0c"));
    } else if (type == KdbxKdfType::AesKdf) {
        kdf = {};
        kdf.setBytes("$UUID", QByteArray::fromHex("c9d9f39a628a4460bf740d08c18a4fea"));
        kdf.setNumber64("R", 5000);
    }
    return kdf;
}

/// A database with one entry.
inline KdbxDatabase smallDatabase()
{
    auto database = KdbxDatabase::create(QStringLiteral("Small"), sampleTime);
    database.header.kdf = cheapKdf();
    KdbxEntry entry = database.rootGroup().addEntry(sampleTime);
    entry.setText(QStringLiteral("Title"), QStringLiteral("Mail"));
    entry.setSecret(QStringLiteral("Password"), SecretBytes("four words and more"));
    return database;
}

/// A database with one of everything.
inline KdbxDatabase richDatabase()
{
    auto database = smallDatabase();
    database.binaries = {{.content = SecretBytes("a picture"), .isProtected = true},
                         {.content = SecretBytes(QByteArray(100'000, 'x'))},
                         {.content = {}}};
    XmlElement &icon =
        database.meta().append(QStringLiteral("CustomIcons")).append(QStringLiteral("Icon"));
    icon.append(QStringLiteral("UUID"), QStringLiteral("8AWbEaq9Rr+D3hFGQkQNEA=="));
    icon.append(QStringLiteral("Data"), QStringLiteral("iVBORw0KGgo="));
    icon.append(QStringLiteral("Name"), QStringLiteral("An icon"));

    KdbxGroup group = database.rootGroup().addGroup(QStringLiteral("Codes & <keys>"), sampleTime);
    group = group.addGroup(QString::fromUtf8("Übung 🔑 שלום"), sampleTime);
    KdbxEntry entry = group.addEntry(sampleTime);
    entry.setText(QStringLiteral("Title"), QStringLiteral("  two blanks before, one after "));
    entry.setText(QStringLiteral("UserName"), QString());
    entry.setText(QStringLiteral("Notes"), QStringLiteral("one\r\ntwo\n\tthree]]>\n"));
    entry.setText(QStringLiteral("URL"), QStringLiteral("   "));
    entry.setSecret(QStringLiteral("Password"), SecretBytes("first"));
    entry.keepInHistory(10);
    entry.setSecret(QStringLiteral("Password"), SecretBytes("second"));
    entry.setSecret(QStringLiteral("Recovery code 01"),
                    SecretBytes(QByteArrayView("\xC3\xBC\r\n\x01 code")));
    entry.setSecret(QStringLiteral("Empty"), SecretBytes());
    entry.setTags({QStringLiteral("codes"), QStringLiteral("used")});
    entry.setCustomData(QStringLiteral("sparekey/generation"), QStringLiteral("2"));
    entry.setDate(KdbxDate::Expires, sampleTime.addYears(1));
    entry.attach({.name = QStringLiteral("picture.png"), .binary = 0});
    entry.attach({.name = QStringLiteral("long.txt"), .binary = 1});
    entry.element().setChildText(QStringLiteral("CustomIconUUID"),
                                 QStringLiteral("8AWbEaq9Rr+D3hFGQkQNEA=="));
    database.recordDeleted(QUuid::createUuid(), sampleTime);
    return database;
}

/// The same with what no program knows of.
inline KdbxDatabase strangeDatabase()
{
    auto database = richDatabase();
    VariantDictionary publicData;
    publicData.setNumber32("number", 7);
    publicData.setBytes("bytes", "octets");
    database.header.publicCustomData = publicData.octets();
    database.header.otherFields = {{.type = 1, .value = "a comment"}, {.type = 200, .value = {}}};
    database.otherInnerFields = {{.type = 77, .value = "inner"}};
    XmlElement &strange = database.root.append(QStringLiteral("Strange"));
    strange.setAttribute(QStringLiteral("a"), QStringLiteral("\"<&>\n\t'"));
    strange.setAttribute(QStringLiteral("xmlns"), QStringLiteral("urn:strange"));
    strange.setAttribute(QStringLiteral("xmlns:x"), QStringLiteral("urn:x"));
    strange.setAttribute(QStringLiteral("x:b"), QString());
    strange.append(QString(), QStringLiteral("text before "));
    strange.append(QStringLiteral("Bold"), QStringLiteral("bold"));
    strange.append(QString(), QStringLiteral(" and after"));
    strange.append(QStringLiteral("Secret")).secret = SecretBytes("protected by a plug-in");
    strange.append(QStringLiteral("Value"))
        .setAttribute(QStringLiteral("Protected"), QStringLiteral("False"));
    return database;
}

/// A header that nobody has signed: its checksum is right, and the key is not reached.
inline QByteArray unsignedFile(const KdbxHeader &header)
{
    QByteArray file = outerHeaderOctets(header);
    file.append(sha256({file}).view());
    return file + QByteArray(32, '\0');
}

} // namespace Sparekey
