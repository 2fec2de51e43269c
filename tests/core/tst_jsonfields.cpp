// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/json/jsonfields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

JsonFields read(QByteArrayView json)
{
    return JsonFields::parse(SecureBuffer::copyOf(json)).value_or(JsonFields());
}

} // namespace

class TestJsonFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatIsNoObject_data();
    void refusesWhatIsNoObject();
    void findsNamesWithoutRegardToCase();
    void prefersTheNameAsItIsWritten();
    void takesNumbersFromStrings_data();
    void takesNumbersFromStrings();
    void takesBooleansFromStringsAndNumbers_data();
    void takesBooleansFromStringsAndNumbers();
    void readsOddTypesAsAbsent();
    void tellsNullFromMissing();
    void keepsSecretsWhole();
};

void TestJsonFields::refusesWhatIsNoObject_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("page") << "<!DOCTYPE html><html><body>Sign in</body></html>"_ba;
    QTest::newRow("array") << "[{\"a\":1}]"_ba;
    QTest::newRow("string") << "\"2026-01-01\""_ba;
    QTest::newRow("number") << "1"_ba;
    QTest::newRow("null") << "null"_ba;
    QTest::newRow("cut off") << "{\"access_token\":\"abc"_ba;
    QTest::newRow("more behind") << "{} {}"_ba;
    QTest::newRow("zero bytes") << QByteArray(10, '\0');
    QTest::newRow("broken UTF-8") << "{\"a\":\"\xff\xfe\"}"_ba;
    QTest::newRow("very deep") << QByteArray(100'000, '[');
    QTest::newRow("very deep objects") << QByteArray("{\"a\":").repeated(50'000);
}

void TestJsonFields::refusesWhatIsNoObject()
{
    QFETCH(const QByteArray, bytes);
    const auto fields = JsonFields::parse(SecureBuffer::copyOf(bytes));
    QVERIFY(!fields);
    QCOMPARE(fields.error().kind, ErrorKind::NotAnAccountServer);
}

void TestJsonFields::findsNamesWithoutRegardToCase()
{
    const auto fields = read(R"({"KdfIterations":5,"ErrorModel":{"Message":"m"},"DATA":[1,2]})");
    QCOMPARE(fields.number(u"kdfIterations"), 5);
    QCOMPARE(fields.object(u"errorModel").text(u"message"), u"m"_s);
    QCOMPARE(fields.array(u"data").size(), 2);
    QVERIFY(!fields.has(u"kdfIteration"));
}

void TestJsonFields::prefersTheNameAsItIsWritten()
{
    QCOMPARE(read(R"({"Name":"other","name":"this","NAME":"third"})").text(u"name"), u"this"_s);
}

void TestJsonFields::takesNumbersFromStrings_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<std::optional<qint64>>("number");
    using Number = std::optional<qint64>;
    QTest::newRow("number") << "600000"_ba << Number(600'000);
    QTest::newRow("negative") << "-1"_ba << Number(-1);
    QTest::newRow("whole with a point") << "3.0"_ba << Number(3);
    QTest::newRow("text") << "\"600000\""_ba << Number(600'000);
    QTest::newRow("fraction") << "1.5"_ba << Number();
    QTest::newRow("empty text") << "\"\""_ba << Number();
    QTest::newRow("words") << "\"many\""_ba << Number();
    QTest::newRow("number with a tail") << "\"5x\""_ba << Number();
    QTest::newRow("null") << "null"_ba << Number();
    QTest::newRow("boolean") << "true"_ba << Number();
    QTest::newRow("list") << "[1]"_ba << Number();
    QTest::newRow("beyond what is exact") << "1e300"_ba << Number();
    QTest::newRow("beyond what is exact, negative") << "-1e300"_ba << Number();
    QTest::newRow("text beyond 64 bits") << "\"99999999999999999999\""_ba << Number();
}

void TestJsonFields::takesNumbersFromStrings()
{
    QFETCH(const QByteArray, json);
    QFETCH(const std::optional<qint64>, number);
    QCOMPARE(read(QByteArray("{\"n\":" + json + "}")).number(u"n"), number);
}

void TestJsonFields::takesBooleansFromStringsAndNumbers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<std::optional<bool>>("boolean");
    using Boolean = std::optional<bool>;
    QTest::newRow("true") << "true"_ba << Boolean(true);
    QTest::newRow("false") << "false"_ba << Boolean(false);
    QTest::newRow("text true") << "\"true\""_ba << Boolean(true);
    QTest::newRow("text False") << "\"False\""_ba << Boolean(false);
    QTest::newRow("1") << "1"_ba << Boolean(true);
    QTest::newRow("0") << "0"_ba << Boolean(false);
    QTest::newRow("text 0") << "\"0\""_ba << Boolean(false);
    QTest::newRow("null") << "null"_ba << Boolean();
    QTest::newRow("words") << "\"yes\""_ba << Boolean();
    QTest::newRow("object") << "{}"_ba << Boolean();
}

void TestJsonFields::takesBooleansFromStringsAndNumbers()
{
    QFETCH(const QByteArray, json);
    QFETCH(const std::optional<bool>, boolean);
    QCOMPARE(read(QByteArray("{\"b\":" + json + "}")).boolean(u"b"), boolean);
}

void TestJsonFields::readsOddTypesAsAbsent()
{
    const auto fields = read(R"({"text":5,"object":"x","array":{"a":1},"secret":[1]})");
    QCOMPARE(fields.text(u"text"), QString());
    QVERIFY(fields.object(u"object").isEmpty());
    QVERIFY(fields.array(u"array").isEmpty());
    QVERIFY(fields.secret(u"secret").isEmpty());
    QCOMPARE(fields.object(u"none").object(u"none").text(u"none"), QString());
}

void TestJsonFields::tellsNullFromMissing()
{
    const auto fields = read(R"({"data":null,"there":0})");
    QVERIFY(!fields.has(u"data"));
    QVERIFY(fields.value(u"data").isNull());
    QVERIFY(fields.value(u"other").isUndefined());
    QVERIFY(fields.has(u"there"));
    QVERIFY(fields.array(u"data").isEmpty());
}

void TestJsonFields::keepsSecretsWhole()
{
    const auto fields = read("{\"code\":\"ab\\u0000c\\u00e4\\ud83d\\udd11\"}");
    QVERIFY(fields.secret(u"code").equals(QByteArray("ab\0cä🔑", 10)));
    // Reading must not use up what is read.
    QVERIFY(fields.secret(u"code").equals(QByteArray("ab\0cä🔑", 10)));
}

QTEST_GUILESS_MAIN(TestJsonFields)
#include "tst_jsonfields.moc"
