// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/outbox.h"
#include "tests/account_server/tests/testclient.h"
#include "tests/account_server/totp.h"
#include "tests/account_server/virtualyubikey.h"
#include "tests/core/generations.h"
#include "tests/support/accountservertest.h"

#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

/// The numbers in the protocol.
enum class Step {
    Authenticator = 0,
    Email = 1,
    Duo = 2,
    YubiKey = 3,
    Remember = 5,
    OrganizationDuo = 6,
    RecoveryCode = 8,
};

} // namespace

/// The second step at sign-in: the codes themselves, and how `connect/token` checks them.
class TestSecondStep : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void codesFollowTheStandard_data();
    void codesFollowTheStandard();
    void keysAreReadAsTheyAreShown();
    void aKeyTypesCodesThatCountUpwards();
    void aChangedCodeOfAKeyIsRefused();
    void emailedCodesEnd();

    void authenticatorCodeSignsInOnce_data();
    void authenticatorCodeSignsInOnce();
    void emailedCodeSignsInOnce_data();
    void emailedCodeSignsInOnce();
    void officialChallengeMakesANewEmailedCode();
    void yubicoCodeSignsInOnce();
    void duoAnswerSignsInOnce();
    void organizationAsksForItsDuo();
    void recoveryCodeLiftsNoDuoOfAnOrganization();
    void rememberedDeviceNeedsNoSecondStep();
    void vaultwardenTakesNumbersThatAreNoneForAbsent();
    void newDeviceHasToShowItsCode();
    void oldRecoveryTurnsAllOff_data();
    void oldRecoveryTurnsAllOff();
    void newServersHaveNoOldRecovery();

private:
    /// The status of a sign-in with this second step.
    int statusWith(QStringView role, Step step, const QString &token);
    QStringList authenticatorCodes(QStringView role);
};

int TestSecondStep::statusWith(QStringView role, Step step, const QString &token)
{
    TestClient::Form form = TestClient::passwordGrant(m_server.account(role));
    form[u"twoFactorProvider"_s] = QString::number(int(step));
    form[u"twoFactorToken"_s] = token;
    return TestClient(m_server).requestToken(form).status;
}

QStringList TestSecondStep::authenticatorCodes(QStringView role)
{
    QStringList codes;
    for (const QJsonValue code : m_server.accountState(role)["authenticatorCodes"_L1].toArray())
        codes.append(code.toString());
    return codes;
}

void TestSecondStep::codesFollowTheStandard_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("code");
    // RFC 6238, Appendix B, SHA-1; the last six of eight digits.
    QTest::newRow("1970") << qint64(59) << u"287082"_s;
    QTest::newRow("2005") << qint64(1111111109) << u"081804"_s;
    QTest::newRow("2009") << qint64(1234567890) << u"005924"_s;
    QTest::newRow("2603") << qint64(20000000000) << u"353130"_s;
}

void TestSecondStep::codesFollowTheStandard()
{
    QFETCH(const qint64, seconds);
    QFETCH(const QString, code);
    QCOMPARE(totpCode("12345678901234567890"_ba, seconds / 30), code);
}

void TestSecondStep::keysAreReadAsTheyAreShown()
{
    // RFC 4648, 10.
    QCOMPARE(base32("foobar"_ba), u"MZXW6YTBOI"_s);
    QCOMPARE(fromBase32(u"mzxw 6ytb oi"_s), std::optional("foobar"_ba));
    QCOMPARE(fromBase32(u"MZXW1"_s), std::nullopt);
}

void TestSecondStep::aKeyTypesCodesThatCountUpwards()
{
    YubicoService service;
    VirtualYubiKey &key = service.key(u"ring"_s);
    const QString first = key.touch();
    const QString second = key.touch();
    QCOMPARE(first.size(), 44);
    QVERIFY(first.startsWith("cccccc"_L1));
    QCOMPARE(first.first(12), second.first(12));
    QVERIFY(service.accept(second));
    QVERIFY(!service.accept(second));
    QVERIFY(!service.accept(first));
    key.plugInAgain();
    QVERIFY(service.accept(key.touch()));
    QVERIFY(!service.accept(VirtualYubiKey(YubiKeySecret::named(u"other"_s)).touch()));
}

void TestSecondStep::aChangedCodeOfAKeyIsRefused()
{
    YubicoService service;
    QString code = service.key(u"ring"_s).touch();
    code[43] = code[43] == u'c' ? u'b' : u'c';
    QVERIFY(!service.accept(code));
    QVERIFY(!service.accept(code.first(42)));
    QVERIFY(!service.accept(QString(code.first(42) + u"aa"_s)));
}

void TestSecondStep::emailedCodesEnd()
{
    EmailedCodes codes;
    const auto life = std::chrono::seconds(300);
    const QString code = codes.make(u"a"_s, life, 2);
    QCOMPARE(code.size(), 6);
    QVERIFY(!codes.accept(u"b"_s, code));
    QVERIFY(!codes.accept(u"a"_s, u"wrong"_s));
    QVERIFY(codes.accept(u"a"_s, code));
    QVERIFY(!codes.accept(u"a"_s, code));

    const QString tried = codes.make(u"a"_s, life, 2);
    QVERIFY(!codes.accept(u"a"_s, u"wrong"_s));
    QVERIFY(!codes.accept(u"a"_s, u"wrong"_s));
    QVERIFY(!codes.accept(u"a"_s, tried));

    const QString late = codes.make(u"a"_s, life, 2);
    codes.expireAll();
    QVERIFY(!codes.accept(u"a"_s, late));
}

void TestSecondStep::authenticatorCodeSignsInOnce_data()
{
    eachGeneration();
}

void TestSecondStep::authenticatorCodeSignsInOnce()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const QStringList codes = authenticatorCodes(u"second-step");
    QCOMPARE(codes.size(), 3);
    QCOMPARE(statusWith(u"second-step", Step::Authenticator, codes[2]), 200);
    QCOMPARE(statusWith(u"second-step", Step::Authenticator, codes[2]), 400);
    // Vaultwarden does not accept an earlier code either.
    const bool vaultwarden = generation == "classic"_L1 || generation == "pascal"_L1;
    QCOMPARE(statusWith(u"second-step", Step::Authenticator, codes[1]), vaultwarden ? 400 : 200);
    QCOMPARE(statusWith(u"second-step", Step::Authenticator, u"12"_s), 400);
}

void TestSecondStep::emailedCodeSignsInOnce_data()
{
    authenticatorCodeSignsInOnce_data();
}

void TestSecondStep::emailedCodeSignsInOnce()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto account = m_server.account(u"second-step");
    const TestClient client(m_server);
    const QString path = u"/api/two-factor/send-email-login"_s;
    QCOMPARE(client.post(path, {{u"email"_s, account.email}}).status, 400);
    QVERIFY(m_server.emailedCodes().isEmpty());
    const QJsonObject body{{u"email"_s, account.email},
                           {u"masterPasswordHash"_s, TestClient::hashOf(account)}};
    QCOMPARE(client.post(path, body).status, 200);
    const QString code = m_server.emailedCodes().value(0);
    QCOMPARE(statusWith(u"second-step", Step::Email, u"x"_s), 400);
    QCOMPARE(statusWith(u"second-step", Step::Email, code), 200);
    QCOMPARE(statusWith(u"second-step", Step::Email, code), 400);
}

void TestSecondStep::officialChallengeMakesANewEmailedCode()
{
    const auto account = m_server.account(u"second-step");
    const TestClient client(m_server);
    const QJsonObject body{{u"email"_s, account.email},
                           {u"masterPasswordHash"_s, TestClient::hashOf(account)}};
    QCOMPARE(client.post(u"/api/two-factor/send-email-login"_s, body).status, 200);
    QCOMPARE(client.requestToken(TestClient::passwordGrant(account)).status, 400);
    QCOMPARE(statusWith(u"second-step", Step::Email, m_server.emailedCodes().value(0)), 400);
}

void TestSecondStep::yubicoCodeSignsInOnce()
{
    const QString code = m_server.touchYubiKey(u"every-step"_s);
    QCOMPARE(statusWith(u"every-step", Step::YubiKey, m_server.touchYubiKey(u"x"_s)), 400);
    QCOMPARE(statusWith(u"every-step", Step::YubiKey, code), 200);
    QCOMPARE(statusWith(u"every-step", Step::YubiKey, code), 400);
}

void TestSecondStep::duoAnswerSignsInOnce()
{
    const auto form = TestClient::passwordGrant(m_server.account(u"every-step"));
    const RawAnswer challenge = TestClient(m_server).requestToken(form);
    const QUrl address(challenge.json()["TwoFactorProviders2"_L1]["2"_L1]["AuthUrl"_L1].toString());
    QCOMPARE(address.scheme(), u"https"_s);
    const QString state = m_server.accountState(u"every-step")["duoState"_L1].toString();
    // Acts as the browser of a user who confirms, with the account server instead of Duo.
    const auto at = [this](const QUrl &url) {
        return TestClient(m_server).get(url.path() + u'?' + url.query(QUrl::FullyEncoded));
    };
    const RawAnswer confirmed = at(address);
    QCOMPARE(confirmed.status, 302);
    const QUrl back(QString::fromUtf8(confirmed.header("Location"_ba)));
    QCOMPARE(back.query(),
             QString(u"client=web&state="_s + state + u"&code=duo-"_s + state.first(8)));
    QCOMPARE(at(back).status, 200);
    QUrl forged = address;
    forged.setQuery(address.query().chopped(1) + u'#');
    QCOMPARE(at(forged).status, 400);

    const QString token = u"duo-"_s + state.first(8) + u'|' + state;
    QCOMPARE(statusWith(u"every-step", Step::Duo, token), 200);
    QCOMPARE(statusWith(u"every-step", Step::Duo, token), 400);
}

void TestSecondStep::organizationAsksForItsDuo()
{
    QVERIFY(m_server.changeSettings({{u"organizationDuo"_s, true}}));
    const auto form = TestClient::passwordGrant(m_server.account(u"second-step"));
    const TestClient client(m_server);
    const QJsonObject ways = client.requestToken(form).json()["TwoFactorProviders2"_L1].toObject();
    QCOMPARE(ways.keys(), (QStringList{u"0"_s, u"1"_s, u"6"_s}));
    const QUrl address(ways["6"_L1]["AuthUrl"_L1].toString());
    const RawAnswer confirmed = client.get(address.path() + u'?'
                                           + address.query(QUrl::FullyEncoded));
    QCOMPARE(confirmed.status, 302);
    const QUrlQuery back(QUrl(QString::fromUtf8(confirmed.header("Location"_ba))));
    const QString token = back.queryItemValue(u"code"_s) + u'|' + back.queryItemValue(u"state"_s);
    QCOMPARE(statusWith(u"second-step", Step::OrganizationDuo, token), 200);
    QCOMPARE(statusWith(u"second-step", Step::OrganizationDuo, token), 400);

    // Not asked for: accounts that are not members, and all accounts on Vaultwarden.
    QCOMPARE(client.requestToken(TestClient::passwordGrant(m_server.account(u"argon2"))).status,
             200);
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    QCOMPARE(client.requestToken(form).json()["TwoFactorProviders2"_L1].toObject().keys(),
             (QStringList{u"0"_s, u"1"_s}));
}

void TestSecondStep::recoveryCodeLiftsNoDuoOfAnOrganization()
{
    QVERIFY(m_server.changeSettings({{u"organizationDuo"_s, true}}));
    QVERIFY(m_server.editAccount(
        u"second-step",
        {{u"providers"_s, QJsonObject{{u"0"_s, QJsonValue::Null}, {u"1"_s, QJsonValue::Null}}}}));
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    QCOMPARE(statusWith(u"second-step", Step::RecoveryCode, code), 500);
    QCOMPARE(m_server.accountState(u"second-step")["recoveryCode"_L1].toString(), code);
}

void TestSecondStep::rememberedDeviceNeedsNoSecondStep()
{
    TestClient::Form form = TestClient::passwordGrant(m_server.account(u"second-step"));
    form[u"twoFactorProvider"_s] = u"0"_s;
    form[u"twoFactorToken"_s] = authenticatorCodes(u"second-step").value(1);
    form[u"twoFactorRemember"_s] = u"1"_s;
    const RawAnswer answer = TestClient(m_server).requestToken(form);
    const QString remember = answer.json()["TwoFactorToken"_L1].toString();
    QVERIFY(!remember.isEmpty());
    QCOMPARE(statusWith(u"second-step", Step::Remember, remember), 200);

    form[u"twoFactorProvider"_s] = u"5"_s;
    form[u"twoFactorToken"_s] = remember;
    form[u"deviceIdentifier"_s] = u"00000000-0000-4000-8000-000000000000"_s;
    const RawAnswer elsewhere = TestClient(m_server).requestToken(form);
    QCOMPARE(elsewhere.status, 400);
    QVERIFY(!elsewhere.json()["TwoFactorProviders2"_L1].toObject().isEmpty());

    QVERIFY(m_server.forgetRememberedDevices());
    QCOMPARE(statusWith(u"second-step", Step::Remember, remember), 400);
}

void TestSecondStep::vaultwardenTakesNumbersThatAreNoneForAbsent()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    TestClient::Form form = TestClient::passwordGrant(m_server.account(u"second-step"));
    form[u"twoFactorProvider"_s] = u"first"_s;
    form[u"twoFactorToken"_s] = authenticatorCodes(u"second-step").value(1);
    form[u"twoFactorRemember"_s] = u"true"_s;
    const RawAnswer answer = TestClient(m_server).requestToken(form);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.json().contains("TwoFactorToken"_L1));
}

void TestSecondStep::newDeviceHasToShowItsCode()
{
    const auto account = m_server.account(u"new-device");
    const TestClient client(m_server);
    TestClient::Form form = TestClient::passwordGrant(account);
    QCOMPARE(client.requestToken(form).json()["error"_L1].toString(), u"device_error"_s);
    QCOMPARE(m_server.emailedCodes().size(), 1);
    QCOMPARE(client
                 .post(u"/api/accounts/resend-new-device-otp"_s,
                       {{u"email"_s, account.email},
                        {u"masterPasswordHash"_s, TestClient::hashOf(account)}})
                 .status,
             200);
    QCOMPARE(m_server.emailedCodes().size(), 2);

    form[u"newDeviceOtp"_s] = m_server.emailedCodes().first();
    const RawAnswer old = client.requestToken(form);
    QCOMPARE(old.status, 400);
    QCOMPARE(old.json()["error_description"_L1].toString(), u"Invalid New Device OTP"_s);
    QCOMPARE(old.json()["ErrorModel"_L1]["Message"_L1].toString(), u"invalid new device otp"_s);
    form[u"newDeviceOtp"_s] = m_server.emailedCodes().last();
    QCOMPARE(client.requestToken(form).status, 200);
    form.remove(u"newDeviceOtp"_s);
    QCOMPARE(client.requestToken(form).status, 200);
}

void TestSecondStep::oldRecoveryTurnsAllOff_data()
{
    QTest::addColumn<QString>("generation");
    QTest::newRow("middle") << u"middle"_s;
    QTest::newRow("pascal") << u"pascal"_s;
}

void TestSecondStep::oldRecoveryTurnsAllOff()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto account = m_server.account(u"second-step");
    const TestClient client(m_server);
    QJsonObject body{{u"email"_s, account.email},
                     {u"masterPasswordHash"_s, TestClient::hashOf(account)},
                     {u"recoveryCode"_s, u"wrong"_s}};
    QCOMPARE(client.post(u"/api/two-factor/recover"_s, body).status, 400);
    body[u"recoveryCode"_s] = m_server.accountState(u"second-step")["recoveryCode"_L1];
    QCOMPARE(client.post(u"/api/two-factor/recover"_s, body).status, 200);
    QCOMPARE(client.requestToken(TestClient::passwordGrant(account)).status, 200);
}

void TestSecondStep::newServersHaveNoOldRecovery()
{
    for (const QString &generation : {u"classic"_s, u"token"_s}) {
        QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
        QCOMPARE(TestClient(m_server).post(u"/api/two-factor/recover"_s, {}).status, 404);
    }
}

QTEST_GUILESS_MAIN(TestSecondStep)
#include "tst_secondstep.moc"
