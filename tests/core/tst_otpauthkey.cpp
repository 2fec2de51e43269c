// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/otpauth.h"
#include "core/otp/otpauthkey.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestOtpauthKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAUri();
    void readsEveryParameter();
    void readsWhatSitesWrite_data();
    void readsWhatSitesWrite();
    void refuses_data();
    void refuses();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void takesTheIssuerOfTheParameter();
    void sanitizesTheLabel();
    void readsASetupKeyAsShown();
};

void TestOtpauthKey::readsAUri()
{
    const auto key = otpauthKeyFrom(
        "otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example");
    QVERIFY(key);
    QCOMPARE(key->type, OtpType::Totp);
    QCOMPARE(key->issuer, u"Example"_s);
    QCOMPARE(key->account, u"alice@example.com"_s);
    QCOMPARE(key->key.view(), "JBSWY3DPEHPK3PXP");
    QCOMPARE(key->algorithm, OtpAlgorithm::Sha1);
    QCOMPARE(key->digits, 6);
    QCOMPARE(key->period, 30);
}

void TestOtpauthKey::readsEveryParameter()
{
    const auto totp = otpauthKeyFrom("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=SHA512"
                                     "&digits=8&period=60&image=https%3A%2F%2Fx");
    QVERIFY(totp);
    QCOMPARE(totp->algorithm, OtpAlgorithm::Sha512);
    QCOMPARE(totp->digits, 8);
    QCOMPARE(totp->period, 60);
    const auto hotp = otpauthKeyFrom("otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=42");
    QVERIFY(hotp);
    QCOMPARE(hotp->type, OtpType::Hotp);
    QCOMPARE(hotp->counter, 42);
    const auto steam = otpauthKeyFrom(
        "otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXP&encoder=steam");
    QVERIFY(steam && steam->steam);
}

void TestOtpauthKey::readsWhatSitesWrite_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::newRow("lower case") << QByteArray("otpauth://totp/x?secret=jbswy3dpehpk3pxp");
    QTest::newRow("scheme in upper case") << QByteArray("OTPAUTH://TOTP/x?SECRET=JBSWY3DPEHPK3PXP");
    QTest::newRow("groups") << QByteArray("otpauth://totp/x?secret=jbsw%20y3dp+ehpk%203pxp");
    QTest::newRow("padding") << QByteArray("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP%3D%3D");
    QTest::newRow("bare padding") << QByteArray(
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP====&digits=6");
    QTest::newRow("spaces around it") << QByteArray("  otpauth://totp/x?secret=JBSWY3DPEHPK3PXP\n");
    QTest::newRow("empty issuer") << QByteArray("otpauth://totp/x?issuer=&secret=JBSWY3DPEHPK3PXP");
    QTest::newRow("no label") << QByteArray("otpauth://totp/?secret=JBSWY3DPEHPK3PXP");
}

void TestOtpauthKey::readsWhatSitesWrite()
{
    QFETCH(QByteArray, uri);
    const auto key = otpauthKeyFrom(uri);
    QVERIFY(key);
    QCOMPARE(key->key.view(), "JBSWY3DPEHPK3PXP");
}

void TestOtpauthKey::refuses_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another scheme") << QByteArray("https://totp/x?secret=JBSWY3DPEHPK3PXP");
    QTest::newRow("another type") << QByteArray("otpauth://motp/x?secret=JBSWY3DPEHPK3PXP");
    QTest::newRow("no key") << QByteArray("otpauth://totp/x?issuer=y");
    QTest::newRow("a key of other letters")
        << QByteArray("otpauth://totp/x?secret=JBSWY3DPEHPK0189");
    QTest::newRow("no digits") << QByteArray("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=0");
    QTest::newRow("too many digits")
        << QByteArray("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=11");
    QTest::newRow("no period") << QByteArray("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0");
    QTest::newRow("unknown algorithm")
        << QByteArray("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD4");
    QTest::newRow("no query") << QByteArray("otpauth://totp/x");
    QTest::newRow("no path") << QByteArray("otpauth://totp?secret=JBSWY3DPEHPK3PXP");
    QTest::newRow("too long") << QByteArray("otpauth://totp/" + QByteArray(5000, 'x')
                                            + "?secret=JBSWY3DPEHPK3PXP");
}

void TestOtpauthKey::refuses()
{
    QFETCH(QByteArray, uri);
    QVERIFY(!otpauthKeyFrom(uri));
}

void TestOtpauthKey::writesWhatItReads_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::newRow("usual") << QByteArray(
        "otpauth://totp/Example:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example");
    QTest::newRow("all parameters") << QByteArray(
        "otpauth://totp/"
        "E%20x:a?secret=JBSWY3DPEHPK3PXP&issuer=E%20x&algorithm=SHA256&digits=8&period=60");
    QTest::newRow("counter") << QByteArray(
        "otpauth://hotp/E:a?secret=JBSWY3DPEHPK3PXP&issuer=E&counter=7");
    QTest::newRow("Steam") << QByteArray(
        "otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXP&issuer=Steam&digits=5&encoder=steam");
    QTest::newRow("no account") << QByteArray(
        "otpauth://totp/Example?secret=JBSWY3DPEHPK3PXP&issuer=Example");
    QTest::newRow("no issuer") << QByteArray("otpauth://totp/alice?secret=JBSWY3DPEHPK3PXP");
}

void TestOtpauthKey::writesWhatItReads()
{
    QFETCH(QByteArray, uri);
    const auto key = otpauthKeyFrom(uri);
    QVERIFY(key);
    QCOMPARE(otpauthUri(*key).view().toByteArray(), uri);
}

void TestOtpauthKey::takesTheIssuerOfTheParameter()
{
    const auto key = otpauthKeyFrom("otpauth://totp/Old:a?secret=JBSWY3DPEHPK3PXP&issuer=New");
    QVERIFY(key);
    QCOMPARE(key->issuer, u"New"_s);
    QCOMPARE(key->account, u"a"_s);
}

void TestOtpauthKey::sanitizesTheLabel()
{
    const auto key = otpauthKeyFrom(
        "otpauth://totp/Bank%E2%80%AE:al%0Aice?secret=JBSWY3DPEHPK3PXP");
    QVERIFY(key);
    QCOMPARE(key->issuer, u"Bank"_s);
    QCOMPARE(key->account, u"al ice"_s);
}

void TestOtpauthKey::readsASetupKeyAsShown()
{
    QCOMPARE(setupKeyFrom("jbsw y3dp-ehpk 3pxp==").view(), "JBSWY3DPEHPK3PXP");
    QVERIFY(setupKeyFrom("jbsw y3dp 0000").isEmpty());
    QVERIFY(setupKeyFrom("").isEmpty());
}

QTEST_GUILESS_MAIN(TestOtpauthKey)
#include "tst_otpauthkey.moc"
