// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerdetails.h"
#include "core/twofactor/providererrors.h"
#include "core/webauthn/credentialids.h"

#include "tests/core/answers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

HttpAnswer json(const QJsonObject &object, int status = 200)
{
    HttpAnswer answer;
    answer.status = status;
    answer.host = u"vault.example.org"_s;
    answer.body = SecureBuffer::copyOf(QJsonDocument(object).toJson());
    return answer;
}

QJsonObject key(const QJsonValue &id)
{
    return {{u"id"_s, id}, {u"name"_s, u"Key"_s}, {u"migrated"_s, false}};
}

} // namespace

// What servers answer, apart from the way it came.
class TestProviderDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesListsOfPasskeysThatCannotBeShownTruly_data();
    void refusesListsOfPasskeysThatCannotBeShownTruly();
    void takesNoListForNoKeys();
    void refusesATokenWithoutEnd();
    void numbersANewKey();
    void tellsWhetherDuoIsAsItWasToBecome_data();
    void tellsWhetherDuoIsAsItWasToBecome();
    void tellsWhetherYubiKeysAreAsTheyWereToBecome();
    void knowsTheRefusalsOfTokens_data();
    void knowsTheRefusalsOfTokens();
};

void TestProviderDetails::refusesListsOfPasskeysThatCannotBeShownTruly_data()
{
    QTest::addColumn<QJsonValue>("keys");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("text") << QJsonValue(u"none"_s) << ErrorKind::ListNotReadable;
    QTest::newRow("number") << QJsonValue(2) << ErrorKind::ListNotReadable;
    QTest::newRow("object") << QJsonValue(QJsonObject{{u"1"_s, key(1)}})
                            << ErrorKind::ListNotReadable;
    QTest::newRow("key without a number")
        << QJsonValue(QJsonArray{key(1), key(QJsonValue::Null)}) << ErrorKind::ListNotReadable;
    QTest::newRow("entry that is no key")
        << QJsonValue(QJsonArray{key(1), u"key"_s}) << ErrorKind::ListNotReadable;
    QTest::newRow("two keys with one number")
        << QJsonValue(QJsonArray{key(1), key(2), key(1)}) << ErrorKind::ListAmbiguous;
    QJsonArray many;
    for (int id = 1; id <= 12'000; ++id)
        many.append(key(id));
    QTest::newRow("12 000 keys") << QJsonValue(many) << ErrorKind::ListTooLong;
}

void TestProviderDetails::refusesListsOfPasskeysThatCannotBeShownTruly()
{
    QFETCH(const QJsonValue, keys);
    QFETCH(const ErrorKind, kind);
    for (const bool nested : {false, true}) {
        const QJsonObject details{{u"enabled"_s, true}, {u"keys"_s, keys}};
        const auto read = passkeysFrom(
            json(nested ? QJsonObject{{u"webAuthn"_s, details}} : details));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, kind);
        QCOMPARE(read.error().subject, u"vault.example.org"_s);
        QCOMPARE(read.error().count, kind == ErrorKind::ListTooLong ? 12'000 : 0);
    }
}

void TestProviderDetails::takesNoListForNoKeys()
{
    for (const QJsonValue &none : {QJsonValue(QJsonValue::Null), QJsonValue(QJsonArray())}) {
        const auto read = passkeysFrom(json({{u"enabled"_s, false}, {u"keys"_s, none}}));
        QVERIFY(read);
        QVERIFY(read->keys.isEmpty());
    }
    QJsonArray most;
    for (int id = 1; id <= MostCredentials; ++id)
        most.append(key(id));
    const auto read = passkeysFrom(json({{u"enabled"_s, true}, {u"keys"_s, most}}));
    QVERIFY(read);
    QCOMPARE(read->keys.size(), MostCredentials);
}

void TestProviderDetails::refusesATokenWithoutEnd()
{
    const auto tokenOf = [](qsizetype size) {
        return verificationTokenFrom(
            json({{u"userVerificationToken"_s, QString(size, u'x')}, {u"enabled"_s, true}}));
    };
    QCOMPARE(tokenOf(1000)->size(), 1000);
    const auto endless = tokenOf(900'000);
    QVERIFY(!endless);
    QCOMPARE(endless.error().kind, ErrorKind::AnswerTooLarge);
    QVERIFY(verificationTokenFrom(json({{u"enabled"_s, true}}))->isEmpty());
}

void TestProviderDetails::numbersANewKey()
{
    PasskeyDetails details;
    QCOMPARE(details.next(u"Key"_s).id, 1);
    QCOMPARE(details.next(u"Key"_s).name, u"Key"_s);
    const auto withNumbers = [](const QList<qint64> &ids) {
        QList<Passkey> keys;
        for (const qint64 id : ids)
            keys.append(Passkey{id, {}, false});
        return keys;
    };
    details.keys = withNumbers({1, 2, 4});
    QCOMPARE(details.next({}).id, 3);
    details.keys = withNumbers({0, 2});
    QCOMPARE(details.next({}).id, 1);
    details.keys = {{.id = 3, .name = u"Blue"_s}};
    QVERIFY(details.has({.id = 3, .name = u"Blue"_s}));
    // The number was given to another key since.
    QVERIFY(!details.has({.id = 3, .name = u"Green"_s}));
}

void TestProviderDetails::tellsWhetherDuoIsAsItWasToBecome_data()
{
    QTest::addColumn<DuoDetails>("details");
    QTest::addColumn<bool>("same");
    const QString id = u"DISPAREKEYEXAMPLE001"_s;
    const QString host = u"api-5aae7e57.duosecurity.com"_s;
    QTest::newRow("official") << DuoDetails{true, id, u"012345"_s + QString(34, u'*'), host}
                              << true;
    QTest::newRow("Vaultwarden") << DuoDetails{true, u"DISP************"_s, u"0123************"_s,
                                               u"api-************"_s}
                                 << true;
    QTest::newRow("off") << DuoDetails{false, id, u"012345"_s + QString(34, u'*'), host} << false;
    QTest::newRow("other id") << DuoDetails{true, u"DISPAREKEYEXAMPLE002"_s, u"012345****"_s, host}
                              << false;
    QTest::newRow("other secret") << DuoDetails{true, id, u"999999****"_s, host} << false;
    QTest::newRow("other host") << DuoDetails{true, id, u"012345****"_s,
                                              u"api-00000000.duosecurity.com"_s}
                                << false;
    QTest::newRow("that of all accounts") << DuoDetails{true, {}, {}, {}, true} << false;
}

void TestProviderDetails::tellsWhetherDuoIsAsItWasToBecome()
{
    QFETCH(const DuoDetails, details);
    QFETCH(const bool, same);
    DuoSettings settings;
    settings.clientId = u"DISPAREKEYEXAMPLE001"_s;
    settings.clientSecret = SecureBuffer::copyOf("0123456789abcdefghijABCDEFGHIJ9876543210");
    settings.host = u"api-5aae7e57.duosecurity.com"_s;
    QCOMPARE(isResultOf(details, settings), same);
    const DuoSettings empty;
    QCOMPARE(isResultOf(details, empty), details.setUpForAll);
}

void TestProviderDetails::tellsWhetherYubiKeysAreAsTheyWereToBecome()
{
    const QString first = u"cccccccfhcbe"_s;
    const QString second = u"cccccccbtbhn"_s;
    YubicoOtpDetails details{.enabled = true, .keyIds = {second, first}, .nfc = true};
    QVERIFY(details.isResultOf({QString(), first, QString(), second}, true));
    QVERIFY(details.isResultOf({first, second + QString(32, u'c')}, true));
    QVERIFY(!details.isResultOf({first}, true));
    QVERIFY(!details.isResultOf({first, second}, false));
    details.enabled = false;
    QVERIFY(!details.isResultOf({first, second}, true));
}

void TestProviderDetails::knowsTheRefusalsOfTokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("outdated");
    QTest::newRow("state") << u"Invalid verification token: Invalid state"_s << true;
    QTest::newRow("address") << u"Invalid verification token: Invalid email"_s << true;
    QTest::newRow("Duo") << u"Invalid verification token: Invalid duo data"_s << true;
    QTest::newRow("keys") << u"Invalid verification token: Invalid keys"_s << true;
    QTest::newRow("time, another answer inside")
        << uR"(Failed to decode verification token: {"message":"Token has expired","error":""})"_s
        << false;
    QTest::newRow("time") << u"Failed to decode verification token: Token has expired"_s << false;
}

void TestProviderDetails::knowsTheRefusalsOfTokens()
{
    QFETCH(const QString, text);
    QFETCH(const bool, outdated);
    const HttpAnswer refusal = json({{u"message"_s, text}}, 400);
    QCOMPARE(writeErrorFrom(refusal).kind, ErrorKind::ProofExpired);
    QCOMPARE(isTokenOutdated(refusal), outdated);
}

QTEST_GUILESS_MAIN(TestProviderDetails)
#include "tst_providerdetails.moc"
