// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/generations.h"
#include "tests/ui/signin/signintest.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Step = SignInViewModel::Step;
using ErrorPlace = SignInViewModel::ErrorPlace;

class TestSignInViewModel : public SignInTest
{
    Q_OBJECT

private Q_SLOTS:
    void signsInAndRemembersTheEmailOnlyIfAsked();
    void wrongPasswordAsksForItAgainAndHintsAtTheServerAfterThree();
    void accountOfSingleSignOnIsToldWhatStillWorks_data();
    void accountOfSingleSignOnIsToldWhatStillWorks();
    void emptyFieldsAreNamedWithoutAskingTheServer();
    void weakKdfAsksBeforeAnythingIsSent();
    void weakKdfOfAnApiKeyIsAskedAboutAndKnownOnlyThen();
    void hugeKdfIsRefusedWithItsValues();
    void retryNeedsNoSecondTyping();
    void retryIsOverOnceTheEmailWasEdited();
    void rateLimitCountsDownAndTakesNoTry();
    void brokenAnswersAreNoServersAndSayWhatToTry_data();
    void brokenAnswersAreNoServersAndSayWhatToTry();
    void canceledSignInSendsNoPassword();
    void survivesItsEndWhileWorking();
    void selfHostedServerIsAskedBeforeItIsTaken();
    void serverSaysWhatItIs_data();
    void serverSaysWhatItIs();
    void nameOfAServerIsShownInBothForms_data();
    void nameOfAServerIsShownInBothForms();
    void pageThatIsNoServerIsRefused();
    void ownAuthorityIsNeededForOwnCertificate();
    void changeOfServerDropsTheHeldPassword();
};

void TestSignInViewModel::signsInAndRemembersTheEmailOnlyIfAsked()
{
    for (const bool remember : {false, true}) {
        fill(u"demo");
        m_signIn->setRememberEmail(remember);
        QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
        m_signIn->submit(SecureBuffer::fromText(m_password));
        QCOMPARE(m_signIn->step(), Step::Working);
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
        const auto session = m_signIn->takeSession();
        QVERIFY(session);
        QCOMPARE(session->account().email, m_signIn->email());
        QCOMPARE(m_settings->rememberedEmail(), remember ? m_signIn->email() : QString());
        QVERIFY(
            m_settings->knownKdf(accountKey(session->account().environment, m_signIn->email())));
    }
}

void TestSignInViewModel::wrongPasswordAsksForItAgainAndHintsAtTheServerAfterThree()
{
    fill(u"demo");
    QSignalSpy wanted(m_signIn.get(), &SignInViewModel::passwordWanted);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        QVERIFY(!m_signIn->suggestsOtherServer());
        m_signIn->submit(SecureBuffer::fromText(u"not the password"_s));
        QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), attempt, 20'000);
        QCOMPARE(m_signIn->errorPlace(), ErrorPlace::Password);
        QVERIFY(!m_signIn->errorText().isEmpty());
        QVERIFY(!m_signIn->canRetry());
    }
    QVERIFY(m_signIn->suggestsOtherServer());
    QCOMPARE(m_signIn->email(), m_server.account(u"demo").email);
}

void TestSignInViewModel::accountOfSingleSignOnIsToldWhatStillWorks_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<QString>("role");
    for (const QString &generation : serverGenerations) {
        for (const QString &role : {u"demo"_s, u"second-step"_s})
            QTest::addRow("%s, %s", qPrintable(generation), qPrintable(role)) << generation << role;
    }
}

void TestSignInViewModel::accountOfSingleSignOnIsToldWhatStillWorks()
{
    QFETCH(const QString, generation);
    QFETCH(const QString, role);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    QVERIFY(m_server.editAccount(role, {{u"ssoRequired"_s, true}}));
    fill(role);
    m_signIn->setRememberEmail(true);
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->errorPlace(), ErrorPlace::Server, 20'000);
    QCOMPARE(m_signIn->step(), Step::Form);
    QCOMPARE(m_signIn->errorText(),
             u"Your organization lets you sign in with single sign-on (SSO) only, which Sparekey "
             "can't do. Manage two-step login in the web vault. If you have lost your second step, "
             "ask the administrator of your organization."_s);
    QVERIFY2(!m_signIn->canRetry(), "it would be refused again");
    QVERIFY2(!m_signIn->suggestsOtherServer(), "the password was not wrong");
    QVERIFY(m_settings->accounts().isEmpty());
}

void TestSignInViewModel::emptyFieldsAreNamedWithoutAskingTheServer()
{
    m_signIn->submit(SecureBuffer::fromText(u"something"_s));
    QCOMPARE(m_signIn->errorPlace(), ErrorPlace::Email);
    m_signIn->setEmail(u"nobody"_s);
    m_signIn->submit(SecureBuffer::fromText(u"something"_s));
    QCOMPARE(m_signIn->errorPlace(), ErrorPlace::Email);
    m_signIn->setEmail(u"nobody@example.org"_s);
    m_signIn->submit(SecureBuffer());
    QCOMPARE(m_signIn->errorPlace(), ErrorPlace::Password);
    QVERIFY(m_server.requestedPaths().isEmpty());
}

void TestSignInViewModel::weakKdfAsksBeforeAnythingIsSent()
{
    fill(u"weak-kdf");
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->step(), Step::ConfirmWeakKdf, 20'000);
    QVERIFY(m_signIn->weakKdfText().contains(u"1000"_s));
    QVERIFY(!m_server.requestedPaths().join(u' ').contains(u"connect/token"_s));

    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    m_signIn->acceptWeakKdf();
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInViewModel::weakKdfOfAnApiKeyIsAskedAboutAndKnownOnlyThen()
{
    const QJsonObject account = m_server.accountState(u"weak-kdf");
    const auto submit = [&] {
        m_signIn->submitApiKey(account["apiClientId"_L1].toString(),
                               SecureBuffer::fromText(account["apiKey"_L1].toString()));
    };
    const auto known = [this] {
        const QString email = m_server.account(u"weak-kdf").email;
        return m_settings->knownKdf(accountKey(m_signIn->server()->environment(), email));
    };
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    submit();
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->step(), Step::ConfirmWeakKdf, 20'000);
    QVERIFY(m_signIn->weakKdfText().contains(u"1000"_s));
    QVERIFY(!known());
    m_signIn->cancel();
    QCOMPARE(m_signIn->step(), Step::Form);
    m_signIn->acceptWeakKdf();
    QCOMPARE(m_signIn->step(), Step::Form);
    QVERIFY(!known());

    submit();
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->step(), Step::ConfirmWeakKdf, 20'000);
    m_signIn->acceptWeakKdf();
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QVERIFY(known());

    // As weak as it was the last time.
    submit();
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 2, 20'000);
}

void TestSignInViewModel::hugeKdfIsRefusedWithItsValues()
{
    fill(u"huge-kdf");
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->errorPlace(), ErrorPlace::Server, 20'000);
    QVERIFY2(m_signIn->errorText().contains(u"8192 MiB"_s), qPrintable(m_signIn->errorText()));
    QVERIFY(!m_signIn->canRetry());
    QVERIFY(!m_server.requestedPaths().join(u' ').contains(u"connect/token"_s));
}

void TestSignInViewModel::retryNeedsNoSecondTyping()
{
    fill(u"demo");
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"drop"_s, {{u"times"_s, 1}}));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->errorPlace(), ErrorPlace::Server, 20'000);
    QVERIFY(m_signIn->canRetry());
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    QVERIFY(m_server.reset());
    m_signIn->retry();
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInViewModel::retryIsOverOnceTheEmailWasEdited()
{
    fill(u"demo");
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"server-error"_s));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_VERIFY_WITH_TIMEOUT(m_signIn->canRetry(), 20'000);
    m_signIn->setEmail(u"other@example.org"_s);
    QVERIFY(!m_signIn->canRetry());
    m_signIn->retry();
    QCOMPARE(m_signIn->step(), Step::Form);
}

void TestSignInViewModel::rateLimitCountsDownAndTakesNoTry()
{
    fill(u"demo");
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"rate-limit"_s, {{u"seconds"_s, 3}}));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_VERIFY_WITH_TIMEOUT(m_signIn->waitSeconds() > 0, 20'000);
    const auto asked = m_server.requestedPaths().size();
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QCOMPARE(m_signIn->step(), Step::Form);
    QCOMPARE(m_server.requestedPaths().size(), asked);
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->waitSeconds(), 0, 10'000);
    QCOMPARE(m_server.requestedPaths().size(), asked);
}

void TestSignInViewModel::brokenAnswersAreNoServersAndSayWhatToTry_data()
{
    QTest::addColumn<QString>("fault");
    QTest::newRow("cut off") << u"truncated"_s;
    QTest::newRow("20 MB") << u"oversized"_s;
    QTest::newRow("page") << u"html"_s;
}

void TestSignInViewModel::brokenAnswersAreNoServersAndSayWhatToTry()
{
    QFETCH(const QString, fault);
    fill(u"weak-kdf");
    QVERIFY(m_server.setFault(u"/identity/accounts/prelogin"_s, fault));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->errorPlace(), ErrorPlace::Server, 20'000);
    for (const auto &said : {u"No Bitwarden server at 127.0.0.1"_s, u"200)"_s,
                             u"check the address"_s, u"try another network"_s}) {
        QVERIFY2(m_signIn->errorText().contains(said, Qt::CaseInsensitive),
                 qPrintable(m_signIn->errorText()));
    }
}

void TestSignInViewModel::canceledSignInSendsNoPassword()
{
    fill(u"demo");
    QVERIFY(m_server.setFault(u"/identity/accounts/prelogin"_s, u"delay"_s,
                              {{u"milliseconds"_s, 300}}));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    m_signIn->cancel();
    QCOMPARE(m_signIn->step(), Step::Form);
    QTest::qWait(1500);
    QVERIFY(!m_server.requestedPaths().join(u' ').contains(u"connect/token"_s));
    QVERIFY(m_signIn->errorText().isEmpty());
}

void TestSignInViewModel::survivesItsEndWhileWorking()
{
    fill(u"demo");
    QVERIFY(
        m_server.setFault(u"/identity/connect/token"_s, u"delay"_s, {{u"milliseconds"_s, 500}}));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTest::qWait(50);
    m_signIn.reset();
    QTest::qWait(1500); // the suspended task comes back to a view-model that is gone
}

void TestSignInViewModel::selfHostedServerIsAskedBeforeItIsTaken()
{
    auto *picker = m_signIn->server();
    picker->selectCloud(ServerPickerViewModel::Kind::EuropeanUnion);
    QCOMPARE(picker->title(), u"bitwarden.eu"_s);
    QSignalSpy accepted(picker, &ServerPickerViewModel::accepted);
    picker->checkSelfHosted(m_server.http().toString(), {}, {}, {}, {});
    QVERIFY(picker->isBusy());
    QTRY_COMPARE(accepted.count(), 1);
    QCOMPARE(picker->kind(), ServerPickerViewModel::Kind::SelfHosted);
    QCOMPARE(m_settings->environment().api, picker->environment().api);
}

void TestSignInViewModel::serverSaysWhatItIs_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<QString>("software");
    QTest::newRow("Vaultwarden") << u"classic"_s << u"Vaultwarden 2026.6.0"_s;
    QTest::newRow("official") << u"token"_s << u"Bitwarden 2026.8.0"_s;
}

void TestSignInViewModel::serverSaysWhatItIs()
{
    QFETCH(QString, generation);
    QFETCH(QString, software);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    auto *picker = m_signIn->server();
    QVERIFY(picker->softwareText().isEmpty());
    picker->checkSelfHosted(m_server.http().toString(), {}, {}, {}, {});
    QTRY_COMPARE(picker->softwareText(), software);
    picker->selectCloud(ServerPickerViewModel::Kind::EuropeanUnion);
    QVERIFY(picker->softwareText().isEmpty());
}

void TestSignInViewModel::nameOfAServerIsShownInBothForms_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QStringList>("forms");
    const QStringList both{u"bücher.example"_s, u"xn--bcher-kva.example"_s};
    QTest::newRow("own letters") << u"https://bücher.example/vault"_s << both;
    QTest::newRow("letters a to z") << u"xn--bcher-kva.example:8443"_s << both;
    // The first letter is Cyrillic.
    QTest::newRow("alike") << u"аpple.example"_s
                           << QStringList{u"аpple.example"_s, u"xn--pple-43d.example"_s};
    QTest::newRow("plain") << u"https://vault.example.org"_s << QStringList();
    QTest::newRow("number") << u"https://[2001:db8::1]"_s << QStringList();
    QTest::newRow("nothing") << QString() << QStringList();
}

void TestSignInViewModel::nameOfAServerIsShownInBothForms()
{
    QFETCH(QString, entered);
    QFETCH(QStringList, forms);
    const QString text = ServerPickerViewModel::hostForms(entered);
    QCOMPARE(text.isEmpty(), forms.isEmpty());
    for (const QString &form : forms)
        QVERIFY2(text.contains(form), qPrintable(text));
    if (!entered.isEmpty()) {
        m_signIn->server()->preselect({.base = entered});
        QCOMPARE(m_signIn->server()->titleForms(), text);
    }
}

void TestSignInViewModel::pageThatIsNoServerIsRefused()
{
    auto *picker = m_signIn->server();
    picker->selectCloud(ServerPickerViewModel::Kind::UnitedStates);
    for (const QString &fault : {u"html"_s, u"proxy-block"_s, u"not-json"_s, u"truncated"_s,
                                 u"oversized"_s, u"empty"_s, u"redirect"_s}) {
        QVERIFY(m_server.reset());
        QVERIFY(m_server.setFault(u"/api/config"_s, fault));
        picker->checkSelfHosted(m_server.http().toString(), {}, {}, {}, {});
        QTRY_VERIFY2_WITH_TIMEOUT(!picker->errorText().isEmpty(), qPrintable(fault), 20'000);
        QCOMPARE(picker->errorField(), ServerPickerViewModel::Field::BaseUrl);
        QCOMPARE(picker->kind(), ServerPickerViewModel::Kind::UnitedStates);
    }
    picker->checkSelfHosted(u"http://vault.example.org"_s, {}, {}, {}, {});
    QVERIFY(picker->errorText().contains(u"https://"_s));
    picker->checkSelfHosted(u"https://vault.example.org"_s, {}, u"::"_s, {}, {});
    QCOMPARE(picker->errorField(), ServerPickerViewModel::Field::Api);
}

void TestSignInViewModel::ownAuthorityIsNeededForOwnCertificate()
{
    auto *picker = m_signIn->server();
    QSignalSpy accepted(picker, &ServerPickerViewModel::accepted);
    picker->checkSelfHosted(m_server.https().toString(), {}, {}, {}, {});
    QTRY_VERIFY(!picker->errorText().isEmpty());
    QCOMPARE(accepted.count(), 0);
    picker->checkSelfHosted(m_server.https().toString(), {}, {}, {}, m_server.caFile());
    QTRY_COMPARE(accepted.count(), 1);
}

void TestSignInViewModel::changeOfServerDropsTheHeldPassword()
{
    fill(u"demo");
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"drop"_s));
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_VERIFY_WITH_TIMEOUT(m_signIn->canRetry(), 20'000);
    m_signIn->server()->selectCloud(ServerPickerViewModel::Kind::UnitedStates);
    QVERIFY(!m_signIn->canRetry());
}

QTEST_MAIN(TestSignInViewModel)
#include "tst_signinviewmodel.moc"
