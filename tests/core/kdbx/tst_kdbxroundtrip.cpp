// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is written can be read, and is the same.

#include "kdbxsamples.h"

#include "core/kdbx/kdbxvalues.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

Q_DECLARE_METATYPE(Sparekey::KdbxCipher)
Q_DECLARE_METATYPE(Sparekey::KdbxKdfType)

namespace {

// Without what each save makes new.
KdbxDatabase withoutSeeds(KdbxDatabase database)
{
    database.header.masterSeed.clear();
    database.header.encryptionIv.clear();
    database.header.kdf.setBytes("S", {});
    return database;
}

} // namespace

class TestKdbxRoundTrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack_data();
    void everythingComesBack();
    void eachSaveHasItsOwnSeeds();
    void aDerivedKeyOpensWhatItWrote();
    void manyBlocksComeBackInOrder();
    void laterMinorVersionStays();
    void everyCharacterOfXmlComesBack();
    void whatXmlCannotHoldIsRefused();
    void secretsShareBuffersAndAreWiped();
};

void TestKdbxRoundTrip::everythingComesBack_data()
{
    QTest::addColumn<KdbxCipher>("cipher");
    QTest::addColumn<bool>("compressed");
    QTest::addColumn<KdbxKdfType>("kdf");
    QTest::newRow("AES, compressed, Argon2id")
        << KdbxCipher::Aes256Cbc << true << KdbxKdfType::Argon2id;
    QTest::newRow("AES, plain, Argon2d") << KdbxCipher::Aes256Cbc << false << KdbxKdfType::Argon2d;
    QTest::newRow("ChaCha20, compressed, AES-KDF")
        << KdbxCipher::ChaCha20 << true << KdbxKdfType::AesKdf;
    QTest::newRow("ChaCha20, plain, Argon2id")
        << KdbxCipher::ChaCha20 << false << KdbxKdfType::Argon2id;
}

void TestKdbxRoundTrip::everythingComesBack()
{
    QFETCH(const KdbxCipher, cipher);
    QFETCH(const bool, compressed);
    QFETCH(const KdbxKdfType, kdf);
    auto database = strangeDatabase();
    database.header.cipher = cipher;
    database.header.compressed = compressed;
    database.header.kdf = cheapKdf(kdf);
    database.header.kdf.setBytes("unknown", "parameter");
    const auto key = keyOf("passphrase");

    const auto file = writeKdbx(database, key);
    QVERIFY2(file, qPrintable(file ? QString() : file.error().detail));
    const auto opened = openKdbx(*file, key);
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().detail));
    QCOMPARE(opened->root, database.root);
    QCOMPARE(withoutSeeds(*opened), withoutSeeds(database));

    const auto again = openKdbx(writeKdbx(*opened, key).value_or(QByteArray()), key);
    QVERIFY(again);
    QCOMPARE(withoutSeeds(*again), withoutSeeds(database));
}

void TestKdbxRoundTrip::eachSaveHasItsOwnSeeds()
{
    const auto key = keyOf("passphrase");
    const auto database = smallDatabase();
    const auto first = openKdbx(*writeKdbx(database, key), key);
    const auto second = openKdbx(*writeKdbx(*first, key), key);
    QVERIFY(first->header.masterSeed != second->header.masterSeed);
    QVERIFY(first->header.encryptionIv != second->header.encryptionIv);
    QVERIFY(first->header.kdf.bytes("S") != second->header.kdf.bytes("S"));
    QCOMPARE(second->header.kdf.bytes("S")->size(), 32);
}

void TestKdbxRoundTrip::aDerivedKeyOpensWhatItWrote()
{
    auto database = smallDatabase();
    QVERIFY(renewSalt(database.header.kdf));
    const auto derived = deriveKdbxKey(database.header.kdf, keyOf("passphrase"));
    QVERIFY(derived);
    const auto file = writeKdbxWith(database, *derived);
    QVERIFY(file);
    QCOMPARE(openKdbxWith(*file, *derived)->root, database.root);
    QCOMPARE(openKdbx(*file, keyOf("passphrase"))->root, database.root);
}

void TestKdbxRoundTrip::manyBlocksComeBackInOrder()
{
    auto database = smallDatabase();
    database.header.compressed = false;
    QByteArray content;
    for (int i = 0; content.size() < 3'000'000; ++i)
        content.append(QByteArray::number(i));
    database.binaries.append({.content = SecretBytes(content)});
    const auto key = keyOf("passphrase");
    const auto opened = openKdbx(*writeKdbx(database, key), key);
    QVERIFY(opened);
    QCOMPARE(opened->binaries, database.binaries);
}

void TestKdbxRoundTrip::laterMinorVersionStays()
{
    auto database = smallDatabase();
    database.header.minorVersion = 2;
    const auto key = keyOf("passphrase");
    QCOMPARE(openKdbx(*writeKdbx(database, key), key)->header.minorVersion, quint16{2});
}

void TestKdbxRoundTrip::everyCharacterOfXmlComesBack()
{
    QString text = u"\t\n\r<>&\"'\r\n]]>&amp;"_s;
    for (char32_t character = 0x20; character < 0x2FFFF; character += character < 0x900 ? 1 : 97) {
        const bool isCharacter = !QChar::isSurrogate(character) && character != 0xFFFE
            && character != 0xFFFF;
        if (isCharacter)
            text += QChar::fromUcs4(character);
    }
    KdbxDatabase database = smallDatabase();
    XmlElement &other = database.rootGroup().entries().constFirst().element().append(u"Other"_s);
    other.setAttribute(u"Attribute"_s, text);
    other.append(u"Text"_s, text);
    const auto file = writeKdbx(database, keyOf("x"));
    QVERIFY(file);
    const auto read = openKdbx(*file, keyOf("x"));
    QVERIFY(read);
    QVERIFY(read->root == database.root);
}

void TestKdbxRoundTrip::whatXmlCannotHoldIsRefused()
{
    for (const auto &text :
         {u"a\u0001b"_s, u"\u000b"_s, QString(QChar(0xFFFE)), QString(QChar(0))}) {
        auto database = smallDatabase();
        database.rootGroup().setName(text);
        const auto file = writeKdbx(database, keyOf("passphrase"));
        QVERIFY(!file);
        QCOMPARE(file.error().kind, KdbxErrorKind::NotWritable);
    }
}

void TestKdbxRoundTrip::secretsShareBuffersAndAreWiped()
{
    SecretBytesPool pool;
    const auto make = [&](const QByteArray &bytes) {
        return pool.make(bytes.size(), [&](unsigned char *octets) {
            memcpy(octets, bytes.constData(), size_t(bytes.size()));
        });
    };
    auto first = make("first");
    const auto second = make("second");
    QCOMPARE(second.view().data() - first.view().data(), 5);

    auto copy = first;
    const char *octets = first.view().data();
    first = {};
    QCOMPARE(QByteArrayView(octets, 5), QByteArrayView("first"));
    copy = {};
    QCOMPARE(QByteArrayView(octets, 5), QByteArrayView("\0\0\0\0\0", 5));
    QCOMPARE(second.view(), QByteArrayView("second"));

    const auto large = make(QByteArray(70'000, 'l'));
    QCOMPARE(large.size(), 70'000);
    QVERIFY(large == SecretBytes(QByteArray(70'000, 'l')));
    QVERIFY(!(large == SecretBytes(QByteArray(70'000, 'm'))));
    QVERIFY(make({}).isEmpty());
}

QTEST_GUILESS_MAIN(TestKdbxRoundTrip)
#include "tst_kdbxroundtrip.moc"
