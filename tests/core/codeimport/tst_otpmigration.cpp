// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "importsamples.h"

#include "core/codeimport/base64secret.h"
#include "core/codeimport/otpmigration.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

QByteArray varint(quint64 value)
{
    QByteArray octets;
    do {
        octets += static_cast<char>((value & 0x7FU) | (value > 0x7F ? 0x80U : 0U));
        value >>= 7U;
    } while (value > 0);
    return octets;
}

QByteArray number(quint64 field, quint64 value)
{
    return varint(field << 3U) + varint(value);
}

QByteArray octets(quint64 field, const QByteArray &value)
{
    return varint(field << 3U | 2U) + varint(static_cast<quint64>(value.size())) + value;
}

QByteArray uriOf(const QByteArray &payload)
{
    return "otpauth-migration://offline?data=" + payload.toBase64().toPercentEncoding();
}

const QByteArray secret = "Hello!\xDE\xAD\xBE\xEF";

} // namespace

class TestOtpMigration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnExport();
    void readsEveryField();
    void skipsWhatNoAppMakes();
    void refusesDamage_data();
    void refusesDamage();
    void encodesBase32_data();
    void encodesBase32();
    void decodesBase64_data();
    void decodesBase64();
};

void TestOtpMigration::readsAnExport()
{
    // The example of Google's own description of otpauth URIs, in a payload.
    const auto result = setupKeysFromMigration(
        "otpauth-migration://offline?data="
        "CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC");
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    const FoundCodes &key = result->found.constFirst();
    QCOMPARE(key.title, u"Example"_s);
    QCOMPARE(key.account, u"alice@google.com"_s);
    QCOMPARE(codesOf(key),
             QStringList(u"otpauth://totp/Example:alice%40google.com?secret=JBSWY3DPEHPK3PXP"
                         "&issuer=Example"_s));
}

void TestOtpMigration::readsEveryField()
{
    const QByteArray totp = octets(1, secret) + octets(2, "bob") + octets(3, "1Password")
        + number(4, 3) + number(5, 2) + number(6, 2) + number(99, 1);
    const QByteArray hotp = octets(1, secret) + octets(2, "Shop:eve") + number(4, 2) + number(5, 1)
        + number(6, 1) + number(7, 300);
    const auto result = setupKeysFromMigration(
        uriOf(octets(1, totp) + octets(1, hotp) + number(2, 1) + number(3, 1) + number(4, 0)));
    QVERIFY(result);
    QCOMPARE(result->found.size(), 2);
    QCOMPARE(result->found[0].service, u"1password"_s);
    QCOMPARE(codesOf(result->found[0]),
             QStringList(u"otpauth://totp/1Password:bob?secret=JBSWY3DPEHPK3PXP&issuer=1Password"
                         "&algorithm=SHA512&digits=8"_s));
    QCOMPARE(codesOf(result->found[1]),
             QStringList(u"otpauth://hotp/Shop:eve?secret=JBSWY3DPEHPK3PXP&issuer=Shop"
                         "&algorithm=SHA256&counter=300"_s));
}

void TestOtpMigration::skipsWhatNoAppMakes()
{
    const QByteArray md5 = octets(1, secret) + number(4, 4);
    const QByteArray empty = octets(2, "no key");
    const QByteArray good = octets(1, secret);
    const auto result = setupKeysFromMigration(
        uriOf(octets(1, md5) + octets(1, empty) + octets(1, good)));
    QVERIFY(result);
    QCOMPARE(result->found.size(), 1);
    QCOMPARE(result->skipped, 2);
}

void TestOtpMigration::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("another scheme") << QByteArray("otpauth://totp/x") << ErrorKind::ImportDamaged;
    QTest::newRow("no base64") << QByteArray("otpauth-migration://offline?data=**")
                               << ErrorKind::ImportDamaged;
    QTest::newRow("no data") << QByteArray("otpauth-migration://offline?x=1")
                             << ErrorKind::ImportNothingFound;
    QTest::newRow("a length beyond the end")
        << uriOf(varint(1U << 3U | 2U) + varint(100) + "abc") << ErrorKind::ImportDamaged;
    QTest::newRow("a length of 2^64-1")
        << uriOf(varint(1U << 3U | 2U) + varint(~quint64{0})) << ErrorKind::ImportDamaged;
    QTest::newRow("a number without an end")
        << uriOf(QByteArray(20, '\xFF')) << ErrorKind::ImportDamaged;
    QTest::newRow("damage inside a key")
        << uriOf(octets(1, varint(1U << 3U | 2U) + varint(9) + "x")) << ErrorKind::ImportDamaged;
    QTest::newRow("another version of the format")
        << uriOf(number(2, 1)) << ErrorKind::ImportNothingFound;
}

void TestOtpMigration::refusesDamage()
{
    QFETCH(QByteArray, uri);
    QFETCH(ErrorKind, kind);
    const auto result = setupKeysFromMigration(uri);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
}

void TestOtpMigration::encodesBase32_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("text");
    // RFC 4648 §10, without padding.
    QTest::newRow("0") << QByteArray("") << QByteArray("");
    QTest::newRow("1") << QByteArray("f") << QByteArray("MY");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("MZXQ");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("MZXW6");
    QTest::newRow("4") << QByteArray("foob") << QByteArray("MZXW6YQ");
    QTest::newRow("5") << QByteArray("fooba") << QByteArray("MZXW6YTB");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("MZXW6YTBOI");
}

void TestOtpMigration::encodesBase32()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, text);
    QCOMPARE(base32Of(plain).view().toByteArray(), text);
}

void TestOtpMigration::decodesBase64_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("usual") << QByteArray("Zm9vYmE=") << true;
    QTest::newRow("without padding") << QByteArray("Zm9vYmE") << true;
    QTest::newRow("URL alphabet") << QByteArray("_-_-") << true;
    QTest::newRow("one character too many") << QByteArray("Zm9vY") << false;
    QTest::newRow("a space") << QByteArray("Zm9v YmE=") << false;
    QTest::newRow("padding inside") << QByteArray("Zm=vYmE=") << false;
}

void TestOtpMigration::decodesBase64()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    const auto octets = secretFromBase64(text);
    QCOMPARE(octets.has_value(), good);
    if (good) {
        const auto expected = QByteArray::fromBase64(text.replace('-', '+').replace('_', '/'));
        QCOMPARE(octets->view().toByteArray(), expected);
    }
}

QTEST_GUILESS_MAIN(TestOtpMigration)
#include "tst_otpmigration.moc"
