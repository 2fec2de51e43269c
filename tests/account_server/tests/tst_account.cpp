// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/tests/testclient.h"
#include "tests/support/accountservertest.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Requests of a signed-in client, in each generation of the protocol.
class TestAccount : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void configNamesTheServer();
    void nothingIsToldWithoutAToken_data();
    void nothingIsToldWithoutAToken();
    void tokenExpires();
    void profileTellsThePerson();
    void otherClientsAreShutOutOfTwoFactor();
    void vaultwardenLetsOtherClientsIn();
    void demoShowsProvidersOnAndOff();
    void listIsNullWhenNothingWasEverSetUp();
    void vaultwardenListIsEmptyInstead();
    void listIsPascalCasedByOldServers();
    void wrongPasswordRefusalHasTheShapeOfTheGeneration_data();
    void wrongPasswordRefusalHasTheShapeOfTheGeneration();
    void recoveryCodeNeedsTheProof();
    void recoveryCodeIsNullBeforeTheFirstProvider();
    void recoveryCodeIsUpperCaseOnVaultwarden();
    void proofAndOtpTogetherAreRefusedByVaultwarden();
    void verifyPasswordChecksTheHash();
    void unknownRouteAnswersAsTheGeneration();
    void basePathIsNeeded();
    void logKeepsNamesAndTimesButNoValues();

private:
    [[nodiscard]] TestClient signedIn(QStringView role);
    [[nodiscard]] bool speakAs(const QString &generation);
};

TestClient TestAccount::signedIn(QStringView role)
{
    TestClient client(m_server);
    if (!client.signIn(m_server.account(role)))
        qFatal("An honest client could not sign in.");
    return client;
}

bool TestAccount::speakAs(const QString &generation)
{
    return m_server.changeSettings({{u"generation"_s, generation}});
}

void TestAccount::configNamesTheServer()
{
    const TestClient client(m_server);
    const QJsonObject official = client.get(u"/api/config"_s).json();
    QVERIFY(official["server"_L1].isNull());
    QCOMPARE(official["version"_L1].toString(), u"2026.8.0"_s);
    QCOMPARE(official["environment"_L1]["api"_L1].toString(),
             QString(m_server.http().toString() + u"/api"_s));
    QVERIFY(speakAs(u"classic"_s));
    QCOMPARE(client.get(u"/api/config"_s).json()["server"_L1]["name"_L1].toString(),
             u"Vaultwarden"_s);
}

void TestAccount::nothingIsToldWithoutAToken_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("profile") << u"/api/accounts/profile"_s;
    QTest::newRow("revision date") << u"/api/accounts/revision-date"_s;
    QTest::newRow("two-factor") << u"/api/two-factor"_s;
}

void TestAccount::nothingIsToldWithoutAToken()
{
    QFETCH(QString, path);
    TestClient client(m_server);
    for (const QString &token : {QString(), u"made.up.token"_s}) {
        client.accessToken = token;
        const RawAnswer answer = client.get(path);
        QCOMPARE(answer.status, 401);
        QVERIFY(answer.body.isEmpty());
        QVERIFY(answer.header("WWW-Authenticate"_ba).startsWith("Bearer"));
    }
}

void TestAccount::tokenExpires()
{
    QVERIFY(m_server.changeSettings({{u"tokenLifetimeSeconds"_s, 2}}));
    const TestClient client = signedIn(u"weak-kdf");
    QCOMPARE(client.get(u"/api/two-factor"_s).status, 200);
    QTest::qSleep(2100);
    QCOMPARE(client.get(u"/api/two-factor"_s).status, 401);
}

void TestAccount::profileTellsThePerson()
{
    const QJsonObject demo = signedIn(u"demo").get(u"/api/accounts/profile"_s).json();
    QCOMPARE(demo["email"_L1].toString(), m_server.account(u"demo").email);
    QCOMPARE(demo["premium"_L1].toBool(true), false);
    QCOMPARE(demo["twoFactorEnabled"_L1].toBool(true), false);
    const QJsonObject rich = signedIn(u"nothing-on").get(u"/api/accounts/profile"_s).json();
    QCOMPARE(rich["premium"_L1].toBool(), true);
}

void TestAccount::otherClientsAreShutOutOfTwoFactor()
{
    TestClient client(m_server);
    QVERIFY(client.signIn(m_server.account(u"demo"), u"desktop"_s));
    const RawAnswer answer = client.get(u"/api/two-factor"_s);
    QCOMPARE(answer.status, 403);
    QVERIFY(answer.body.isEmpty());
    QCOMPARE(client.post(u"/api/two-factor/get-recover"_s, {}).status, 403);
    QCOMPARE(client.get(u"/api/accounts/profile"_s).status, 200);
}

void TestAccount::vaultwardenLetsOtherClientsIn()
{
    QVERIFY(speakAs(u"classic"_s));
    TestClient client(m_server);
    QVERIFY(client.signIn(m_server.account(u"demo"), u"desktop"_s));
    QCOMPARE(client.get(u"/api/two-factor"_s).status, 200);
}

void TestAccount::demoShowsProvidersOnAndOff()
{
    const RawAnswer answer = signedIn(u"demo").get(u"/api/two-factor"_s);
    QCOMPARE(answer.json()["object"_L1].toString(), u"list"_s);
    QMap<int, bool> states;
    for (const QJsonValue entry : answer.json()["data"_L1].toArray())
        states.insert(entry["type"_L1].toInt(), entry["enabled"_L1].toBool());
    QCOMPARE(states, (QMap<int, bool>{{2, true}, {3, true}, {7, false}}));
}

void TestAccount::listIsNullWhenNothingWasEverSetUp()
{
    for (const QString &generation : {u"token"_s, u"middle"_s}) {
        QVERIFY(speakAs(generation));
        const QJsonObject list = signedIn(u"nothing-on").get(u"/api/two-factor"_s).json();
        QVERIFY(list.contains("data"_L1) && list["data"_L1].isNull());
    }
}

void TestAccount::vaultwardenListIsEmptyInstead()
{
    QVERIFY(speakAs(u"classic"_s));
    const QJsonObject list = signedIn(u"nothing-on").get(u"/api/two-factor"_s).json();
    QVERIFY(list["data"_L1].isArray() && list["data"_L1].toArray().isEmpty());
}

void TestAccount::listIsPascalCasedByOldServers()
{
    QVERIFY(speakAs(u"pascal"_s));
    const TestClient client = signedIn(u"nothing-on");
    QVERIFY(m_server.editAccount(u"nothing-on", {{u"providers"_s, QJsonObject{{u"0"_s, true}}}}));
    const QJsonObject list = client.get(u"/api/two-factor"_s).json();
    QCOMPARE(list["Data"_L1].toArray().size(), 1);
    QCOMPARE(list["Data"_L1][0]["Type"_L1].toInt(-1), 0);
    QCOMPARE(list["Data"_L1][0]["Enabled"_L1].toBool(), true);
    QVERIFY(!list.contains("data"_L1));
}

void TestAccount::wrongPasswordRefusalHasTheShapeOfTheGeneration_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<QStringList>("wayToTheText");
    QTest::addColumn<QString>("text");
    const QString official = u"User verification failed."_s;
    const QString vaultwarden = u"Invalid password"_s;
    QTest::newRow("token") << u"token"_s << QStringList{u"validationErrors"_s, u""_s} << official;
    QTest::newRow("middle") << u"middle"_s << QStringList{u"validationErrors"_s, u""_s} << official;
    QTest::newRow("classic") << u"classic"_s << QStringList{u"errorModel"_s, u"message"_s}
                             << vaultwarden;
    QTest::newRow("pascal") << u"pascal"_s << QStringList{u"ErrorModel"_s, u"Message"_s}
                            << vaultwarden;
}

void TestAccount::wrongPasswordRefusalHasTheShapeOfTheGeneration()
{
    QFETCH(QString, generation);
    QFETCH(QStringList, wayToTheText);
    QFETCH(QString, text);
    QVERIFY(speakAs(generation));
    const RawAnswer answer = signedIn(u"demo").post(u"/api/two-factor/get-recover"_s,
                                                    {{u"masterPasswordHash"_s, u"d3Jvbmc="_s}});
    QCOMPARE(answer.status, 400);
    QJsonValue value = answer.json();
    for (const QString &member : wayToTheText)
        value = value[member];
    QCOMPARE(value.isArray() ? value[0].toString() : value.toString(), text);
}

void TestAccount::recoveryCodeNeedsTheProof()
{
    const ServerAccount demo = m_server.account(u"demo");
    const TestClient client = signedIn(u"demo");
    const QString path = u"/api/two-factor/get-recover"_s;
    QCOMPARE(client.post(path, {}).status, 400);
    QCOMPARE(client.post(path, {{u"secret"_s, TestClient::hashOf(demo)}}).status, 400);
    const RawAnswer answer = client.post(path,
                                         {{u"masterPasswordHash"_s, TestClient::hashOf(demo)}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()["object"_L1].toString(), u"twoFactorRecover"_s);
    const QString code = answer.json()["code"_L1].toString();
    QCOMPARE(code.size(), 32);
    QCOMPARE(code, code.toLower());
    QCOMPARE(code, m_server.accountState(u"demo")["recoveryCode"_L1].toString());
}

void TestAccount::recoveryCodeIsNullBeforeTheFirstProvider()
{
    const QJsonObject proof{
        {u"masterPasswordHash"_s, TestClient::hashOf(m_server.account(u"nothing-on"))}};
    const TestClient client = signedIn(u"nothing-on");
    const RawAnswer before = client.post(u"/api/two-factor/get-recover"_s, proof);
    QCOMPARE(before.status, 200);
    QVERIFY(before.json().contains("code"_L1) && before.json()["code"_L1].isNull());
    QVERIFY(m_server.editAccount(u"nothing-on", {{u"providers"_s, QJsonObject{{u"0"_s, true}}}}));
    const RawAnswer after = client.post(u"/api/two-factor/get-recover"_s, proof);
    QCOMPARE(after.json()["code"_L1].toString().size(), 32);
}

void TestAccount::recoveryCodeIsUpperCaseOnVaultwarden()
{
    QVERIFY(speakAs(u"classic"_s));
    const QString hash = TestClient::hashOf(m_server.account(u"demo"));
    const RawAnswer answer = signedIn(u"demo").post(u"/api/two-factor/get-recover"_s,
                                                    {{u"masterPasswordHash"_s, hash}});
    const QString code = answer.json()["code"_L1].toString();
    QCOMPARE(code.size(), 32);
    QCOMPARE(code, code.toUpper());
}

void TestAccount::proofAndOtpTogetherAreRefusedByVaultwarden()
{
    const QJsonObject both{{u"masterPasswordHash"_s, TestClient::hashOf(m_server.account(u"demo"))},
                           {u"otp"_s, u"123456"_s}};
    const TestClient client = signedIn(u"demo");
    QCOMPARE(client.post(u"/api/two-factor/get-recover"_s, both).status, 200);
    QVERIFY(speakAs(u"classic"_s));
    QCOMPARE(client.post(u"/api/two-factor/get-recover"_s, both).status, 400);
}

void TestAccount::verifyPasswordChecksTheHash()
{
    const TestClient client = signedIn(u"demo");
    const QString path = u"/api/accounts/verify-password"_s;
    const QString hash = TestClient::hashOf(m_server.account(u"demo"));
    QCOMPARE(client.post(path, {{u"masterPasswordHash"_s, hash}}).status, 200);
    const RawAnswer wrong = client.post(path, {{u"masterPasswordHash"_s, u"d3Jvbmc="_s}});
    QCOMPARE(wrong.status, 400);
    QCOMPARE(wrong.json()["validationErrors"_L1]["MasterPasswordHash"_L1][0].toString(),
             u"Invalid password."_s);
}

void TestAccount::unknownRouteAnswersAsTheGeneration()
{
    const TestClient client(m_server);
    const RawAnswer official = client.get(u"/api/no-such-thing"_s);
    QCOMPARE(official.status, 404);
    QVERIFY(official.body.isEmpty());
    const RawAnswer verb = client.get(u"/api/two-factor/get-recover"_s);
    QCOMPARE(verb.status, 405);
    QCOMPARE(verb.header("Allow"_ba), "POST"_ba);

    QVERIFY(speakAs(u"classic"_s));
    for (const QString &path : {u"/api/no-such-thing"_s, u"/api/two-factor/get-recover"_s}) {
        const RawAnswer vaultwarden = client.get(path);
        QCOMPARE(vaultwarden.status, 404);
        QCOMPARE(vaultwarden.json()["error"_L1]["code"_L1].toInt(), 404);
    }
}

void TestAccount::basePathIsNeeded()
{
    AccountServerProcess server;
    QVERIFY2(server.start({.basePath = u"/vault"_s}), qPrintable(server.problem()));
    QCOMPARE(server.http().path(), u"/vault"_s);
    const auto port = quint16(server.http().port());
    QCOMPARE(exchange(port, {.path = "/vault/api/config"_ba}).status, 200);
    QCOMPARE(exchange(port, {.path = "/api/config"_ba}).status, 404);
    QCOMPARE(exchange(port, {.path = "/vaultapi/config"_ba}).status, 404);
}

void TestAccount::logKeepsNamesAndTimesButNoValues()
{
    const TestClient client = signedIn(u"demo");
    QCOMPARE(client.get(u"/api/two-factor?hint=secret"_s).status, 200);
    const QJsonArray requests = m_server.requests();
    QCOMPARE(m_server.requestedPaths(),
             (QStringList{u"POST /identity/connect/token"_s, u"GET /api/two-factor"_s}));
    const QJsonValue last = requests.last();
    QCOMPARE(last["status"_L1].toInt(), 200);
    QVERIFY(last["endUs"_L1].toInteger() >= last["startUs"_L1].toInteger());
    QVERIFY(last["headers"_L1].toArray().contains(u"Authorization"_s));
    const QByteArray all = QJsonDocument(requests).toJson();
    QVERIFY(!all.contains(client.accessToken.toLatin1()));
    QVERIFY(!all.contains("hint"));
}

QTEST_GUILESS_MAIN(TestAccount)
#include "tst_account.moc"
