// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "importsamples.h"

#include "core/codeimport/importfile.h"
#include "core/library/entryinkdbx.h"
#include "tests/core/library/librarysamples.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

const QString passphrase = u"pass phräse 7"_s;

const QByteArray bitwardenItems = R"json({
  "encrypted": false, "folders": [],
  "items": [
    {"type": 1, "name": "GitHub", "notes": null,
     "login": {"username": "alice", "password": "secret", "totp": "jbsw y3dp ehpk 3pxp",
               "uris": [{"match": null, "uri": "https://github.com/login"}]},
     "fields": [{"name": "Recovery codes", "value": "a1b2c-d3e4f 01234-56789", "type": 1}]},
    {"type": 2, "name": "Mail 2", "secureNote": {"type": 0},
     "fields": [{"name": "01", "value": "1234 5678", "type": 1},
                {"name": "02 (used 2026-05-04)",
                 "value" : "2345 6789", "type" : 1
},
                {"name": "Colour", "value": "9999 9999", "type": 0}]
},
    {"type": 1, "name": "Shop", "login": {"username": "bob", "totp": "steam://JBSWY3DPEHPK3PXP"}},
    {"type": 2, "name": "Discord", "notes": "My backup codes:\na1b2-c3d4\nqw12-er34 (used)"},
    {"type": 2, "name": "Diary", "notes": "1234 5678"},
    {"type": 1, "name": "Nothing", "login": {"username": "x", "password": "1234-5678"}},
    {"type": 3, "name": "Card", "card": {"number": "4111111111111111"}},
    null
  ]
})json";

const QByteArray aegisDatabase = R"({"version": 3, "groups": [], "entries": [
    {"type": "totp", "name": "alice", "issuer": "1Password", "note": "mine",
     "info": {"secret": "JBSWY3DPEHPK3PXP", "algo": "SHA256", "digits": 8, "period": 60}},
    {"type": "hotp", "name": "bob", "issuer": "Shop",
     "info": {"secret": "JBSWY3DPEHPK3PXP", "algo": "SHA1", "digits": 6, "counter": 9}},
    {"type": "steam", "name": "eve", "issuer": "Steam",
     "info": {"secret": "JBSWY3DPEHPK3PXP", "algo": "SHA1", "digits": 5, "period": 30}},
    {"type": "motp", "name": "x", "issuer": "y",
     "info": {"secret": "JBSWY3DPEHPK3PXP", "algo": "MD5", "digits": 6, "period": 10}}]})";

const QByteArray keePassXml = R"(<?xml version="1.0" encoding="UTF-8"?>
<KeePassFile><Meta><DatabaseName>x</DatabaseName></Meta><Root><Group><Name>Root</Name>
<Entry><String><Key>Title</Key><Value>GitHub</Value></String>
<String><Key>UserName</Key><Value>alice</Value></String>
<String><Key>URL</Key><Value>https://github.com</Value></String>
<String><Key>Password</Key><Value ProtectInMemory="True">01234-56780</Value></String>
<String><Key>otp</Key><Value ProtectInMemory="True">otpauth://totp/GitHub:alice?secret=JBSWY3DPEHPK3PXP&amp;period=30&amp;digits=6&amp;issuer=GitHub</Value></String>
<String><Key>KeePassOTP.RecoveryCodes</Key><Value ProtectInMemory="True">a1b2c-d3e4f
01234-56789</Value></String>
<CustomData><Item><Key>x</Key><Value>KDBX 4 only</Value></Item></CustomData></Entry>
<Group><Name>Sub</Name><Entry><String><Key>Title</Key><Value>Mail</Value></String>
<String><Key>Recovery code 01</Key><Value ProtectInMemory="True">12345678</Value></String>
<String><Key>Recovery code 02</Key><Value ProtectInMemory="True">23456789</Value></String>
</Entry>
<Entry><String><Key>Title</Key><Value>Plain</Value></String></Entry></Group></Group></Root></KeePassFile>)";

Result<ImportResult> import(const QByteArray &file, const QString &secret = {})
{
    return importFile(SecureBuffer::copyOf(file), u"export"_s,
                      {.passphrase = SecureBuffer::fromText(secret)});
}

QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000) || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

QByteArray exported(const QString &kind, const QByteArray &plain)
{
    return run(u"/usr/bin/python3"_s, {QStringLiteral(EXPORT_MAKER), kind, passphrase}, plain);
}

// What KeePassXC writes of an XML file.
QByteArray keePassFile()
{
    QTemporaryDir folder;
    const QString xml = folder.filePath(u"in.xml"_s);
    const QString kdbx = folder.filePath(u"out.kdbx"_s);
    QFile in(xml);
    if (!in.open(QIODevice::WriteOnly) || in.write(keePassXml) != keePassXml.size())
        qFatal("no file");
    in.close();
    const QByteArray entered = passphrase.toUtf8() + '\n';
    run(u"keepassxc-cli"_s, {u"import"_s, u"-q"_s, u"-p"_s, u"-t"_s, u"100"_s, xml, kdbx},
        entered + entered);
    QFile out(kdbx);
    return out.open(QIODevice::ReadOnly) ? out.readAll() : QByteArray();
}

void checkBitwardenItems(const ImportResult &result)
{
    QCOMPARE(result.found.size(), 5);
    QCOMPARE(result.skipped, 4);
    const FoundCodes &key = result.found[0];
    QCOMPARE(key.title, u"GitHub"_s);
    QCOMPARE(key.account, u"alice"_s);
    QCOMPARE(key.signInAddress, u"https://github.com/login"_s);
    QCOMPARE(codesOf(key),
             QStringList(u"otpauth://totp/GitHub:alice?secret=JBSWY3DPEHPK3PXP&issuer=GitHub"_s));
    const FoundCodes &github = result.found[1];
    QCOMPARE(github.service, u"github"_s);
    QCOMPARE(codesOf(github), QStringList({u"a1b2cd3e4f"_s, u"0123456789"_s}));
    QCOMPARE(result.found[2].title, u"Mail 2"_s);
    QCOMPARE(codesOf(result.found[2]), QStringList({u"12345678"_s, u"?23456789"_s}));
    QVERIFY(codesOf(result.found[3]).constFirst().endsWith("digits=5&encoder=steam"_L1));
    QCOMPARE(result.found[4].service, u"discord"_s);
    QCOMPARE(codesOf(result.found[4]), QStringList({u"a1b2c3d4"_s, u"?qw12er34"_s}));
}

void checkAegisEntries(const ImportResult &result)
{
    QCOMPARE(result.found.size(), 3);
    QCOMPARE(result.skipped, 1);
    QCOMPARE(result.found[0].service, u"1password"_s);
    QCOMPARE(result.found[0].notes, u"mine"_s);
    QCOMPARE(codesOf(result.found[0]),
             QStringList(u"otpauth://totp/1Password:alice?secret=JBSWY3DPEHPK3PXP&issuer=1Password"
                         "&algorithm=SHA256&digits=8&period=60"_s));
    QVERIFY(codesOf(result.found[1]).constFirst().endsWith("counter=9"_L1));
    QVERIFY(codesOf(result.found[2]).constFirst().endsWith("digits=5&encoder=steam"_L1));
}

} // namespace

class TestImportFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsText();
    void readsAPlainBitwardenExport();
    void readsAProtectedBitwardenExport_data();
    void readsAProtectedBitwardenExport();
    void explainsAnExportBoundToAnAccount();
    void readsAegis();
    void readsEncryptedAegis();
    void reads2fas();
    void readsAFileOfKeePassXc();
    void readsWhichCodesOfALibraryAreUsed();
    void readsAKeePassFileWithAKeyFile();
    void refuses_data();
    void refuses();
    void everyFlippedByteOfAnEncryptedExportIsNoticed();
};

void TestImportFile::readsText()
{
    const auto result = import("a1b2c-d3e4f\n01234-56789\n");
    QVERIFY(result);
    QCOMPARE(result->found.constFirst().service, u"github"_s);
}

void TestImportFile::readsAPlainBitwardenExport()
{
    const auto result = import(bitwardenItems);
    QVERIFY(result);
    checkBitwardenItems(*result);
}

void TestImportFile::readsAProtectedBitwardenExport_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("PBKDF2") << u"bitwarden-pbkdf2"_s;
    QTest::newRow("Argon2id") << u"bitwarden-argon2id"_s;
}

void TestImportFile::readsAProtectedBitwardenExport()
{
    QFETCH(QString, kind);
    const QByteArray file = exported(kind, bitwardenItems);
    const auto result = import(file, passphrase);
    QVERIFY(result);
    checkBitwardenItems(*result);

    QCOMPARE(import(file).error().kind, ErrorKind::ImportPassphraseRequired);
    QCOMPARE(import(file, u"another one"_s).error().kind, ErrorKind::PassphraseRefused);
}

void TestImportFile::explainsAnExportBoundToAnAccount()
{
    const auto result = import(R"({"encrypted": true, "encKeyValidation_DO_NOT_EDIT": "2.x|y|z",
                                   "folders": [], "items": []})");
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::ImportAccountBound);
}

void TestImportFile::readsAegis()
{
    const auto result = import(R"({"version": 1, "header": {"slots": null, "params": null}, "db": )"
                               + aegisDatabase + "}");
    QVERIFY(result);
    checkAegisEntries(*result);
}

void TestImportFile::readsEncryptedAegis()
{
    const QByteArray file = exported(u"aegis"_s, aegisDatabase);
    const auto result = import(file, passphrase);
    QVERIFY(result);
    checkAegisEntries(*result);
    QCOMPARE(import(file).error().kind, ErrorKind::ImportPassphraseRequired);
    QCOMPARE(import(file, u"another one"_s).error().kind, ErrorKind::PassphraseRefused);
}

void TestImportFile::reads2fas()
{
    const auto result = import(R"({"schemaVersion": 4, "groups": [], "services": [
        {"name": "Shop", "secret": "jbswy3dpehpk3pxp",
         "otp": {"account": "bob", "issuer": "", "digits": 6, "period": 30, "algorithm": "SHA1",
                 "tokenType": "TOTP"}},
        {"name": "Bad", "secret": "0", "otp": {}}]})");
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    QCOMPARE(result->skipped, 1);
    QCOMPARE(codesOf(result->found.constFirst()),
             QStringList(u"otpauth://totp/Shop:bob?secret=JBSWY3DPEHPK3PXP&issuer=Shop"_s));
}

void TestImportFile::readsWhichCodesOfALibraryAreUsed()
{
    KdbxDatabase database = smallDatabase();
    KdbxEntry stored = database.rootGroup().addEntry(sampleTime);
    const LibraryEntry entry = googleEntry();
    writeEntry(stored, entry);
    const auto file = writeKdbx(database, keyOf(passphrase.toUtf8()));
    QVERIFY(file);
    const auto result = import(*file, passphrase);
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    const FoundCodes &found = result->found.constFirst();
    QCOMPARE(found.service, u"google"_s);
    QVERIFY(!found.remarks.contains(ImportRemark::MarksFound));
    const auto &codes = entry.current()->codes;
    QCOMPARE(found.codes.size(), codes.size());
    for (qsizetype i = 0; i < codes.size(); ++i) {
        QCOMPARE(found.codes[i].value, codes[i].value);
        QVERIFY(!found.codes[i].unsure);
        QCOMPARE(found.codes[i].used, codes[i].state == CodeState::Used);
        QCOMPARE(found.codes[i].usedOn, codes[i].usedOn.date());
    }
}

void TestImportFile::readsAKeePassFileWithAKeyFile()
{
    const auto secret = [] {
        return SecureBuffer::fromText(passphrase);
    };
    const SecureBuffer keyFile = SecureBuffer::copyOf(QByteArray(32, 'k'));
    KdbxDatabase database = smallDatabase();
    KdbxEntry stored = database.rootGroup().addEntry(sampleTime);
    stored.setSecret(u"Recovery code 01"_s, SecretBytes("12345678"));
    const auto importWith = [&](const CompositeKey &of, ImportKey key) {
        const auto file = writeKdbx(database, of);
        return importFile(SecureBuffer::copyOf(*file), u"codes.kdbx"_s, key);
    };
    const auto both = *CompositeKey::of(secret(), keyFile);
    QVERIFY(importWith(both, {.passphrase = secret(), .keyFile = keyFile.clone()}));
    const auto alone = *CompositeKey::of({}, keyFile);
    QVERIFY(importWith(alone, {.keyFile = keyFile.clone()}));

    QCOMPARE(importWith(both, {.passphrase = secret()}).error().kind, ErrorKind::PassphraseRefused);
    QCOMPARE(importWith(both,
                        {.passphrase = secret(), .keyFile = SecureBuffer::copyOf("another file")})
                 .error()
                 .kind,
             ErrorKind::ImportKeyRefused);
    QCOMPARE(importWith(both,
                        {.passphrase = secret(),
                         .keyFile = SecureBuffer::copyOf(
                             "<?xml version=\"1.0\"?><KeyFile><Meta><Version>9.0</Version>"
                             "</Meta><Key><Data>00</Data></Key></KeyFile>")})
                 .error()
                 .kind,
             ErrorKind::ImportKeyFileUnusable);
}

void TestImportFile::readsAFileOfKeePassXc()
{
    const QByteArray file = keePassFile();
    QCOMPARE(import(file).error().kind, ErrorKind::ImportPassphraseRequired);
    QCOMPARE(import(file, u"another one"_s).error().kind, ErrorKind::PassphraseRefused);
    QCOMPARE(import(file.first(file.size() / 2), passphrase).error().kind,
             ErrorKind::ImportDamaged);

    const auto result = import(file, passphrase);
    QVERIFY(result);
    QCOMPARE(result->found.size(), 3);
    QCOMPARE(result->skipped, 1);
    QCOMPARE(codesOf(result->found[0]),
             QStringList(u"otpauth://totp/GitHub:alice?secret=JBSWY3DPEHPK3PXP&issuer=GitHub"_s));
    QCOMPARE(result->found[1].service, u"github"_s);
    QCOMPARE(result->found[1].account, u"alice"_s);
    QCOMPARE(result->found[1].signInAddress, u"https://github.com"_s);
    QCOMPARE(codesOf(result->found[1]), QStringList({u"a1b2cd3e4f"_s, u"0123456789"_s}));
    QCOMPARE(result->found[2].title, u"Mail"_s);
    QCOMPARE(codesOf(result->found[2]), QStringList({u"12345678"_s, u"23456789"_s}));
}

void TestImportFile::refuses_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const QByteArray &file, ErrorKind kind) {
        QTest::newRow(name) << file << kind;
    };
    const QByteArray protectedHead =
        R"({"encrypted": true, "passwordProtected": true, "salt": "c2FsdA==", "data": "2.a|b|c",
              "encKeyValidation_DO_NOT_EDIT": "2.a|b|c", )";
    row("nothing", "", ErrorKind::ImportNothingFound);
    row("an older KeePass file",
        QByteArray::fromHex("03d9a29a67fb4bb501000300") + QByteArray(64, 'x'),
        ErrorKind::ImportUnsupported);
    row("a cut KeePass file", QByteArray::fromHex("03d9a29a67fb4bb500000400"),
        ErrorKind::ImportDamaged);
    row("too many rounds", protectedHead + R"("kdfType": 0, "kdfIterations": 2000001})",
        ErrorKind::ImportKdfTooLarge);
    row("too much memory",
        protectedHead
            + R"("kdfType": 1, "kdfIterations": 3, "kdfMemory": 65536, "kdfParallelism": 4})",
        ErrorKind::ImportKdfTooLarge);
    row("too many passes",
        protectedHead
            + R"("kdfType": 1, "kdfIterations": 11, "kdfMemory": 16, "kdfParallelism": 1})",
        ErrorKind::ImportKdfTooLarge);
    row("no rounds", protectedHead + R"("kdfType": 0, "kdfIterations": 0})",
        ErrorKind::ImportKdfTooLarge);
    row("no key derivation", protectedHead + R"("kdfType": 7, "kdfIterations": 5000})",
        ErrorKind::ImportDamaged);
    row("no EncStrings", protectedHead + R"("kdfType": 0, "kdfIterations": 5000})",
        ErrorKind::ImportDamaged);
    row("an export without codes", R"({"encrypted": false, "items": []})",
        ErrorKind::ImportNothingFound);
    row("2FAS, encrypted", R"({"schemaVersion": 4, "services": [], "servicesEncrypted": "a:b:c"})",
        ErrorKind::ImportUnsupported);
    row("a later Aegis", R"({"version": 2, "header": {}, "db": {}})", ErrorKind::ImportUnsupported);
    row("an Aegis vault for the phone only",
        R"({"version": 1, "header": {"slots": [{"type": 2}], "params": {"nonce":
            "000000000000000000000000", "tag": "00000000000000000000000000000000"}}, "db": "AAAA"})",
        ErrorKind::ImportUnsupported);
    row("an Aegis vault that takes 64 GiB",
        R"({"version": 1, "header": {"slots": [{"type": 1, "n": 67108864, "r": 8, "p": 1,
            "salt": "00", "key": ")"
            + QByteArray(64, '0') + R"(", "key_params": {"nonce": "000000000000000000000000",
            "tag": "00000000000000000000000000000000"}}], "params": {"nonce":
            "000000000000000000000000", "tag": "00000000000000000000000000000000"}}, "db": "AAAA"})",
        ErrorKind::ImportKdfTooLarge);
    const QByteArray slot = R"({"type": 1, "n": 262144, "r": 8, "p": 16, "salt": "00", "key": ")"
        + QByteArray(64, '0') + R"(", "key_params": {"nonce": "000000000000000000000000",
            "tag": "00000000000000000000000000000000"}})";
    row("an Aegis vault with many large slots",
        R"({"version": 1, "header": {"slots": [)" + slot + ", " + slot
            + R"(], "params": {"nonce": "000000000000000000000000",
            "tag": "00000000000000000000000000000000"}}, "db": "AAAA"})",
        ErrorKind::ImportKdfTooLarge);
    row("10 000 levels", QByteArray("{\"a\":").repeated(10'000), ErrorKind::ImportDamaged);
    row("a picture", QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), ErrorKind::ImportNotReadable);
    row("a large file of another program", "{\"x\": \"" + QByteArray(70'000, 'x') + "\"}",
        ErrorKind::ImportNotReadable);
    row("a large text", QByteArray(70'000, 'x'), ErrorKind::ImportTooLarge);
}

void TestImportFile::refuses()
{
    QFETCH(QByteArray, file);
    QFETCH(ErrorKind, kind);
    const auto result = import(file, passphrase);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
}

void TestImportFile::everyFlippedByteOfAnEncryptedExportIsNoticed()
{
    // Each byte takes a key derivation, so it is a small one.
    const QByteArray file =
        exported(u"bitwarden-pbkdf2"_s,
                 R"({"encrypted":false,"items":[{"type":2,"name":"Mail",)"
                 R"("fields":[{"name":"Recovery code","value":"12345678"}]}]})");
    QVERIFY(import(file, passphrase));
    const QJsonObject fields = QJsonDocument::fromJson(file).object();
    for (const auto &name : {u"salt"_s, u"encKeyValidation_DO_NOT_EDIT"_s, u"data"_s}) {
        const QByteArray value = fields[name].toString().toLatin1();
        const auto begin = file.indexOf(value);
        QVERIFY(begin > 0);
        for (qsizetype i = begin; i < begin + value.size(); ++i) {
            QByteArray changed = file;
            // Not only bits that the end of base64 does not use.
            changed[i] = changed[i] == 'A' ? 'Q' : 'A';
            const auto result = import(changed, passphrase);
            const QByteArray where = name.toLatin1() + ' ' + QByteArray::number(i - begin);
            QVERIFY2(!result, where.constData());
            const bool isKey = result.error().kind == ErrorKind::PassphraseRefused;
            const bool isForm = result.error().kind == ErrorKind::ImportDamaged;
            // Another salt makes another key; what the key does not fit cannot be told from that.
            if (name == "salt"_L1)
                QVERIFY2(isKey, where.constData());
            else if (name == "data"_L1)
                QVERIFY2(isForm, where.constData());
            else
                QVERIFY2(isKey || isForm, where.constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestImportFile)
#include "tst_importfile.moc"
