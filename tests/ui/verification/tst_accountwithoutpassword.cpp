// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "tests/support/accountservertest.h"
#include "tests/ui/appstart.h"

#include <QCoroTask>
#include <QQuickItem>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Place = AccountsViewModel::Place;
using LoadState = TwoStepLoginViewModel::LoadState;
using Stage = ProviderViewModel::Stage;

/// An account without a master password, from its API key to the settings of a method. Runs with a
/// real Secret Service on a session bus of its own.
class TestAccountWithoutPassword : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emailedCodeOpensTheSettingsOfAMethod();
    void usedCodeIsFollowedByAnotherEmail();
    void codeThatWasNotUsedCountsInTheNextPrompt();
    void promptsOpenedWhileTheEmailIsBeingSentShareIt();
    void newestEmailIsToldToAnOpenPrompt();
    void doubtfulCodeIsToldAndNoOtherIsAskedForAtOnce();
    void serverWithoutEmailLeavesNothingToType();
    void emailedCodeUnlocks();
    void codeEmailedBeforeTheLockUnlocks();
    void signingOutWhileTheCodeIsBeingSent();
    void cannotBeKeptForTheNextStart();
    void officialServerSaysThatTheKeyIsNotEnough();
    void oddKeyIsRefusedWithoutAskingTheServer();
    void keyThatCannotBeSentStaysInItsField();

private:
    void signIn();
    void type(VerificationViewModel *prompt);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppStart> m_start;
};

void TestAccountWithoutPassword::init()
{
    resetServer();
    QVERIFY(
        m_server.changeSettings({{u"requestsPerMinute"_s, 0}, {u"generation"_s, u"classic"_s}}));
    m_folder = std::make_unique<QTemporaryDir>();
    m_start = std::make_unique<AppStart>(m_folder->filePath(u"sparekey.conf"_s),
                                         u"sparekey-test"_s);
    m_start->accounts.signIn()->server()->preselect({.base = m_server.http().toString()});
}

void TestAccountWithoutPassword::signIn()
{
    const auto account = m_server.accountState(u"no-password");
    m_start->accounts.signIn()->submitApiKey(account["apiClientId"_L1].toString(),
                                             SecureBuffer::fromText(
                                                 account["apiKey"_L1].toString()));
    QTRY_COMPARE_WITH_TIMEOUT(m_start->accounts.place(), Place::Account, 20'000);
    QCOMPARE(m_start->accounts.account()->email(), m_server.account(u"no-password").email);
    QVERIFY(!m_start->accounts.account()->canStaySignedIn());
}

void TestAccountWithoutPassword::type(VerificationViewModel *prompt)
{
    QVERIFY(prompt->isByEmail());
    const auto emails = m_server.emailedCodes().size();
    prompt->begin();
    prompt->begin();
    QTRY_VERIFY_WITH_TIMEOUT(prompt->resendSeconds() > 0, 20'000);
    QCOMPARE(m_server.emailedCodes().size(), emails + 1);
    prompt->submitCode(u"not digits"_s);
    QVERIFY(!prompt->isBusy());
    QVERIFY(!prompt->errorText().isEmpty());
    prompt->submitCode(m_server.emailedCodes().last());
}

void TestAccountWithoutPassword::emailedCodeOpensTheSettingsOfAMethod()
{
    signIn();
    auto *page = m_start->accounts.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::Loaded, 20'000);
    QVERIFY(page->manage(static_cast<int>(ProviderType::Authenticator)));
    type(page->authenticator()->verification());
    QTRY_COMPARE_WITH_TIMEOUT(page->authenticator()->stage(), Stage::Open, 20'000);

    // Looking has not used the code up, and this server would refuse to email another one at once.
    page->authenticator()->leave();
    QTRY_COMPARE(page->authenticator()->stage(), Stage::Closed);
    QVERIFY(page->manage(static_cast<int>(ProviderType::Passkey)));
    auto *prompt = page->passkey()->verification();
    prompt->begin();
    QVERIFY(!prompt->isSendingEmail());
    QVERIFY2(prompt->emailText().contains(u"still works"_s), qPrintable(prompt->emailText()));
    prompt->submitCode(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(page->passkey()->stage(), Stage::Open, 20'000);
    QCOMPARE(m_server.emailedCodes().size(), 1);
}

void TestAccountWithoutPassword::usedCodeIsFollowedByAnotherEmail()
{
    signIn();
    auto *recoveryCode = m_start->accounts.account()->twoStepLogin()->recoveryCode();
    for (int time = 0; time < 2; ++time) {
        recoveryCode->open();
        type(recoveryCode->verification());
        QTRY_COMPARE_WITH_TIMEOUT(recoveryCode->stage(), RecoveryCodeViewModel::Stage::Shown,
                                  20'000);
        QCOMPARE(recoveryCode->verification()->resendSeconds(), 0);
        recoveryCode->close();
    }
}

void TestAccountWithoutPassword::codeThatWasNotUsedCountsInTheNextPrompt()
{
    signIn();
    auto *page = m_start->accounts.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::Loaded, 20'000);
    QVERIFY(page->manage(static_cast<int>(ProviderType::Authenticator)));
    auto *first = page->authenticator()->verification();
    first->begin();
    QTRY_VERIFY_WITH_TIMEOUT(first->resendSeconds() > 0, 20'000);
    QVERIFY2(!first->emailText().contains(u"still works"_s), qPrintable(first->emailText()));
    first->cancel();

    page->recoveryCode()->open();
    auto *second = page->recoveryCode()->verification();
    second->begin();
    QVERIFY(!second->isSendingEmail());
    QVERIFY(second->resendSeconds() > 0);
    QVERIFY2(second->emailText().contains(u"still works"_s), qPrintable(second->emailText()));
    second->submitCode(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(page->recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Shown,
                              20'000);
    QCOMPARE(m_server.emailedCodes().size(), 1);
    // Used here, it counts nowhere any more.
    QCOMPARE(first->resendSeconds(), 0);
    QVERIFY(!first->emailText().contains(u"works"_s));
}

void TestAccountWithoutPassword::promptsOpenedWhileTheEmailIsBeingSentShareIt()
{
    signIn();
    auto *page = m_start->accounts.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::Loaded, 20'000);
    // One that would email as many as are asked for.
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    QVERIFY(page->manage(static_cast<int>(ProviderType::Email)));
    page->email()->verification()->begin();
    page->email()->verification()->cancel();
    QVERIFY(page->manage(static_cast<int>(ProviderType::Authenticator)));
    auto *prompt = page->authenticator()->verification();
    prompt->begin();
    QVERIFY(prompt->isSendingEmail());
    prompt->submitCode(u"123456"_s);
    QVERIFY2(!prompt->isBusy(), "no code that is known already can be the right one");
    QTRY_VERIFY_WITH_TIMEOUT(prompt->resendSeconds() > 0, 20'000);
    QTest::qWait(200);
    QCOMPARE(m_server.emailedCodes().size(), 1);
    QVERIFY2(prompt->errorText().isEmpty(), qPrintable(prompt->errorText()));
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    prompt->submitCode(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(page->authenticator()->stage(), Stage::Open, 20'000);
}

void TestAccountWithoutPassword::newestEmailIsToldToAnOpenPrompt()
{
    signIn();
    // To this generation an API key opens nothing but the lock.
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    m_start->accounts.lock();
    auto *prompt = m_start->accounts.unlock()->verification();
    prompt->begin();
    QTRY_VERIFY_WITH_TIMEOUT(prompt->resendSeconds() > 0, 20'000);
    const auto session = m_start->accounts.account()->session();
    QVERIFY(QCoro::waitFor(requestVerificationCode(session)));
    const QStringList codes = m_server.emailedCodes();
    QCOMPARE(codes.size(), 2);
    QVERIFY2(prompt->emailText().contains(u"earlier emails"_s), qPrintable(prompt->emailText()));
    prompt->submitCode(codes.first());
    QTRY_VERIFY_WITH_TIMEOUT(!prompt->errorText().isEmpty(), 20'000);
    QVERIFY2(prompt->errorText().contains(u"newest code"_s), qPrintable(prompt->errorText()));
    QVERIFY(!prompt->errorIsConnection());
    prompt->submitCode(codes.last());
    QTRY_COMPARE_WITH_TIMEOUT(m_start->accounts.place(), Place::Account, 20'000);
}

void TestAccountWithoutPassword::doubtfulCodeIsToldAndNoOtherIsAskedForAtOnce()
{
    signIn();
    auto *recoveryCode = m_start->accounts.account()->twoStepLogin()->recoveryCode();
    auto *prompt = recoveryCode->verification();
    recoveryCode->open();
    prompt->begin();
    QTRY_VERIFY_WITH_TIMEOUT(prompt->resendSeconds() > 0, 20'000);
    for (int attempt = 0; attempt < 2; ++attempt) {
        QVERIFY(!prompt->emailText().contains(u"may no longer work"_s));
        prompt->submitCode(u"12345"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!prompt->isBusy(), 20'000);
        QVERIFY2(prompt->errorText().contains(u"newest code"_s), qPrintable(prompt->errorText()));
        QVERIFY(!prompt->errorIsConnection());
    }
    QVERIFY2(prompt->emailText().contains(u"may no longer work"_s),
             qPrintable(prompt->emailText()));
    prompt->cancel();
    recoveryCode->open();
    prompt->begin();
    QVERIFY2(!prompt->isSendingEmail(), "this server would refuse, and leave the user without any");
    QVERIFY(prompt->errorText().isEmpty());
    QVERIFY(prompt->emailText().contains(u"may no longer work"_s));
    QCOMPARE(m_server.emailedCodes().size(), 1);
}

void TestAccountWithoutPassword::serverWithoutEmailLeavesNothingToType()
{
    signIn();
    QVERIFY(m_server.changeSettings({{u"mailServer"_s, false}}));
    auto *recoveryCode = m_start->accounts.account()->twoStepLogin()->recoveryCode();
    recoveryCode->open();
    auto *prompt = recoveryCode->verification();
    QVERIFY(!prompt->isRefusedForGood());
    prompt->begin();
    QTRY_VERIFY_WITH_TIMEOUT(prompt->isRefusedForGood(), 20'000);
    QVERIFY2(prompt->errorText().contains(u"set up to send emails"_s),
             qPrintable(prompt->errorText()));
    prompt->cancel();
    recoveryCode->open();
    QVERIFY(!prompt->isRefusedForGood());
}

void TestAccountWithoutPassword::emailedCodeUnlocks()
{
    signIn();
    m_start->accounts.lock();
    QCOMPARE(m_start->accounts.place(), Place::Locked);
    type(m_start->accounts.unlock()->verification());
    QTRY_COMPARE_WITH_TIMEOUT(m_start->accounts.place(), Place::Account, 20'000);
}

void TestAccountWithoutPassword::codeEmailedBeforeTheLockUnlocks()
{
    signIn();
    auto *page = m_start->accounts.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::Loaded, 20'000);
    QVERIFY(page->manage(static_cast<int>(ProviderType::Authenticator)));
    type(page->authenticator()->verification());
    QTRY_COMPARE_WITH_TIMEOUT(page->authenticator()->stage(), Stage::Open, 20'000);
    m_start->accounts.lock();
    QCOMPARE(page->authenticator()->stage(), Stage::Closed);
    auto *prompt = m_start->accounts.unlock()->verification();
    prompt->begin();
    QVERIFY2(prompt->emailText().contains(u"still works"_s), qPrintable(prompt->emailText()));
    prompt->submitCode(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(m_start->accounts.place(), Place::Account, 20'000);
    QCOMPARE(m_server.emailedCodes().size(), 1);
}

void TestAccountWithoutPassword::signingOutWhileTheCodeIsBeingSent()
{
    signIn();
    m_start->accounts.lock();
    auto *prompt = m_start->accounts.unlock()->verification();
    QStringList shown;
    connect(prompt, &VerificationViewModel::changed, this,
            [&] { shown.append(prompt->emailText()); });
    prompt->begin();
    QVERIFY(prompt->isSendingEmail());
    m_start->accounts.signOut();
    QVERIFY(!prompt->isSendingEmail());
    QVERIFY(!shown.last().contains(m_server.account(u"no-password").email));
    prompt->disconnect(this);
}

// A session of an API key has nothing to refresh itself with.
void TestAccountWithoutPassword::cannotBeKeptForTheNextStart()
{
    m_start->accounts.signIn()->setRememberEmail(true);
    m_start->accounts.signIn()->setStaySignedIn(true);
    signIn();
    QTest::qWait(200);
    QVERIFY2(m_start->accounts.notice().isEmpty(), qPrintable(m_start->accounts.notice()));
}

void TestAccountWithoutPassword::officialServerSaysThatTheKeyIsNotEnough()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    signIn();
    auto *page = m_start->accounts.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::ServerProblem, 20'000);
    // Nobody without a master password is sent to sign in with it.
    QVERIFY2(!page->bannerText().contains(u"sign in with your master password"_s),
             qPrintable(page->bannerText()));
    for (const auto &said : {u"no master password"_s, u"web vault"_s, u"administrator"_s})
        QVERIFY2(page->bannerText().contains(said), qPrintable(page->bannerText()));
}

void TestAccountWithoutPassword::oddKeyIsRefusedWithoutAskingTheServer()
{
    auto *signIn = m_start->accounts.signIn();
    const auto asked = m_server.requestedPaths().size();
    signIn->submitApiKey(u"organization.1234"_s, SecureBuffer::copyOf("secret"));
    QCOMPARE(signIn->step(), SignInViewModel::Step::Form);
    QVERIFY(!signIn->errorText().isEmpty());
    QCOMPARE(m_server.requestedPaths().size(), asked);
}

void TestAccountWithoutPassword::keyThatCannotBeSentStaysInItsField()
{
    auto *signIn = m_start->accounts.signIn();
    const auto account = m_server.accountState(u"no-password");
    const QString clientId = account["apiClientId"_L1].toString();
    SecretInput input;
    SecretEntry secret;
    secret.setInput(&input);
    const auto paste = [&input, &account] {
        input.fill(account["apiKey"_L1].toString());
    };
    const auto isKept = [&input] {
        return !input.isEmpty();
    };

    paste();
    signIn->submitApiKey(u"organization.1234"_s, &secret);
    QVERIFY(isKept());

    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"rate-limit"_s,
                              {{u"times"_s, 1}, {u"seconds"_s, 2}}));
    signIn->submitApiKey(clientId, &secret);
    QVERIFY(!isKept());
    QTRY_VERIFY_WITH_TIMEOUT(signIn->waitSeconds() > 0, 10'000);
    paste();
    const auto asked = m_server.requestedPaths().size();
    signIn->submitApiKey(clientId, &secret);
    QVERIFY(isKept());
    QTRY_COMPARE_WITH_TIMEOUT(signIn->waitSeconds(), 0, 10'000);
    QCOMPARE(m_server.requestedPaths().size(), asked);
    signIn->submitApiKey(clientId, &secret);
    QVERIFY(!isKept());
    QTRY_COMPARE_WITH_TIMEOUT(m_start->accounts.place(), Place::Account, 20'000);
}

QTEST_MAIN(TestAccountWithoutPassword)
#include "tst_accountwithoutpassword.moc"
#include "ui/secret/secretinput.h"
