// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/kdf.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTest>

#include <gcrypt.h>
#include <limits>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

Q_DECLARE_METATYPE(Sparekey::KdfSettings)
Q_DECLARE_METATYPE(Sparekey::KdfVerdict)

namespace {

constexpr char EnteredEmail[] = " Tester@Example.COM ";
constexpr char PasswordA[] = "Tr0ub4dor&3 vault";
constexpr char PasswordB[] = "70c3a4737377c3b672642de5af86e7a0812df09f9491"; // hex of UTF-8

KdfSettings pbkdf2(qint64 iterations)
{
    return {.type = KdfType::Pbkdf2Sha256, .iterations = iterations};
}

KdfSettings argon2id(qint64 iterations, qint64 memoryMiB, qint64 parallelism)
{
    return {.type = KdfType::Argon2id,
            .iterations = iterations,
            .memoryMiB = memoryMiB,
            .parallelism = parallelism};
}

QByteArray copyOf(const SecureBuffer &buffer)
{
    return buffer.view().toByteArray();
}

QByteArray opensslPbkdf2(const QByteArray &password, const QByteArray &salt, int rounds)
{
    QByteArray key(32, '\0');
    PKCS5_PBKDF2_HMAC(password.constData(), static_cast<int>(password.size()),
                      reinterpret_cast<const unsigned char *>(salt.constData()),
                      static_cast<int>(salt.size()), rounds, EVP_sha256(),
                      static_cast<int>(key.size()), reinterpret_cast<unsigned char *>(key.data()));
    return key;
}

QByteArray gcryptArgon2id(const QByteArray &password, const QByteArray &salt,
                          const KdfSettings &settings)
{
    gcry_check_version(nullptr);
    const QByteArray saltHash = QCryptographicHash::hash(salt, QCryptographicHash::Sha256);
    QByteArray key(32, '\0');
    const unsigned long parameters[] = {static_cast<unsigned long>(key.size()),
                                        static_cast<unsigned long>(settings.iterations),
                                        static_cast<unsigned long>(settings.memoryMiB * 1024),
                                        static_cast<unsigned long>(settings.parallelism)};
    gcry_kdf_hd_t derivation = nullptr;
    if (gcry_kdf_open(&derivation, GCRY_KDF_ARGON2, GCRY_KDF_ARGON2ID, parameters, 4,
                      password.constData(), static_cast<size_t>(password.size()),
                      saltHash.constData(), static_cast<size_t>(saltHash.size()), nullptr, 0,
                      nullptr, 0))
        return {};
    if (gcry_kdf_compute(derivation, nullptr)
        || gcry_kdf_final(derivation, static_cast<size_t>(key.size()), key.data()))
        key.clear();
    gcry_kdf_close(derivation);
    return key;
}

} // namespace

class TestKdf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivesTheKnownKeysAndHashes_data();
    void derivesTheKnownKeysAndHashes();
    void agreesWithOpenSslAboutPbkdf2_data();
    void agreesWithOpenSslAboutPbkdf2();
    void agreesWithLibgcryptAboutArgon2id_data();
    void agreesWithLibgcryptAboutArgon2id();
    void takesTheEmailForASaltTrimmedAndInLowerCase();
    void assessesAtTheBorders_data();
    void assessesAtTheBorders();
    void refusesWithoutDeriving_data();
    void refusesWithoutDeriving();
    void seesADowngrade_data();
    void seesADowngrade();
    void namesTheValues();
};

void TestKdf::derivesTheKnownKeysAndHashes_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<KdfSettings>("settings");
    QTest::addColumn<QByteArray>("masterKey");
    QTest::addColumn<QByteArray>("hash");

    const QByteArray a = PasswordA;
    const QByteArray b = QByteArray::fromHex(PasswordB);
    QTest::newRow("PBKDF2 600000, password A")
        << a << pbkdf2(600'000)
        << "ee14a59f359a523bb901772fa0483b235b537b1e4df5e6b8df808929ed01ee63"_ba
        << "oda8tANb7owP98OYniYs3LKqwLtxWKgIBUfu/b/8sAc="_ba;
    QTest::newRow("PBKDF2 100000, password A")
        << a << pbkdf2(100'000)
        << "2796250d0864a658b0cfa03e45c0719a56be0470ff47d946b15babbd99b30319"_ba
        << "UmUen/LhELl/z3DWo1A5f6lZrkcxW0JpRTpFptC/K1s="_ba;
    QTest::newRow("PBKDF2 5000, password A")
        << a << pbkdf2(5'000)
        << "722ac9b7a544d8a47d48be1c403af9ef1c571bd74b93e90619500a1fdb90a567"_ba
        << "ZmILbXU2pLfcLhjJ6rQCMXNQga6KdryX/QT++GPLbX4="_ba;
    QTest::newRow("Argon2id 3/64/4, password A")
        << a << argon2id(3, 64, 4)
        << "f53843be57006c9543997654867e157d1e00f98b2dc76a4f2e38b1d4c2823fdc"_ba
        << "aXhS9LhiYwj6eKVU2VErRITOMNeJNv6KJyFAowSviaA="_ba;
    QTest::newRow("Argon2id 6/32/4, password A")
        << a << argon2id(6, 32, 4)
        << "e1f767275d7a9643b3cb56f2c8dc011310e1b5426d95ce8944d9d672304d21f1"_ba
        << "kKlw4T7HNiZTTD/xrVN7KkHwDo6l+N6RJ/T0ThdiILE="_ba;
    QTest::newRow("Argon2id 2/16/1, password A")
        << a << argon2id(2, 16, 1)
        << "6950aa38e1e7bc1362872a3b64d0a77d5a208bdea5c202237729d619c03aa084"_ba
        << "5e6e6MvRrBSx4UVpCLqyZsW/QR9Qj5ZsY/w+90e24/E="_ba;
    QTest::newRow("PBKDF2 600000, password B")
        << b << pbkdf2(600'000)
        << "0b17161a217f2f9a9335138221745c4fba7a0bf001483c90232ddadfe449adf9"_ba
        << "iDwrfZGx/npzmWJFmb0Vzin7xXZSggvj1XSt4U19IPw="_ba;
    QTest::newRow("PBKDF2 100000, password B")
        << b << pbkdf2(100'000)
        << "1db323b41ab781c3cf95bf97fc9a11b3f35039589f0ba39d1c3f6d1d8c197c29"_ba
        << "YxRh4NL4GmShw3jWuN/r/5ORVppsTC71U2Woil8MznQ="_ba;
    QTest::newRow("Argon2id 3/64/4, password B")
        << b << argon2id(3, 64, 4)
        << "be036e965a372694235c254b5d8e70e6d8cc09a5e1d6afa84fef036fdff6a2e8"_ba
        << "xVmJqphVHFUVpWo9PFHelZPzxuOabyOBQEhcuDFEFZk="_ba;
}

void TestKdf::derivesTheKnownKeysAndHashes()
{
    QFETCH(const QByteArray, password);
    QFETCH(const KdfSettings, settings);
    QFETCH(const QByteArray, masterKey);
    QFETCH(const QByteArray, hash);

    const auto secret = SecureBuffer::fromText(QString::fromUtf8(password));
    const auto key = deriveMasterKey(secret, defaultSalt(QString::fromLatin1(EnteredEmail)),
                                     settings);
    QVERIFY(key);
    QCOMPARE(copyOf(*key).toHex(), masterKey);
    QCOMPARE(copyOf(masterPasswordHash(*key, secret)), hash);
}

void TestKdf::agreesWithOpenSslAboutPbkdf2_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("salt");
    QTest::addColumn<int>("rounds");

    QTest::newRow("one round") << "a"_ba << u"salt"_s << 1;
    QTest::newRow("empty password") << QByteArray() << u"someone@example.com"_s << 2;
    QTest::newRow("empty salt") << "password"_ba << QString() << 3;
    // The block size of SHA-256 is 64 bytes; HMAC hashes longer keys first.
    QTest::newRow("password of a block") << QByteArray(64, 'p') << u"s"_s << 1'000;
    QTest::newRow("password longer than a block") << QByteArray(65, 'p') << u"s"_s << 1'000;
    QTest::newRow("long salt") << "p"_ba << QString(300, u'ß') << 1'000;
    QTest::newRow("password with a zero byte") << QByteArray("a\0b", 3) << u"salt"_s << 7;
    QTest::newRow("password of all bytes") << QByteArray::fromHex("00017f80feff") << u"ä"_s << 99;
}

void TestKdf::agreesWithOpenSslAboutPbkdf2()
{
    QFETCH(const QByteArray, password);
    QFETCH(const QString, salt);
    QFETCH(const int, rounds);

    const auto secret = SecureBuffer::copyOf(password);
    const auto key = deriveMasterKey(secret, salt, pbkdf2(rounds));
    QVERIFY(key);
    const QByteArray expected = opensslPbkdf2(password, salt.toUtf8(), rounds);
    QCOMPARE(copyOf(*key).toHex(), expected.toHex());
    QCOMPARE(copyOf(masterPasswordHash(*key, secret)),
             opensslPbkdf2(expected, password, 1).toBase64());
}

void TestKdf::agreesWithLibgcryptAboutArgon2id_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("salt");
    QTest::addColumn<KdfSettings>("settings");

    QTest::newRow("least values") << "p"_ba << u"s"_s << argon2id(1, 1, 1);
    QTest::newRow("most lanes") << "p"_ba << u"s"_s << argon2id(2, 15, 16);
    QTest::newRow("memory not divisible by lanes") << "p"_ba << u"s"_s << argon2id(3, 15, 7);
    QTest::newRow("zero bytes") << QByteArray(3, '\0') << u"a@b.example"_s << argon2id(2, 16, 1);
    QTest::newRow("long password")
        << QByteArray(500, '\xe4') << u"ä@b.example"_s << argon2id(6, 32, 4);
}

void TestKdf::agreesWithLibgcryptAboutArgon2id()
{
    QFETCH(const QByteArray, password);
    QFETCH(const QString, salt);
    QFETCH(const KdfSettings, settings);

    const QByteArray expected = gcryptArgon2id(password, salt.toUtf8(), settings);
    QCOMPARE(expected.size(), 32);
    const auto key = deriveMasterKey(SecureBuffer::copyOf(password), salt, settings);
    QVERIFY(key);
    QCOMPARE(copyOf(*key).toHex(), expected.toHex());
}

void TestKdf::takesTheEmailForASaltTrimmedAndInLowerCase()
{
    QCOMPARE(defaultSalt(QString::fromLatin1(EnteredEmail)), u"tester@example.com"_s);
    QCOMPARE(defaultSalt(u"\tÄRGER@Exämple.COM\n"_s), u"ärger@exämple.com"_s);
    QCOMPARE(defaultSalt(u"III@EXAMPLE.COM"_s), u"iii@example.com"_s);
    QCOMPARE(defaultSalt(u"  "_s), QString());
}

void TestKdf::assessesAtTheBorders_data()
{
    QTest::addColumn<KdfSettings>("settings");
    QTest::addColumn<KdfVerdict>("verdict");
    constexpr qint64 Huge = std::numeric_limits<qint64>::max();

    QTest::newRow("PBKDF2 0") << pbkdf2(0) << KdfVerdict::TooLarge;
    QTest::newRow("PBKDF2 -1") << pbkdf2(-1) << KdfVerdict::TooLarge;
    QTest::newRow("PBKDF2 1") << pbkdf2(1) << KdfVerdict::Weak;
    QTest::newRow("PBKDF2 1000") << pbkdf2(1'000) << KdfVerdict::Weak;
    QTest::newRow("PBKDF2 99999") << pbkdf2(99'999) << KdfVerdict::Weak;
    QTest::newRow("PBKDF2 100000") << pbkdf2(100'000) << KdfVerdict::Good;
    QTest::newRow("PBKDF2 600000") << pbkdf2(600'000) << KdfVerdict::Good;
    QTest::newRow("PBKDF2 10000000") << pbkdf2(10'000'000) << KdfVerdict::Good;
    QTest::newRow("PBKDF2 10000001") << pbkdf2(10'000'001) << KdfVerdict::TooLarge;
    // Cut to 32 bits this would be 600 000 again.
    QTest::newRow("PBKDF2 2^32 + 600000") << pbkdf2((1LL << 32) + 600'000) << KdfVerdict::TooLarge;
    QTest::newRow("PBKDF2 2^63 - 1") << pbkdf2(Huge) << KdfVerdict::TooLarge;

    QTest::newRow("Argon2id as official servers") << argon2id(6, 32, 4) << KdfVerdict::Good;
    QTest::newRow("Argon2id at the official ceiling") << argon2id(10, 1024, 16) << KdfVerdict::Good;
    QTest::newRow("Argon2id 11 passes of 1 GiB") << argon2id(11, 1024, 16) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id 1025 MiB") << argon2id(2, 1025, 4) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id 8 GiB") << argon2id(3, 8192, 4) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id 17 lanes") << argon2id(3, 64, 17) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id 160 passes of 64 MiB") << argon2id(160, 64, 4) << KdfVerdict::Good;
    QTest::newRow("Argon2id 161 passes of 64 MiB") << argon2id(161, 64, 4) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id 1 pass") << argon2id(1, 64, 4) << KdfVerdict::Weak;
    QTest::newRow("Argon2id 2 passes") << argon2id(2, 15, 1) << KdfVerdict::Good;
    QTest::newRow("Argon2id 14 MiB") << argon2id(2, 14, 1) << KdfVerdict::Weak;
    QTest::newRow("Argon2id no passes") << argon2id(0, 64, 4) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id no memory") << argon2id(3, 0, 4) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id no lanes") << argon2id(3, 64, 0) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id negative") << argon2id(3, -64, 4) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id huge passes") << argon2id(Huge, 1, 1) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id huge memory") << argon2id(2, Huge, 1) << KdfVerdict::TooLarge;
    QTest::newRow("Argon2id huge lanes") << argon2id(2, 64, Huge) << KdfVerdict::TooLarge;
}

void TestKdf::assessesAtTheBorders()
{
    QFETCH(const KdfSettings, settings);
    QFETCH(const KdfVerdict, verdict);
    QCOMPARE(assess(settings), verdict);
}

void TestKdf::refusesWithoutDeriving_data()
{
    QTest::addColumn<KdfSettings>("settings");
    QTest::addColumn<QString>("named");
    QTest::newRow("8 GiB") << argon2id(3, 8192, 4) << u"8192"_s;
    QTest::newRow("PBKDF2 0") << pbkdf2(0) << u"0"_s;
    QTest::newRow("Argon2id 0") << argon2id(0, 64, 4) << u"64"_s;
    QTest::newRow("a milliard rounds") << pbkdf2(1'000'000'000) << u"1000000000"_s;
}

void TestKdf::refusesWithoutDeriving()
{
    QFETCH(const KdfSettings, settings);
    QFETCH(const QString, named);
    QElapsedTimer time;
    time.start();
    const auto key = deriveMasterKey(SecureBuffer::fromText(u"password"), u"salt"_s, settings);
    QVERIFY(!key);
    QCOMPARE(key.error().kind, ErrorKind::KdfTooLarge);
    QVERIFY2(key.error().subject.text().contains(named), qPrintable(key.error().subject.text()));
    QVERIFY(time.elapsed() < 200);
}

void TestKdf::seesADowngrade_data()
{
    QTest::addColumn<KdfSettings>("now");
    QTest::addColumn<KdfSettings>("before");
    QTest::addColumn<bool>("weaker");
    QTest::newRow("same PBKDF2") << pbkdf2(600'000) << pbkdf2(600'000) << false;
    QTest::newRow("one round less") << pbkdf2(599'999) << pbkdf2(600'000) << true;
    QTest::newRow("more rounds") << pbkdf2(700'000) << pbkdf2(600'000) << false;
    QTest::newRow("to Argon2id") << argon2id(3, 64, 4) << pbkdf2(2'000'000) << false;
    QTest::newRow("away from Argon2id") << pbkdf2(2'000'000) << argon2id(3, 64, 4) << true;
    QTest::newRow("less memory") << argon2id(3, 32, 4) << argon2id(3, 64, 4) << true;
    QTest::newRow("fewer passes") << argon2id(2, 64, 4) << argon2id(3, 64, 4) << true;
    QTest::newRow("same work in other shape") << argon2id(6, 32, 4) << argon2id(3, 64, 4) << false;
}

void TestKdf::seesADowngrade()
{
    QFETCH(const KdfSettings, now);
    QFETCH(const KdfSettings, before);
    QFETCH(const bool, weaker);
    QCOMPARE(isWeakerThan(now, before), weaker);
}

void TestKdf::namesTheValues()
{
    QCOMPARE(describe(pbkdf2(1'000)), u"PBKDF2-SHA256, 1000"_s);
    QCOMPARE(describe(argon2id(3, 8192, 4)), u"Argon2id, 3 × 8192 MiB × 4"_s);
}

QTEST_GUILESS_MAIN(TestKdf)
#include "tst_kdf.moc"
