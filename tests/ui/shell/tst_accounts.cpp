// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountservertest.h"
#include "tests/ui/appstart.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Place = AccountsViewModel::Place;
using Step = SignInViewModel::Step;
using LoadState = TwoStepLoginViewModel::LoadState;

namespace {

const QString tokenPath = u"POST /identity/connect/token"_s;
const QString emailPath = u"POST /api/two-factor/send-email-login"_s;

} // namespace

/// The accounts side by side, and what a keyring keeps of them. Runs with a real Secret Service
/// on a session bus of its own.
class TestAccounts : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void serverKnowsTheDeviceAfterARestart();
    void rememberedDeviceGoesStraightIn();
    void rememberingIsOffAgainAfterAnotherMethod();
    void refusedDeviceAsksForTheSecondStepAndIsForgotten();
    void emailedCodeSurvivesARefusedDevice();
    void forgottenDeviceIsAskedAgain();
    void deviceForgottenWhileItIsBeingRememberedIsAskedAgain();
    void staysSignedInBehindTheLock();
    void staysSignedInOnlyIfAsked();
    void wrongPasswordKeepsTheKeptSession();
    void endedSessionLeadsToSignIn();
    void signingOutEndsStayingSignedIn();
    void stayingSignedInIsSwitchedLater();
    void stayingSignedInIsSwitchedOffWhileTheSessionIsBeingKept();
    void accountsStandSideBySide();
    void lockHoldsForAllAccounts();
    void signingOutOfOneShowsTheOther();
    void accountOnTheListIsSignedInToAgain();
    void unrememberedEmailLeavesNoTrace();
    void unrememberedEmailIsForgottenOnceTheSessionIsNotKept();
    void unrememberedEmailKeepsNoSession();
    void emailOfAKeptSessionIsForgottenWithTheSession();
    void signingOutWhileTheSessionIsBeingKept();
    void signingInAgainReplacesTheSession();
    void backFromAddingAnAccount();
    void accountIsSwitchedWhileItsPasswordIsChecked();

private:
    void start();
    AccountsViewModel &accounts() { return m_start->accounts; }
    void submit(QStringView role);
    void signIn(QStringView role);
    void unlock(QStringView role);
    void submitAuthenticatorCode(bool remember);
    [[nodiscard]] QString key(QStringView role) const;
    [[nodiscard]] QString stateOf(QStringView role);
    [[nodiscard]] QByteArray settingsText() const;
    void waitForTheKeyring();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppStart> m_start;
    int m_number = 0;
};

void TestAccounts::init()
{
    resetServer();
    QVERIFY(m_server.changeSettings({{u"requestsPerMinute"_s, 0}}));
    m_folder = std::make_unique<QTemporaryDir>();
    ++m_number;
    start();
}

void TestAccounts::cleanup()
{
    m_start.reset();
}

void TestAccounts::start()
{
    m_start.reset();
    m_start = std::make_unique<AppStart>(m_folder->filePath(u"sparekey.conf"_s),
                                         u"sparekey-test-%1"_s.arg(m_number));
    accounts().signIn()->server()->preselect({.base = m_server.http().toString()});
}

void TestAccounts::submit(QStringView role)
{
    const auto account = m_server.account(role);
    accounts().signIn()->setEmail(account.email);
    accounts().signIn()->submit(SecureBuffer::fromText(account.password));
}

void TestAccounts::signIn(QStringView role)
{
    submit(role);
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
    QCOMPARE(accounts().account()->email(), m_server.account(role).email);
}

void TestAccounts::unlock(QStringView role)
{
    accounts().unlock()->submit(SecureBuffer::fromText(m_server.account(role).password));
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
}

void TestAccounts::submitAuthenticatorCode(bool remember)
{
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
    auto *secondStep = accounts().signIn()->steps()->secondStep();
    QCOMPARE(secondStep->method(), SecondStepViewModel::Method::Authenticator);
    secondStep->setRememberDevice(remember);
    secondStep->submit(
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString());
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
}

QString TestAccounts::key(QStringView role) const
{
    return accountKey(selfHostedEnvironment({.base = m_server.http().toString()}).value(),
                      m_server.account(role).email);
}

QString TestAccounts::stateOf(QStringView role)
{
    for (const QVariant &entry : accounts().otherAccounts()) {
        if (entry.toMap()[u"key"_s] == key(role))
            return entry.toMap()[u"stateText"_s].toString();
    }
    return {};
}

QByteArray TestAccounts::settingsText() const
{
    // A program that has ended has written them.
    if (m_start)
        m_start->services.settings.flush();
    QFile file(m_folder->filePath(u"sparekey.conf"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// It is asked one after the other: once it has answered this, it has done all from before.
void TestAccounts::waitForTheKeyring()
{
    QVERIFY(QCoro::waitFor(
        m_start->services.store.keepRememberToken(u"other"_s, SecureBuffer::copyOf("token"))));
}

void TestAccounts::serverKnowsTheDeviceAfterARestart()
{
    submit(u"new-device");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
    accounts().signIn()->steps()->newDevice()->submit(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
    QVERIFY2(accounts().notice().isEmpty(), qPrintable(accounts().notice()));
    start();
    signIn(u"new-device");
    QVERIFY(settingsText().contains(m_start->services.identity.device().identifier.toLatin1()));
}

void TestAccounts::rememberedDeviceGoesStraightIn()
{
    submit(u"second-step");
    submitAuthenticatorCode(true);
    QTRY_VERIFY(!accounts().account()->rememberedUntil().isEmpty());
    accounts().signOut();
    QCOMPARE(accounts().place(), Place::SignIn);
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);

    start();
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
    QVERIFY2(!accounts().account()->rememberedUntil().isEmpty(),
             "a server gives no second token, and the first one still holds");
}

void TestAccounts::rememberingIsOffAgainAfterAnotherMethod()
{
    submit(u"every-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
    auto *secondStep = accounts().signIn()->steps()->secondStep();
    QVERIFY(!secondStep->rememberDevice());
    secondStep->setRememberDevice(true);
    secondStep->choose(0);
    QVERIFY(!secondStep->rememberDevice());
    secondStep->setRememberDevice(true);
    accounts().signIn()->cancel();
    submit(u"every-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
    QVERIFY(!secondStep->rememberDevice());
}

void TestAccounts::refusedDeviceAsksForTheSecondStepAndIsForgotten()
{
    submit(u"second-step");
    submitAuthenticatorCode(true);
    QTRY_VERIFY(m_start->services.settings.rememberedUntil(key(u"second-step")));
    accounts().signOut();
    QVERIFY(m_server.forgetRememberedDevices());
    const auto before = m_server.requestedPaths().count(tokenPath);
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
    QCOMPARE(m_server.requestedPaths().count(tokenPath), before + 1);
    QVERIFY(!m_start->services.settings.rememberedUntil(key(u"second-step")));
    QVERIFY(accounts().signIn()->steps()->secondStep()->errorText().isEmpty());
}

// Protocol, rule 9: a token request without a code voids the code in the mailbox.
void TestAccounts::emailedCodeSurvivesARefusedDevice()
{
    QVERIFY(m_server.editAccount(u"second-step",
                                 {{u"providers"_s, QJsonObject{{u"0"_s, false}, {u"1"_s, true}}}}));
    submit(u"second-step");
    auto *secondStep = accounts().signIn()->steps()->secondStep();
    QTRY_COMPARE_WITH_TIMEOUT(m_server.emailedCodes().size(), 1, 20'000);
    QTRY_VERIFY(!secondStep->sendingEmail());
    secondStep->setRememberDevice(true);
    secondStep->submit(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
    QTRY_VERIFY(m_start->services.settings.rememberedUntil(key(u"second-step")));
    accounts().signOut();

    QVERIFY(m_server.forgetRememberedDevices());
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(m_server.emailedCodes().size(), 2, 20'000);
    QTRY_VERIFY(!secondStep->sendingEmail());
    QCOMPARE(m_server.requestedPaths().count(emailPath), 2);
    secondStep->submit(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::Account, 20'000);
}

void TestAccounts::forgottenDeviceIsAskedAgain()
{
    submit(u"second-step");
    submitAuthenticatorCode(true);
    QTRY_VERIFY(!accounts().account()->rememberedUntil().isEmpty());
    QSignalSpy changed(accounts().account(), &AccountViewModel::keptChanged);
    accounts().account()->forgetDevice();
    QCOMPARE(changed.count(), 1);
    QVERIFY(accounts().account()->rememberedUntil().isEmpty());
    accounts().signOut();
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
}

void TestAccounts::deviceForgottenWhileItIsBeingRememberedIsAskedAgain()
{
    submit(u"second-step");
    submitAuthenticatorCode(true);
    QTRY_VERIFY(!accounts().account()->rememberedUntil().isEmpty());
    // As the next sign-in with “Remember this device” begins it.
    (void)m_start->services.store.keepRememberToken(key(u"second-step"),
                                                    SecureBuffer::copyOf("token"));
    accounts().account()->forgetDevice();
    waitForTheKeyring();
    waitForTheKeyring();
    QVERIFY(accounts().account()->rememberedUntil().isEmpty());
    accounts().signOut();
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().signIn()->step(), Step::SecondStep, 20'000);
}

void TestAccounts::staysSignedInBehindTheLock()
{
    accounts().signIn()->setRememberEmail(true);
    accounts().signIn()->setStaySignedIn(true);
    submit(u"second-step");
    submitAuthenticatorCode(false);
    QTRY_VERIFY(accounts().account()->staysSignedIn());

    start();
    QCOMPARE(accounts().place(), Place::Locked);
    QCOMPARE(accounts().unlock()->email(), m_server.account(u"second-step").email);
    QVERIFY(!accounts().account());
    unlock(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().account()->twoStepLogin()->loadState(), LoadState::Loaded,
                              20'000);
    QCOMPARE(accounts().account()->email(), m_server.account(u"second-step").email);
    QVERIFY(accounts().account()->staysSignedIn());
}

void TestAccounts::staysSignedInOnlyIfAsked()
{
    QVERIFY(!accounts().signIn()->staySignedIn());
    accounts().signIn()->setRememberEmail(true);
    signIn(u"demo");
    start();
    QCOMPARE(accounts().place(), Place::SignIn);
    QVERIFY(!m_start->services.settings.staysSignedIn(key(u"demo")));
}

void TestAccounts::wrongPasswordKeepsTheKeptSession()
{
    accounts().signIn()->setStaySignedIn(true);
    signIn(u"demo");
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    start();
    QCOMPARE(accounts().place(), Place::Locked);
    QSignalSpy wanted(accounts().unlock(), &UnlockViewModel::passwordWanted);
    accounts().unlock()->submit(SecureBuffer::fromText(u"not the password"_s));
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 20'000);
    QVERIFY(!accounts().unlock()->errorText().isEmpty());
    QCOMPARE(accounts().place(), Place::Locked);
    unlock(u"demo");
}

void TestAccounts::endedSessionLeadsToSignIn()
{
    accounts().signIn()->setStaySignedIn(true);
    signIn(u"demo");
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    start();
    QVERIFY(m_server.expireTokens(true));
    accounts().unlock()->submit(SecureBuffer::fromText(m_server.account(u"demo").password));
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::SignIn, 20'000);
    QCOMPARE(accounts().signIn()->email(), m_server.account(u"demo").email);
    QVERIFY(!accounts().signIn()->errorText().isEmpty());
    QVERIFY(!m_start->services.settings.staysSignedIn(key(u"demo")));
    signIn(u"demo");
}

void TestAccounts::signingOutEndsStayingSignedIn()
{
    accounts().signIn()->setStaySignedIn(true);
    signIn(u"demo");
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    accounts().signOut();
    QVERIFY(!m_start->services.settings.staysSignedIn(key(u"demo")));
    // The keyring is asked one after the other: once it has answered this, it has removed that.
    QSignalSpy changed(&m_start->services.store, &AccountStore::changed);
    (void)m_start->services.store.keepRememberToken(u"other"_s, SecureBuffer::copyOf("token"));
    QTRY_COMPARE(changed.count(), 1);
    m_start->services.settings.setStaysSignedIn(key(u"demo"), true);
    m_start->services.settings.keepAccount(
        {.environment = selfHostedEnvironment({.base = m_server.http().toString()}).value(),
         .email = m_server.account(u"demo").email});
    start();
    QCOMPARE(accounts().place(), Place::Locked);
    accounts().unlock()->submit(SecureBuffer::fromText(m_server.account(u"demo").password));
    QTRY_COMPARE_WITH_TIMEOUT(accounts().place(), Place::SignIn, 20'000);
}

void TestAccounts::stayingSignedInIsSwitchedLater()
{
    signIn(u"demo");
    accounts().account()->setStaysSignedIn(true);
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    start();
    QCOMPARE(accounts().place(), Place::Locked);
    unlock(u"demo");
    accounts().account()->setStaysSignedIn(false);
    QVERIFY(!accounts().account()->staysSignedIn());
    start();
    QCOMPARE(accounts().place(), Place::SignIn);
}

void TestAccounts::stayingSignedInIsSwitchedOffWhileTheSessionIsBeingKept()
{
    signIn(u"demo");
    accounts().account()->setStaysSignedIn(true);
    QVERIFY(!accounts().account()->staysSignedIn());
    accounts().account()->setStaysSignedIn(false);
    waitForTheKeyring();
    waitForTheKeyring();
    QVERIFY(!accounts().account()->staysSignedIn());
    const auto kept = QCoro::waitFor(m_start->services.keyring.read(key(u"demo") + u"/session"_s));
    QVERIFY(kept && kept->isEmpty());

    accounts().account()->setStaysSignedIn(true);
    accounts().account()->setStaysSignedIn(false);
    accounts().account()->setStaysSignedIn(true);
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    accounts().account()->setStaysSignedIn(false);
    QVERIFY(!accounts().account()->staysSignedIn());
}

void TestAccounts::accountsStandSideBySide()
{
    signIn(u"demo");
    auto *first = accounts().account();
    accounts().addAccount();
    QCOMPARE(accounts().place(), Place::SignIn);
    QVERIFY(accounts().signIn()->email().isEmpty());
    signIn(u"nothing-on");
    auto *second = accounts().account();
    QVERIFY(first != second);
    QCOMPARE(accounts().otherAccounts().size(), 1);

    QSignalSpy shown(&accounts(), &AccountsViewModel::placeChanged);
    accounts().show(key(u"demo"));
    QCOMPARE(accounts().account(), first);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(accounts().place(), Place::Account);
    QTRY_COMPARE_WITH_TIMEOUT(first->twoStepLogin()->loadState(), LoadState::Loaded, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(second->twoStepLogin()->loadState(), LoadState::Loaded, 20'000);
    QVERIFY(first->twoStepLogin()->providers()->turnedOnCount()
            != second->twoStepLogin()->providers()->turnedOnCount());
}

void TestAccounts::lockHoldsForAllAccounts()
{
    signIn(u"demo");
    accounts().addAccount();
    signIn(u"nothing-on");
    accounts().lock();
    QCOMPARE(accounts().place(), Place::Locked);
    accounts().show(key(u"demo"));
    QCOMPARE(accounts().place(), Place::Locked);
    QCOMPARE(accounts().unlock()->email(), m_server.account(u"demo").email);
    unlock(u"demo");
    QCOMPARE(accounts().account()->email(), m_server.account(u"demo").email);
    QCOMPARE(stateOf(u"nothing-on"), u"Locked"_s);
    accounts().show(key(u"nothing-on"));
    QCOMPARE(accounts().place(), Place::Locked);
    QCOMPARE(stateOf(u"demo"), u"Signed in"_s);
}

void TestAccounts::signingOutOfOneShowsTheOther()
{
    accounts().signIn()->setRememberEmail(true);
    signIn(u"demo");
    accounts().addAccount();
    signIn(u"nothing-on");
    accounts().signOut();
    QCOMPARE(accounts().place(), Place::Account);
    QCOMPARE(accounts().account()->email(), m_server.account(u"demo").email);
    QVERIFY(!accounts().account()->session()->hasEnded());
    QCOMPARE(stateOf(u"nothing-on"), u"Signed out"_s);
    accounts().signOut();
    QCOMPARE(accounts().place(), Place::SignIn);
}

void TestAccounts::accountOnTheListIsSignedInToAgain()
{
    accounts().signIn()->setRememberEmail(true);
    signIn(u"demo");
    accounts().addAccount();
    signIn(u"nothing-on");
    start();
    QCOMPARE(accounts().place(), Place::SignIn);
    QCOMPARE(accounts().otherAccounts().size(), 2);
    accounts().signIn()->server()->selectCloud(ServerPickerViewModel::Kind::EuropeanUnion);
    accounts().show(key(u"demo"));
    QCOMPARE(accounts().place(), Place::SignIn);
    QCOMPARE(accounts().signIn()->email(), m_server.account(u"demo").email);
    QCOMPARE(accounts().signIn()->server()->environment(),
             selfHostedEnvironment({.base = m_server.http().toString()}).value());
    signIn(u"demo");
    QCOMPARE(accounts().otherAccounts().size(), 1);
}

void TestAccounts::unrememberedEmailLeavesNoTrace()
{
    signIn(u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(accounts().account()->twoStepLogin()->loadState(), LoadState::Loaded,
                              20'000);
    accounts().account()->setStaysSignedIn(true);
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    accounts().signOut();
    QVERIFY(accounts().otherAccounts().isEmpty());
    const QString file = m_start->services.settings.file();
    m_start.reset();
    QFile settings(file);
    QVERIFY(settings.open(QIODevice::ReadOnly));
    const QByteArray text = settings.readAll();
    QVERIFY(text.contains("kdf"));
    QVERIFY(!text.contains(m_server.account(u"demo").email.toUtf8()));
}

void TestAccounts::unrememberedEmailIsForgottenOnceTheSessionIsNotKept()
{
    signIn(u"demo");
    accounts().account()->setStaysSignedIn(true);
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    QVERIFY(m_start->services.settings.hasAccount(key(u"demo")));
    accounts().account()->setStaysSignedIn(false);
    m_start.reset();
    QVERIFY(settingsText().contains("kdf"));
    QVERIFY(!settingsText().contains(m_server.account(u"demo").email.toUtf8()));
}

// The box to stay signed in is hidden together with the email's.
void TestAccounts::unrememberedEmailKeepsNoSession()
{
    accounts().signIn()->setRememberEmail(true);
    accounts().signIn()->setStaySignedIn(true);
    accounts().signIn()->setRememberEmail(false);
    QVERIFY(!accounts().signIn()->staySignedIn());
}

void TestAccounts::emailOfAKeptSessionIsForgottenWithTheSession()
{
    accounts().signIn()->setRememberEmail(true);
    signIn(u"demo");
    accounts().account()->setStaysSignedIn(true);
    QTRY_VERIFY(accounts().account()->staysSignedIn());
    accounts().addAccount();
    accounts().signIn()->setRememberEmail(true);
    accounts().signIn()->setEmail(m_server.account(u"demo").email);
    accounts().signIn()->setRememberEmail(false);
    QVERIFY2(m_start->services.settings.hasAccount(key(u"demo")),
             "its session would be out of reach");
    accounts().goBack();
    accounts().signOut();
    waitForTheKeyring();
    QVERIFY(!m_start->services.settings.hasAccount(key(u"demo")));
    QVERIFY(!m_start->services.settings.staysSignedIn(key(u"demo")));
}

void TestAccounts::signingOutWhileTheSessionIsBeingKept()
{
    signIn(u"demo");
    accounts().account()->setStaysSignedIn(true);
    accounts().signOut();
    // The first wait lets what was begun find out; the second, what that begins.
    waitForTheKeyring();
    waitForTheKeyring();
    QVERIFY(!m_start->services.settings.staysSignedIn(key(u"demo")));
    const auto kept = QCoro::waitFor(m_start->services.keyring.read(key(u"demo") + u"/session"_s));
    QVERIFY(kept);
    QVERIFY2(kept->isEmpty(), "nobody would ever ask for it or remove it");
}

void TestAccounts::signingInAgainReplacesTheSession()
{
    signIn(u"demo");
    const auto before = accounts().account()->session();
    accounts().addAccount();
    signIn(u"demo");
    QVERIFY(accounts().otherAccounts().isEmpty());
    QVERIFY(before->hasEnded());
    QVERIFY(!accounts().account()->session()->hasEnded());
}

void TestAccounts::backFromAddingAnAccount()
{
    QVERIFY(!accounts().canGoBack());
    signIn(u"demo");
    accounts().addAccount();
    QVERIFY(accounts().canGoBack());
    accounts().goBack();
    QCOMPARE(accounts().place(), Place::Account);
    accounts().addAccount();
    accounts().lock();
    QCOMPARE(accounts().place(), Place::SignIn);
    accounts().goBack();
    QCOMPARE(accounts().place(), Place::Locked);
}

void TestAccounts::accountIsSwitchedWhileItsPasswordIsChecked()
{
    signIn(u"demo");
    accounts().addAccount();
    signIn(u"nothing-on");
    accounts().lock();
    accounts().unlock()->submit(SecureBuffer::fromText(m_server.account(u"nothing-on").password));
    accounts().show(key(u"demo"));
    const auto asked = [this] {
        return m_server.requestedPaths().contains(u"POST /api/accounts/verify-password"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(asked(), 20'000);
    QTest::qWait(200);
    QCOMPARE(accounts().place(), Place::Locked);
    QCOMPARE(stateOf(u"nothing-on"), u"Locked"_s);
    unlock(u"demo");
}

QTEST_MAIN(TestAccounts)
#include "tst_accounts.moc"
