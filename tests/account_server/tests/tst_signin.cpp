// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/tests/testclient.h"
#include "tests/support/accountservertest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Prelogin and `connect/token` over real HTTP.
class TestSignIn : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void preloginTellsTheKdf();
    void preloginInventsTheSameAnswerForUnknownEmails();
    void preloginIsPascalCasedByOldServers();
    void rightHashSignsIn_data();
    void rightHashSignsIn();
    void wrongHashIsRefused();
    void unknownEmailGetsTheSameRefusalAsWrongHash();
    void hugeKdfAccountLetsNobodyIn();
    void unescapedPlusIsASpace();
    void brokenFormIsRefused_data();
    void brokenFormIsRefused();
    void wrongScopeIsRefused();
    void unknownClientIsRefused();
    void missingVersionHeaderIsToldOnlyAfterTheRightPassword();
    void oddVersionHeaderIsRefused();
    void vaultwardenDoesNotAskForTheVersion();
    void missingDeviceIsRefused();
    void secondStepIsDemanded();
    void recoveryCodeSignsInOnce();
    void singleSignOnIsDemandedAfterTheRecoveryCode();
    void sessionOutlivesAnotherDerivation_data();
    void sessionOutlivesAnotherDerivation();
    void wrongRecoveryCodeIsRefused();
    void unknownGrantIsRefused();
    void refreshGivesANewAccessToken();
    void refreshIsForTheSameClientOnly();
    void revokedSessionCannotRefresh();
    void tooManyRequestsAreTurnedAway();

private:
    [[nodiscard]] QString refusalOf(const TestClient::Form &form) const;

    ServerAccount m_demo;
};

void TestSignIn::initTestCase()
{
    startServer();
    m_demo = m_server.account(u"demo");
    QVERIFY(!m_demo.email.isEmpty());
}

QString TestSignIn::refusalOf(const TestClient::Form &form) const
{
    const RawAnswer answer = TestClient(m_server).requestToken(form);
    return answer.status == 400 ? answer.json().value("error"_L1).toString()
                                : u"status %1"_s.arg(answer.status);
}

void TestSignIn::preloginTellsTheKdf()
{
    const TestClient client(m_server);
    const QString email = m_server.account(u"argon2").email;
    for (const QString &path :
         {u"/identity/accounts/prelogin"_s, u"/identity/accounts/prelogin/password"_s}) {
        const RawAnswer answer = client.post(path, {{u"email"_s, email}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()["kdf"_L1].toInt(), 1);
        QCOMPARE(answer.json()["kdfMemory"_L1].toInt(), 64);
        QCOMPARE(answer.json()["kdfSettings"_L1]["parallelism"_L1].toInt(), 4);
        QCOMPARE(answer.json()["salt"_L1].toString(), email);
    }
}

void TestSignIn::preloginInventsTheSameAnswerForUnknownEmails()
{
    const TestClient client(m_server);
    const QJsonObject question{{u"email"_s, u"nobody@sparekey.example"_s}};
    const RawAnswer first = client.post(u"/identity/accounts/prelogin"_s, question);
    QCOMPARE(first.status, 200);
    QVERIFY(first.json()["kdfIterations"_L1].toInt() > 0);
    QCOMPARE(client.post(u"/identity/accounts/prelogin"_s, question).body, first.body);
}

void TestSignIn::preloginIsPascalCasedByOldServers()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"pascal"_s}}));
    const TestClient client(m_server);
    const QJsonObject question{{u"email"_s, m_demo.email}};
    const RawAnswer answer = client.post(u"/identity/accounts/prelogin"_s, question);
    QCOMPARE(answer.json()["KdfIterations"_L1].toInt(), 600'000);
    QVERIFY(!answer.json().contains("Salt"_L1));
    QCOMPARE(client.post(u"/identity/accounts/prelogin/password"_s, question).status, 404);
}

void TestSignIn::rightHashSignsIn_data()
{
    QTest::addColumn<QString>("role");
    for (const auto role :
         {"demo", "nothing-on", "argon2", "weak-kdf", "odd-code", "unusual-letters"}) {
        QTest::newRow(role) << QString::fromLatin1(role);
    }
}

void TestSignIn::rightHashSignsIn()
{
    QFETCH(QString, role);
    const ServerAccount account = m_server.account(role);
    const RawAnswer answer = TestClient(m_server).requestToken(TestClient::passwordGrant(account));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()["token_type"_L1].toString(), u"Bearer"_s);
    QCOMPARE(answer.json()["expires_in"_L1].toInt(), 3600);
    QCOMPARE(answer.json()["access_token"_L1].toString().count(u'.'), 2);
}

void TestSignIn::wrongHashIsRefused()
{
    TestClient::Form form = TestClient::passwordGrant(m_demo);
    form[u"password"_s] = TestClient::hashOf(m_server.account(u"weak-kdf"));
    const RawAnswer answer = TestClient(m_server).requestToken(form);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json()["error"_L1].toString(), u"invalid_grant"_s);
    QCOMPARE(answer.json()["error_description"_L1].toString(), u"invalid_username_or_password"_s);
    QVERIFY(!answer.json()["ErrorModel"_L1]["Message"_L1].toString().isEmpty());
}

void TestSignIn::unknownEmailGetsTheSameRefusalAsWrongHash()
{
    TestClient::Form wrong = TestClient::passwordGrant(m_demo);
    wrong[u"password"_s] = u"d3Jvbmc="_s;
    TestClient::Form unknown = wrong;
    unknown[u"username"_s] = u"nobody@sparekey.example"_s;
    const TestClient client(m_server);
    QCOMPARE(client.requestToken(unknown).body, client.requestToken(wrong).body);
}

void TestSignIn::hugeKdfAccountLetsNobodyIn()
{
    TestClient::Form form = TestClient::passwordGrant(m_demo);
    form[u"username"_s] = m_server.account(u"huge-kdf").email;
    for (const QString &hash : {TestClient::hashOf(m_demo), QString()}) {
        form[u"password"_s] = hash;
        QCOMPARE(refusalOf(form), u"invalid_grant"_s);
    }
}

void TestSignIn::unescapedPlusIsASpace()
{
    const ServerAccount unusual = m_server.account(u"unusual-letters");
    QVERIFY(unusual.email.contains(u'+'));
    const TestClient client(m_server);
    const auto form = TestClient::passwordGrant(unusual);
    QByteArrayList pairs;
    for (auto it = form.begin(); it != form.end(); ++it)
        pairs.append(it.key().toLatin1() + '=' + QUrl::toPercentEncoding(*it, "+"));
    const RawAnswer answer = client.postForm(u"/identity/connect/token"_s, pairs.join('&'));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json()["error_description"_L1].toString(), u"invalid_username_or_password"_s);
    QCOMPARE(client.requestToken(form).status, 200);
}

void TestSignIn::brokenFormIsRefused_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<int>("byVaultwarden"); // status of version 1.37.2
    QTest::newRow("percent without digits") << "grant_type=password&username=%zz"_ba << 400;
    QTest::newRow("cut percent") << "grant_type=password&username=a%4"_ba << 400;
    QTest::newRow("not UTF-8") << "grant_type=password&username=%ff%fe"_ba << 400;
    QTest::newRow("field twice") << "client_id=web&client_id=web"_ba << 422;
    QTest::newRow("no equals sign") << "client_id"_ba << 422;
}

void TestSignIn::brokenFormIsRefused()
{
    QFETCH(QByteArray, form);
    QFETCH(int, byVaultwarden);
    const TestClient client(m_server);
    const RawAnswer official = client.postForm(u"/identity/connect/token"_s, form);
    QCOMPARE(official.status, 400);
    QCOMPARE(official.json()["error"_L1].toString(), u"invalid_request"_s);
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    QCOMPARE(client.postForm(u"/identity/connect/token"_s, form).status, byVaultwarden);
}

void TestSignIn::wrongScopeIsRefused()
{
    TestClient::Form form = TestClient::passwordGrant(m_demo);
    form[u"scope"_s] = u"api"_s;
    QCOMPARE(refusalOf(form), u"invalid_scope"_s);
}

void TestSignIn::unknownClientIsRefused()
{
    TestClient::Form form = TestClient::passwordGrant(m_demo);
    form[u"client_id"_s] = u"sparekey"_s;
    QCOMPARE(refusalOf(form), u"invalid_client"_s);
}

void TestSignIn::missingVersionHeaderIsToldOnlyAfterTheRightPassword()
{
    TestClient client(m_server);
    client.clientVersion.clear();
    TestClient::Form form = TestClient::passwordGrant(m_demo);
    QCOMPARE(client.requestToken(form).json()["error"_L1].toString(), u"version_header_missing"_s);
    form[u"password"_s] = u"d3Jvbmc="_s;
    QCOMPARE(client.requestToken(form).json()["error"_L1].toString(), u"invalid_grant"_s);
}

void TestSignIn::oddVersionHeaderIsRefused()
{
    TestClient client(m_server);
    const auto form = TestClient::passwordGrant(m_demo);
    for (const auto &odd : {"v2026.8.0"_ba, "2026.8.0-beta"_ba, "2026"_ba}) {
        client.clientVersion = odd;
        QCOMPARE(client.requestToken(form).json()["error"_L1].toString(),
                 u"version_header_missing"_s);
    }
}

void TestSignIn::vaultwardenDoesNotAskForTheVersion()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    TestClient client(m_server);
    client.clientVersion.clear();
    QVERIFY(client.signIn(m_demo));
}

void TestSignIn::missingDeviceIsRefused()
{
    for (const QString &field : {u"deviceType"_s, u"deviceIdentifier"_s, u"deviceName"_s}) {
        TestClient::Form form = TestClient::passwordGrant(m_demo);
        form.remove(field);
        QCOMPARE(refusalOf(form), u"device_error"_s);
    }
}

void TestSignIn::secondStepIsDemanded()
{
    const auto form = TestClient::passwordGrant(m_server.account(u"second-step"));
    const RawAnswer answer = TestClient(m_server).requestToken(form);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json()["error_description"_L1].toString(), u"Two factor required."_s);
    const QJsonObject ways = answer.json()["TwoFactorProviders2"_L1].toObject();
    QCOMPARE(ways.keys(), (QStringList{u"0"_s, u"1"_s}));
    QVERIFY(ways["0"_L1].isNull());
    QVERIFY(ways["1"_L1]["Email"_L1].toString().contains(u'*'));
}

void TestSignIn::recoveryCodeSignsInOnce()
{
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    QCOMPARE(code.size(), 32);
    TestClient::Form form = TestClient::passwordGrant(m_server.account(u"second-step"));
    form[u"twoFactorProvider"_s] = u"8"_s;
    form[u"twoFactorToken"_s] = code;
    QCOMPARE(TestClient(m_server).requestToken(form).status, 200);
    const QJsonObject after = m_server.accountState(u"second-step");
    QVERIFY(after["providers"_L1].toObject().isEmpty());
    QVERIFY(after["recoveryCode"_L1].toString() != code);
}

void TestSignIn::singleSignOnIsDemandedAfterTheRecoveryCode()
{
    QVERIFY(m_server.editAccount(u"second-step", {{u"ssoRequired"_s, true}}));
    TestClient::Form form = TestClient::passwordGrant(m_server.account(u"second-step"));
    const TestClient client(m_server);
    const auto description = [&] {
        return client.requestToken(form).json()["error_description"_L1].toString();
    };
    QCOMPARE(description(), u"Sso authentication is required."_s);
    form[u"twoFactorProvider"_s] = u"8"_s;
    form[u"twoFactorToken"_s] = u"abcdefghijklmnopqrstuvwxyz234567"_s;
    QCOMPARE(description(), u"invalid_username_or_password"_s);
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    form[u"twoFactorToken"_s] = code;
    QCOMPARE(description(),
             u"Two-factor recovery has been performed. SSO authentication is required."_s);
    const QJsonObject after = m_server.accountState(u"second-step");
    QVERIFY(after["providers"_L1].toObject().isEmpty());
    QVERIFY(after["recoveryCode"_L1].toString() != code);
}

void TestSignIn::sessionOutlivesAnotherDerivation_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<bool>("outlives");
    QTest::newRow("official") << u"token"_s << true;
    QTest::newRow("Vaultwarden") << u"classic"_s << false;
}

void TestSignIn::sessionOutlivesAnotherDerivation()
{
    QFETCH(const QString, generation);
    QFETCH(const bool, outlives);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    TestClient client(m_server);
    QVERIFY(client.signIn(m_demo));
    const QJsonObject kdf{{u"type"_s, 0}, {u"iterations"_s, 700'000}};
    // Vaultwarden supports no salt other than the email.
    const QString salt = outlives ? u"pepper"_s : QString();
    QVERIFY(m_server.editAccount(u"demo", {{u"kdf"_s, kdf}, {u"salt"_s, salt}}));
    const RawAnswer refreshed = client.requestToken({{u"grant_type"_s, u"refresh_token"_s},
                                                     {u"client_id"_s, u"web"_s},
                                                     {u"refresh_token"_s, client.refreshToken}});
    QCOMPARE(refreshed.status, outlives ? 200 : 400);
    const RawAnswer told = client.post(u"/identity/accounts/prelogin"_s,
                                       {{u"email"_s, m_demo.email}});
    QCOMPARE(told.json()["kdfIterations"_L1].toInt(), 700'000);
    QCOMPARE(told.json()["salt"_L1].toString(), salt);
    QCOMPARE(client.requestToken(TestClient::passwordGrant(m_demo)).status, 400);
}

void TestSignIn::wrongRecoveryCodeIsRefused()
{
    TestClient::Form form = TestClient::passwordGrant(m_server.account(u"second-step"));
    form[u"twoFactorProvider"_s] = u"8"_s;
    form[u"twoFactorToken"_s] = u"abcdefghijklmnopqrstuvwxyz234567"_s;
    QCOMPARE(refusalOf(form), u"invalid_grant"_s);
    QCOMPARE(m_server.accountState(u"second-step")["providers"_L1].toObject().size(), 2);
}

void TestSignIn::unknownGrantIsRefused()
{
    TestClient::Form form = TestClient::passwordGrant(m_demo);
    form[u"grant_type"_s] = u"authorization_code"_s;
    QCOMPARE(refusalOf(form), u"unsupported_grant_type"_s);
}

void TestSignIn::refreshGivesANewAccessToken()
{
    TestClient client(m_server);
    QVERIFY(client.signIn(m_demo));
    QVERIFY(m_server.expireTokens());
    QCOMPARE(client.get(u"/api/accounts/profile"_s).status, 401);

    const RawAnswer answer = client.requestToken({{u"grant_type"_s, u"refresh_token"_s},
                                                  {u"client_id"_s, u"web"_s},
                                                  {u"refresh_token"_s, client.refreshToken}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()["refresh_token"_L1].toString(), client.refreshToken);
    client.accessToken = answer.json()["access_token"_L1].toString();
    QCOMPARE(client.get(u"/api/accounts/profile"_s).status, 200);
}

void TestSignIn::refreshIsForTheSameClientOnly()
{
    TestClient client(m_server);
    QVERIFY(client.signIn(m_demo));
    QCOMPARE(refusalOf({{u"grant_type"_s, u"refresh_token"_s},
                        {u"client_id"_s, u"desktop"_s},
                        {u"refresh_token"_s, client.refreshToken}}),
             u"invalid_grant"_s);
}

void TestSignIn::revokedSessionCannotRefresh()
{
    TestClient client(m_server);
    QVERIFY(client.signIn(m_demo));
    QVERIFY(m_server.expireTokens(true));
    QCOMPARE(refusalOf({{u"grant_type"_s, u"refresh_token"_s},
                        {u"client_id"_s, u"web"_s},
                        {u"refresh_token"_s, client.refreshToken}}),
             u"invalid_grant"_s);
}

void TestSignIn::tooManyRequestsAreTurnedAway()
{
    QVERIFY(m_server.changeSettings({{u"requestsPerMinute"_s, 3}}));
    const TestClient client(m_server);
    const auto form = TestClient::passwordGrant(m_demo);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client.requestToken(form).status, 200);
    const RawAnswer answer = client.requestToken(form);
    QCOMPARE(answer.status, 429);
    const int wait = answer.header("Retry-After"_ba).toInt();
    QVERIFY(wait > 0 && wait <= 60);

    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    const RawAnswer classic = client.requestToken(form);
    QCOMPARE(classic.status, 429);
    QCOMPARE(classic.json()["message"_L1].toString(), u"Too many login requests"_s);
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
