// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountserverprocess.h"
#include "tests/viewmodels/appstart.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Place = AppViewModel::Place;
using LoadState = TwoStepLoginViewModel::LoadState;
using Stage = ProviderViewModel::Stage;

/// An account without a master password, from its API key to the settings of a method.
class TestAccountWithoutPassword : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void mailedCodeOpensTheSettingsOfAMethod();
    void mailedCodeUnlocks();
    void signingOutWhileTheCodeIsBeingSent();
    void cannotBeKeptForTheNextStart();
    void officialServerSaysThatTheKeyIsNotEnough();
    void oddKeyIsRefusedWithoutAskingTheServer();

private:
    void signIn();
    void type(VerificationViewModel *prompt);

    AccountServerProcess m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppStart> m_start;
};

void TestAccountWithoutPassword::initTestCase()
{
    QVERIFY2(m_server.start(), qPrintable(m_server.problem()));
}

void TestAccountWithoutPassword::init()
{
    QVERIFY(m_server.reset());
    QVERIFY(
        m_server.changeSettings({{u"requestsPerMinute"_s, 0}, {u"generation"_s, u"classic"_s}}));
    m_folder = std::make_unique<QTemporaryDir>();
    m_start = std::make_unique<AppStart>(m_folder->filePath(u"sparekey.conf"_s),
                                         u"sparekey-test"_s);
    m_start->app.signIn()->server()->preselect({.base = m_server.http().toString()});
}

void TestAccountWithoutPassword::signIn()
{
    const auto account = m_server.accountState(u"no-password");
    m_start->app.signIn()->submitApiKey(account["apiClientId"_L1].toString(),
                                        SecureBuffer::fromText(account["apiKey"_L1].toString()));
    QTRY_COMPARE_WITH_TIMEOUT(m_start->app.place(), Place::Account, 20'000);
    QCOMPARE(m_start->app.account()->email(), m_server.account(u"no-password").email);
    QVERIFY(!m_start->app.account()->canStaySignedIn());
}

void TestAccountWithoutPassword::type(VerificationViewModel *prompt)
{
    QVERIFY(prompt->isByMail());
    const auto mails = m_server.mailedCodes().size();
    prompt->begin();
    prompt->begin();
    QTRY_VERIFY_WITH_TIMEOUT(prompt->resendSeconds() > 0, 20'000);
    QCOMPARE(m_server.mailedCodes().size(), mails + 1);
    prompt->submitCode(u"not digits"_s);
    QVERIFY(!prompt->isBusy());
    QVERIFY(!prompt->errorText().isEmpty());
    prompt->submitCode(m_server.mailedCodes().last());
}

void TestAccountWithoutPassword::mailedCodeOpensTheSettingsOfAMethod()
{
    signIn();
    auto *page = m_start->app.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::Loaded, 20'000);
    QVERIFY(page->manage(static_cast<int>(ProviderType::Authenticator)));
    type(page->authenticator()->verification());
    QTRY_COMPARE_WITH_TIMEOUT(page->authenticator()->stage(), Stage::Open, 20'000);

    // The code is spent, so opening once more takes another mail, without a wait.
    page->authenticator()->leave();
    QTRY_COMPARE(page->authenticator()->stage(), Stage::Closed);
    QVERIFY(page->manage(static_cast<int>(ProviderType::Authenticator)));
    type(page->authenticator()->verification());
    QTRY_COMPARE_WITH_TIMEOUT(page->authenticator()->stage(), Stage::Open, 20'000);
}

void TestAccountWithoutPassword::mailedCodeUnlocks()
{
    signIn();
    m_start->app.lock();
    QCOMPARE(m_start->app.place(), Place::Locked);
    type(m_start->app.unlock()->verification());
    QTRY_COMPARE_WITH_TIMEOUT(m_start->app.place(), Place::Account, 20'000);
}

void TestAccountWithoutPassword::signingOutWhileTheCodeIsBeingSent()
{
    signIn();
    m_start->app.lock();
    auto *prompt = m_start->app.unlock()->verification();
    QStringList shown;
    connect(prompt, &VerificationViewModel::changed, this,
            [&] { shown.append(prompt->mailText()); });
    prompt->begin();
    QVERIFY(prompt->isSendingMail());
    m_start->app.signOut();
    QVERIFY(!prompt->isSendingMail());
    QVERIFY(!shown.last().contains(m_server.account(u"no-password").email));
    prompt->disconnect(this);
}

// A session of an API key has nothing to refresh itself with.
void TestAccountWithoutPassword::cannotBeKeptForTheNextStart()
{
    m_start->app.signIn()->setRememberEmail(true);
    m_start->app.signIn()->setStaySignedIn(true);
    signIn();
    QTest::qWait(200);
    QVERIFY2(m_start->app.notice().isEmpty(), qPrintable(m_start->app.notice()));
}

void TestAccountWithoutPassword::officialServerSaysThatTheKeyIsNotEnough()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    signIn();
    auto *page = m_start->app.account()->twoStepLogin();
    QTRY_COMPARE_WITH_TIMEOUT(page->loadState(), LoadState::ServerProblem, 20'000);
    QVERIFY2(page->bannerText().contains(u"master password"_s), qPrintable(page->bannerText()));
}

void TestAccountWithoutPassword::oddKeyIsRefusedWithoutAskingTheServer()
{
    auto *signIn = m_start->app.signIn();
    const auto asked = m_server.requestedPaths().size();
    signIn->submitApiKey(u"organization.1234"_s, SecureBuffer::copyOf("secret"));
    QCOMPARE(signIn->step(), SignInViewModel::Step::Form);
    QVERIFY(!signIn->errorText().isEmpty());
    QCOMPARE(m_server.requestedPaths().size(), asked);
}

QTEST_MAIN(TestAccountWithoutPassword)
#include "tst_accountwithoutpassword.moc"
