// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountservertest.h"
#include "tests/ui/appstart.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Place = AccountsViewModel::Place;

/// On a session bus without a Secret Service.
class TestAccountsWithoutKeyring : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSameDeviceAfterTheNextStart();
    void saysOnceThatNothingIsKeptAndAnswersEachTry();
    void saysItAgainAtTheNextSignInThatAsksForIt();
    void rememberedDeviceIsAskedForTheSecondStep();
    void rememberedDeviceIsNotedAlsoAtALaterSignIn();
    void signsInThoughTheSettingsPromiseAToken();

private:
    // A code is good once; `number` is that of one that nobody has used yet.
    void signInAndRemember(AppStart &start, int number);
    void signIn(AccountsViewModel &app, QStringView role);

    QTemporaryDir m_folder;
};

void TestAccountsWithoutKeyring::signIn(AccountsViewModel &app, QStringView role)
{
    const auto account = m_server.account(role);
    app.signIn()->server()->preselect({.base = m_server.http().toString()});
    app.signIn()->setEmail(account.email);
    app.signIn()->submit(SecureBuffer::fromText(account.password));
}

void TestAccountsWithoutKeyring::isTheSameDeviceAfterTheNextStart()
{
    const QString file = m_folder.filePath(u"new-device.conf"_s);
    {
        AppStart start(file, u"sparekey-test"_s);
        signIn(start.accounts, u"new-device");
        QTRY_COMPARE_WITH_TIMEOUT(start.accounts.signIn()->step(),
                                  SignInViewModel::Step::SecondStep, 20'000);
        start.accounts.signIn()->steps()->newDevice()->submit(m_server.emailedCodes().last());
        QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
        // Nobody has asked for anything to be kept.
        QVERIFY2(start.accounts.notice().isEmpty(), qPrintable(start.accounts.notice()));
    }
    AppStart start(file, u"sparekey-test"_s);
    signIn(start.accounts, u"new-device");
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
}

void TestAccountsWithoutKeyring::saysOnceThatNothingIsKeptAndAnswersEachTry()
{
    AppStart start(m_folder.filePath(u"once.conf"_s), u"sparekey-test"_s);
    QSignalSpy noticed(&start.accounts, &AccountsViewModel::noticeChanged);
    start.accounts.signIn()->setStaySignedIn(true);
    signIn(start.accounts, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(start.accounts.notice().contains(u"keyring"_s), 20'000);
    QVERIFY(!start.accounts.account()->staysSignedIn());
    start.accounts.dismissNotice();
    QVERIFY(start.accounts.notice().isEmpty());

    QSignalSpy notDone(&start.accounts, &AccountsViewModel::notDone);
    for (int time = 1; time <= 2; ++time) {
        start.accounts.account()->setStaysSignedIn(true);
        QTRY_COMPARE_WITH_TIMEOUT(notDone.count(), time, 20'000);
        QVERIFY(notDone.last().first().toString().contains(u"Stay signed in"_s));
        QVERIFY(!start.accounts.account()->staysSignedIn());
    }
    QVERIFY(start.accounts.notice().isEmpty());
    QCOMPARE(noticed.count(), 2);
    QCOMPARE(start.accounts.place(), Place::Account);
}

void TestAccountsWithoutKeyring::saysItAgainAtTheNextSignInThatAsksForIt()
{
    AppStart start(m_folder.filePath(u"again.conf"_s), u"sparekey-test"_s);
    start.accounts.signIn()->setStaySignedIn(true);
    signIn(start.accounts, u"demo");
    QTRY_VERIFY_WITH_TIMEOUT(!start.accounts.notice().isEmpty(), 20'000);
    start.accounts.dismissNotice();
    start.accounts.addAccount();
    signIn(start.accounts, u"nothing-on");
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
    QTest::qWait(200);
    QVERIFY2(start.accounts.notice().isEmpty(), "nobody has asked for anything");

    start.accounts.addAccount();
    start.accounts.signIn()->setStaySignedIn(true);
    signIn(start.accounts, u"argon2");
    QTRY_VERIFY_WITH_TIMEOUT(!start.accounts.notice().isEmpty(), 20'000);
    QCOMPARE(start.accounts.account()->email(), m_server.account(u"argon2").email);
}

void TestAccountsWithoutKeyring::signInAndRemember(AppStart &start, int number)
{
    signIn(start.accounts, u"second-step");
    auto *step = start.accounts.signIn();
    QTRY_COMPARE_WITH_TIMEOUT(step->step(), SignInViewModel::Step::SecondStep, 20'000);
    step->steps()->secondStep()->setRememberDevice(true);
    step->steps()->secondStep()->submit(
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][number].toString());
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
}

void TestAccountsWithoutKeyring::rememberedDeviceIsAskedForTheSecondStep()
{
    AppStart start(m_folder.filePath(u"device.conf"_s), u"sparekey-test"_s);
    signInAndRemember(start, 1);
    QTRY_VERIFY_WITH_TIMEOUT(!start.accounts.notice().isEmpty(), 20'000);
    QVERIFY(start.accounts.account()->rememberedUntil().isEmpty());
}

void TestAccountsWithoutKeyring::rememberedDeviceIsNotedAlsoAtALaterSignIn()
{
    AppStart start(m_folder.filePath(u"later.conf"_s), u"sparekey-test"_s);
    signIn(start.accounts, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
    start.accounts.addAccount();
    signInAndRemember(start, 2);
    QTRY_VERIFY_WITH_TIMEOUT(!start.accounts.notice().isEmpty(), 20'000);
}

void TestAccountsWithoutKeyring::signsInThoughTheSettingsPromiseAToken()
{
    AppStart start(m_folder.filePath(u"promise.conf"_s), u"sparekey-test"_s);
    const auto environment = selfHostedEnvironment({.base = m_server.http().toString()}).value();
    start.services.settings.setRememberedUntil(accountKey(environment,
                                                          m_server.account(u"demo").email),
                                               QDateTime::currentDateTimeUtc().addDays(1));
    signIn(start.accounts, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(start.accounts.place(), Place::Account, 20'000);
}

QTEST_MAIN(TestAccountsWithoutKeyring)
#include "tst_accountswithoutkeyring.moc"
