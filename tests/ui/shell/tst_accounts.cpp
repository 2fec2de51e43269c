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

using Place = AppViewModel::Place;
using Step = SignInViewModel::Step;
using LoadState = TwoStepLoginViewModel::LoadState;

namespace {

const QString tokenPath = u"POST /identity/connect/token"_s;
const QString mailPath = u"POST /api/two-factor/send-email-login"_s;

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
    void mailedCodeSurvivesARefusedDevice();
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
    AppViewModel &app() { return m_start->app; }
    void submit(QStringView role);
    void signIn(QStringView role);
    void unlock(QStringView role);
    void giveAuthenticatorCode(bool remember);
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
    app().signIn()->server()->preselect({.base = m_server.http().toString()});
}

void TestAccounts::submit(QStringView role)
{
    const auto account = m_server.account(role);
    app().signIn()->setEmail(account.email);
    app().signIn()->submit(SecureBuffer::fromText(account.password));
}

void TestAccounts::signIn(QStringView role)
{
    submit(role);
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
    QCOMPARE(app().account()->email(), m_server.account(role).email);
}

void TestAccounts::unlock(QStringView role)
{
    app().unlock()->submit(SecureBuffer::fromText(m_server.account(role).password));
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
}

void TestAccounts::giveAuthenticatorCode(bool remember)
{
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
    auto *secondStep = app().signIn()->secondStep();
    QCOMPARE(secondStep->method(), SecondStepViewModel::Method::Authenticator);
    secondStep->setRememberDevice(remember);
    secondStep->submit(
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString());
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
}

QString TestAccounts::key(QStringView role) const
{
    return accountKey(selfHostedEnvironment({.base = m_server.http().toString()}).value(),
                      m_server.account(role).email);
}

QString TestAccounts::stateOf(QStringView role)
{
    for (const QVariant &entry : app().otherAccounts()) {
        if (entry.toMap()[u"key"_s] == key(role))
            return entry.toMap()[u"stateText"_s].toString();
    }
    return {};
}

QByteArray TestAccounts::settingsText() const
{
    QFile file(m_folder->filePath(u"sparekey.conf"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// It is asked one after the other: once it has answered this, it has done all from before.
void TestAccounts::waitForTheKeyring()
{
    QVERIFY(QCoro::waitFor(
        m_start->store.keepRememberToken(u"other"_s, SecureBuffer::copyOf("token"))));
}

void TestAccounts::serverKnowsTheDeviceAfterARestart()
{
    submit(u"new-device");
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
    app().signIn()->secondStep()->submit(m_server.mailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
    QVERIFY2(app().notice().isEmpty(), qPrintable(app().notice()));
    start();
    signIn(u"new-device");
    QVERIFY(settingsText().contains(m_start->identity.device().identifier.toLatin1()));
}

void TestAccounts::rememberedDeviceGoesStraightIn()
{
    submit(u"second-step");
    giveAuthenticatorCode(true);
    QTRY_VERIFY(!app().account()->rememberedUntil().isEmpty());
    app().signOut();
    QCOMPARE(app().place(), Place::SignIn);
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);

    start();
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
    QVERIFY2(!app().account()->rememberedUntil().isEmpty(),
             "a server gives no second token, and the first one still holds");
}

void TestAccounts::rememberingIsOffAgainAfterAnotherMethod()
{
    submit(u"every-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
    auto *secondStep = app().signIn()->secondStep();
    QVERIFY(!secondStep->rememberDevice());
    secondStep->setRememberDevice(true);
    secondStep->choose(0);
    QVERIFY(!secondStep->rememberDevice());
    secondStep->setRememberDevice(true);
    app().signIn()->cancel();
    submit(u"every-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
    QVERIFY(!secondStep->rememberDevice());
}

void TestAccounts::refusedDeviceAsksForTheSecondStepAndIsForgotten()
{
    submit(u"second-step");
    giveAuthenticatorCode(true);
    QTRY_VERIFY(m_start->settings.rememberedUntil(key(u"second-step")));
    app().signOut();
    QVERIFY(m_server.forgetRememberedDevices());
    const auto before = m_server.requestedPaths().count(tokenPath);
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
    QCOMPARE(m_server.requestedPaths().count(tokenPath), before + 1);
    QVERIFY(!m_start->settings.rememberedUntil(key(u"second-step")));
    QVERIFY(app().signIn()->secondStep()->errorText().isEmpty());
}

// Protocol, rule 9: a token request without a code voids the code in the mailbox.
void TestAccounts::mailedCodeSurvivesARefusedDevice()
{
    QVERIFY(m_server.editAccount(u"second-step",
                                 {{u"providers"_s, QJsonObject{{u"0"_s, false}, {u"1"_s, true}}}}));
    submit(u"second-step");
    auto *secondStep = app().signIn()->secondStep();
    QTRY_COMPARE_WITH_TIMEOUT(m_server.mailedCodes().size(), 1, 20'000);
    QTRY_VERIFY(!secondStep->busy());
    secondStep->setRememberDevice(true);
    secondStep->submit(m_server.mailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
    QTRY_VERIFY(m_start->settings.rememberedUntil(key(u"second-step")));
    app().signOut();

    QVERIFY(m_server.forgetRememberedDevices());
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(m_server.mailedCodes().size(), 2, 20'000);
    QTRY_VERIFY(!secondStep->busy());
    QCOMPARE(m_server.requestedPaths().count(mailPath), 2);
    secondStep->submit(m_server.mailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::Account, 20'000);
}

void TestAccounts::forgottenDeviceIsAskedAgain()
{
    submit(u"second-step");
    giveAuthenticatorCode(true);
    QTRY_VERIFY(!app().account()->rememberedUntil().isEmpty());
    QSignalSpy changed(app().account(), &AccountViewModel::keptChanged);
    app().account()->forgetDevice();
    QCOMPARE(changed.count(), 1);
    QVERIFY(app().account()->rememberedUntil().isEmpty());
    app().signOut();
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
}

void TestAccounts::deviceForgottenWhileItIsBeingRememberedIsAskedAgain()
{
    submit(u"second-step");
    giveAuthenticatorCode(true);
    QTRY_VERIFY(!app().account()->rememberedUntil().isEmpty());
    // As the next sign-in with “Remember this device” begins it.
    (void)m_start->store.keepRememberToken(key(u"second-step"), SecureBuffer::copyOf("token"));
    app().account()->forgetDevice();
    waitForTheKeyring();
    waitForTheKeyring();
    QVERIFY(app().account()->rememberedUntil().isEmpty());
    app().signOut();
    submit(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().signIn()->step(), Step::SecondStep, 20'000);
}

void TestAccounts::staysSignedInBehindTheLock()
{
    app().signIn()->setRememberEmail(true);
    app().signIn()->setStaySignedIn(true);
    submit(u"second-step");
    giveAuthenticatorCode(false);
    QTRY_VERIFY(app().account()->staysSignedIn());

    start();
    QCOMPARE(app().place(), Place::Locked);
    QCOMPARE(app().unlock()->email(), m_server.account(u"second-step").email);
    QVERIFY(!app().account());
    unlock(u"second-step");
    QTRY_COMPARE_WITH_TIMEOUT(app().account()->twoStepLogin()->loadState(), LoadState::Loaded,
                              20'000);
    QCOMPARE(app().account()->email(), m_server.account(u"second-step").email);
    QVERIFY(app().account()->staysSignedIn());
}

void TestAccounts::staysSignedInOnlyIfAsked()
{
    QVERIFY(!app().signIn()->staySignedIn());
    app().signIn()->setRememberEmail(true);
    signIn(u"demo");
    start();
    QCOMPARE(app().place(), Place::SignIn);
    QVERIFY(!m_start->settings.staysSignedIn(key(u"demo")));
}

void TestAccounts::wrongPasswordKeepsTheKeptSession()
{
    app().signIn()->setStaySignedIn(true);
    signIn(u"demo");
    QTRY_VERIFY(app().account()->staysSignedIn());
    start();
    QCOMPARE(app().place(), Place::Locked);
    QSignalSpy wanted(app().unlock(), &UnlockViewModel::passwordWanted);
    app().unlock()->submit(SecureBuffer::fromText(u"not the password"_s));
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, 20'000);
    QVERIFY(!app().unlock()->errorText().isEmpty());
    QCOMPARE(app().place(), Place::Locked);
    unlock(u"demo");
}

void TestAccounts::endedSessionLeadsToSignIn()
{
    app().signIn()->setStaySignedIn(true);
    signIn(u"demo");
    QTRY_VERIFY(app().account()->staysSignedIn());
    start();
    QVERIFY(m_server.expireTokens(true));
    app().unlock()->submit(SecureBuffer::fromText(m_server.account(u"demo").password));
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::SignIn, 20'000);
    QCOMPARE(app().signIn()->email(), m_server.account(u"demo").email);
    QVERIFY(!app().signIn()->errorText().isEmpty());
    QVERIFY(!m_start->settings.staysSignedIn(key(u"demo")));
    signIn(u"demo");
}

void TestAccounts::signingOutEndsStayingSignedIn()
{
    app().signIn()->setStaySignedIn(true);
    signIn(u"demo");
    QTRY_VERIFY(app().account()->staysSignedIn());
    app().signOut();
    QVERIFY(!m_start->settings.staysSignedIn(key(u"demo")));
    // The keyring is asked one after the other: once it has answered this, it has removed that.
    QSignalSpy changed(&m_start->store, &AccountStore::changed);
    (void)m_start->store.keepRememberToken(u"other"_s, SecureBuffer::copyOf("token"));
    QTRY_COMPARE(changed.count(), 1);
    m_start->settings.setStaysSignedIn(key(u"demo"), true);
    m_start->settings.keepAccount(
        {.environment = selfHostedEnvironment({.base = m_server.http().toString()}).value(),
         .email = m_server.account(u"demo").email});
    start();
    QCOMPARE(app().place(), Place::Locked);
    app().unlock()->submit(SecureBuffer::fromText(m_server.account(u"demo").password));
    QTRY_COMPARE_WITH_TIMEOUT(app().place(), Place::SignIn, 20'000);
}

void TestAccounts::stayingSignedInIsSwitchedLater()
{
    signIn(u"demo");
    app().account()->setStaysSignedIn(true);
    QTRY_VERIFY(app().account()->staysSignedIn());
    start();
    QCOMPARE(app().place(), Place::Locked);
    unlock(u"demo");
    app().account()->setStaysSignedIn(false);
    QVERIFY(!app().account()->staysSignedIn());
    start();
    QCOMPARE(app().place(), Place::SignIn);
}

void TestAccounts::stayingSignedInIsSwitchedOffWhileTheSessionIsBeingKept()
{
    signIn(u"demo");
    app().account()->setStaysSignedIn(true);
    QVERIFY(!app().account()->staysSignedIn());
    app().account()->setStaysSignedIn(false);
    waitForTheKeyring();
    waitForTheKeyring();
    QVERIFY(!app().account()->staysSignedIn());
    const auto kept = QCoro::waitFor(m_start->keyring.read(key(u"demo") + u"/session"_s));
    QVERIFY(kept && kept->isEmpty());

    app().account()->setStaysSignedIn(true);
    app().account()->setStaysSignedIn(false);
    app().account()->setStaysSignedIn(true);
    QTRY_VERIFY(app().account()->staysSignedIn());
    app().account()->setStaysSignedIn(false);
    QVERIFY(!app().account()->staysSignedIn());
}

void TestAccounts::accountsStandSideBySide()
{
    signIn(u"demo");
    auto *first = app().account();
    app().addAccount();
    QCOMPARE(app().place(), Place::SignIn);
    QVERIFY(app().signIn()->email().isEmpty());
    signIn(u"nothing-on");
    auto *second = app().account();
    QVERIFY(first != second);
    QCOMPARE(app().otherAccounts().size(), 1);

    QSignalSpy shown(&app(), &AppViewModel::placeChanged);
    app().show(key(u"demo"));
    QCOMPARE(app().account(), first);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(app().place(), Place::Account);
    QTRY_COMPARE_WITH_TIMEOUT(first->twoStepLogin()->loadState(), LoadState::Loaded, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(second->twoStepLogin()->loadState(), LoadState::Loaded, 20'000);
    QVERIFY(first->twoStepLogin()->providers()->turnedOnCount()
            != second->twoStepLogin()->providers()->turnedOnCount());
}

void TestAccounts::lockHoldsForAllAccounts()
{
    signIn(u"demo");
    app().addAccount();
    signIn(u"nothing-on");
    app().lock();
    QCOMPARE(app().place(), Place::Locked);
    app().show(key(u"demo"));
    QCOMPARE(app().place(), Place::Locked);
    QCOMPARE(app().unlock()->email(), m_server.account(u"demo").email);
    unlock(u"demo");
    QCOMPARE(app().account()->email(), m_server.account(u"demo").email);
    QCOMPARE(stateOf(u"nothing-on"), u"Locked"_s);
    app().show(key(u"nothing-on"));
    QCOMPARE(app().place(), Place::Locked);
    QCOMPARE(stateOf(u"demo"), u"Signed in"_s);
}

void TestAccounts::signingOutOfOneShowsTheOther()
{
    app().signIn()->setRememberEmail(true);
    signIn(u"demo");
    app().addAccount();
    signIn(u"nothing-on");
    app().signOut();
    QCOMPARE(app().place(), Place::Account);
    QCOMPARE(app().account()->email(), m_server.account(u"demo").email);
    QVERIFY(!app().account()->session()->hasEnded());
    QCOMPARE(stateOf(u"nothing-on"), u"Signed out"_s);
    app().signOut();
    QCOMPARE(app().place(), Place::SignIn);
}

void TestAccounts::accountOnTheListIsSignedInToAgain()
{
    app().signIn()->setRememberEmail(true);
    signIn(u"demo");
    app().addAccount();
    signIn(u"nothing-on");
    start();
    QCOMPARE(app().place(), Place::SignIn);
    QCOMPARE(app().otherAccounts().size(), 2);
    app().signIn()->server()->selectCloud(ServerPickerViewModel::Kind::EuropeanUnion);
    app().show(key(u"demo"));
    QCOMPARE(app().place(), Place::SignIn);
    QCOMPARE(app().signIn()->email(), m_server.account(u"demo").email);
    QCOMPARE(app().signIn()->server()->environment(),
             selfHostedEnvironment({.base = m_server.http().toString()}).value());
    signIn(u"demo");
    QCOMPARE(app().otherAccounts().size(), 1);
}

void TestAccounts::unrememberedEmailLeavesNoTrace()
{
    signIn(u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(app().account()->twoStepLogin()->loadState(), LoadState::Loaded,
                              20'000);
    app().account()->setStaysSignedIn(true);
    QTRY_VERIFY(app().account()->staysSignedIn());
    app().signOut();
    QVERIFY(app().otherAccounts().isEmpty());
    const QString file = m_start->settings.file();
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
    app().account()->setStaysSignedIn(true);
    QTRY_VERIFY(app().account()->staysSignedIn());
    QVERIFY(m_start->settings.hasAccount(key(u"demo")));
    app().account()->setStaysSignedIn(false);
    m_start.reset();
    QVERIFY(settingsText().contains("kdf"));
    QVERIFY(!settingsText().contains(m_server.account(u"demo").email.toUtf8()));
}

// The box to stay signed in is hidden together with the email's.
void TestAccounts::unrememberedEmailKeepsNoSession()
{
    app().signIn()->setRememberEmail(true);
    app().signIn()->setStaySignedIn(true);
    app().signIn()->setRememberEmail(false);
    QVERIFY(!app().signIn()->staySignedIn());
}

void TestAccounts::emailOfAKeptSessionIsForgottenWithTheSession()
{
    app().signIn()->setRememberEmail(true);
    signIn(u"demo");
    app().account()->setStaysSignedIn(true);
    QTRY_VERIFY(app().account()->staysSignedIn());
    app().addAccount();
    app().signIn()->setRememberEmail(true);
    app().signIn()->setEmail(m_server.account(u"demo").email);
    app().signIn()->setRememberEmail(false);
    QVERIFY2(m_start->settings.hasAccount(key(u"demo")), "its session would be out of reach");
    app().goBack();
    app().signOut();
    waitForTheKeyring();
    QVERIFY(!m_start->settings.hasAccount(key(u"demo")));
    QVERIFY(!m_start->settings.staysSignedIn(key(u"demo")));
}

void TestAccounts::signingOutWhileTheSessionIsBeingKept()
{
    signIn(u"demo");
    app().account()->setStaysSignedIn(true);
    app().signOut();
    // The first wait lets what was begun find out; the second, what that begins.
    waitForTheKeyring();
    waitForTheKeyring();
    QVERIFY(!m_start->settings.staysSignedIn(key(u"demo")));
    const auto kept = QCoro::waitFor(m_start->keyring.read(key(u"demo") + u"/session"_s));
    QVERIFY(kept);
    QVERIFY2(kept->isEmpty(), "nobody would ever ask for it or remove it");
}

void TestAccounts::signingInAgainReplacesTheSession()
{
    signIn(u"demo");
    const auto before = app().account()->session();
    app().addAccount();
    signIn(u"demo");
    QVERIFY(app().otherAccounts().isEmpty());
    QVERIFY(before->hasEnded());
    QVERIFY(!app().account()->session()->hasEnded());
}

void TestAccounts::backFromAddingAnAccount()
{
    QVERIFY(!app().canGoBack());
    signIn(u"demo");
    app().addAccount();
    QVERIFY(app().canGoBack());
    app().goBack();
    QCOMPARE(app().place(), Place::Account);
    app().addAccount();
    app().lock();
    QCOMPARE(app().place(), Place::SignIn);
    app().goBack();
    QCOMPARE(app().place(), Place::Locked);
}

void TestAccounts::accountIsSwitchedWhileItsPasswordIsChecked()
{
    signIn(u"demo");
    app().addAccount();
    signIn(u"nothing-on");
    app().lock();
    app().unlock()->submit(SecureBuffer::fromText(m_server.account(u"nothing-on").password));
    app().show(key(u"demo"));
    const auto asked = [this] {
        return m_server.requestedPaths().contains(u"POST /api/accounts/verify-password"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(asked(), 20'000);
    QTest::qWait(200);
    QCOMPARE(app().place(), Place::Locked);
    QCOMPARE(stateOf(u"nothing-on"), u"Locked"_s);
    unlock(u"demo");
}

QTEST_MAIN(TestAccounts)
#include "tst_accounts.moc"
