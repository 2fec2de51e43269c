// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountservertest.h"
#include "ui/signin/signinviewmodel.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Step = SignInViewModel::Step;
using ErrorPlace = SignInViewModel::ErrorPlace;

using Method = SecondStepViewModel::Method;

/// Stands in for the user's browser.
class Browser : public QObject
{
    Q_OBJECT

public:
    QUrl opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened = url; }
};

class TestSignInViewModel : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void signsInAndRemembersTheEmailOnlyIfAsked();
    void wrongPasswordAsksForItAgainAndHintsAtTheServerAfterThree();
    void emptyFieldsAreNamedWithoutAskingTheServer();
    void weakKdfAsksBeforeAnythingIsSent();
    void weakKdfOfAnApiKeyIsAskedAboutAndKnownOnlyThen();
    void hugeKdfIsRefusedWithItsValues();
    void retryNeedsNoSecondTyping();
    void retryIsOverOnceTheEmailWasEdited();
    void rateLimitCountsDownAndTakesNoTry();
    void secondStepBeginsWithTheDefaultAndNamesTheMethods();
    void authenticatorCodeSignsIn();
    void wrongCodeStaysAtTheField();
    void mailIsSentOnceWhenEmailIsChosen();
    void newDeviceCodeSignsIn();
    void recoveryCodeSignsInAndIsToldOf();
    void saysThatTheRecoveryCodeHadNoEffect();
    void shortRecoveryCodeIsSentOnlyWhenInsisted();
    void duoIsOpenedInTheBrowserAndItsAnswerTaken();
    void duosAnswerIsTakenFromTheClipboardWhenSomebodyComesBack();
    void duoOutOfReachLeavesTheOtherWays();
    void foreignAddressForDuoIsRefusedAndShown();
    void duoOfAnOrganizationIsToldFromTheAccounts();
    void touchedKeySignsIn();
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

private:
    void useServer(const QUrl &url);
    SecondStepViewModel *toSecondStep(QStringView role);
    QString authenticatorCode(QStringView role);
    QUrl confirmedAtDuo(const QUrl &address);
    SecondStepViewModel *toDuo(QUrl &opened);
    void fill(QStringView role);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    Keyring m_keyring{u"sparekey-test"_s};
    std::unique_ptr<DeviceIdentity> m_identity;
    HardwareKeys m_keys{HardwareKeys::Transports()};
    std::unique_ptr<AccountStore> m_store;
    std::unique_ptr<SignInViewModel> m_signIn;
    QString m_password;
};

void TestSignInViewModel::init()
{
    resetServer();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"sparekey.conf"_s));
    m_identity = std::make_unique<DeviceIdentity>(*m_settings);
    m_store = std::make_unique<AccountStore>(*m_settings, m_keyring, *m_identity);
    m_signIn = std::make_unique<SignInViewModel>(*m_settings, *m_identity, *m_store, m_keys);
    useServer(m_server.http());
}

void TestSignInViewModel::cleanup()
{
    m_signIn.reset();
    // Before their folder: what is written last would make it anew.
    m_store.reset();
    m_settings.reset();
}

void TestSignInViewModel::useServer(const QUrl &url)
{
    m_signIn->server()->preselect({.base = url.toString()});
    QCOMPARE(m_signIn->server()->kind(), ServerPickerViewModel::Kind::SelfHosted);
}

void TestSignInViewModel::fill(QStringView role)
{
    const auto account = m_server.account(role);
    m_signIn->setEmail(account.email);
    m_password = account.password;
}

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

SecondStepViewModel *TestSignInViewModel::toSecondStep(QStringView role)
{
    fill(role);
    m_signIn->submit(SecureBuffer::fromText(m_password));
    const bool there = QTest::qWaitFor([this] { return m_signIn->step() == Step::SecondStep; },
                                       20'000);
    return there ? m_signIn->secondStep() : nullptr;
}

QString TestSignInViewModel::authenticatorCode(QStringView role)
{
    return m_server.accountState(role)["authenticatorCodes"_L1][1].toString();
}

void TestSignInViewModel::secondStepBeginsWithTheDefaultAndNamesTheMethods()
{
    auto *secondStep = toSecondStep(u"every-step");
    QVERIFY(secondStep);
    QCOMPARE(secondStep->method(), Method::Passkey);
    QStringList names;
    for (const QVariant &method : secondStep->methods())
        names.append(method.toMap().value(u"name"_s).toString());
    QCOMPARE(names,
             QStringList({u"Authenticator app"_s, u"Yubico OTP security key"_s, u"Duo"_s,
                          u"Passkey"_s, u"Email"_s}));
    secondStep->choose(1);
    QCOMPARE(secondStep->method(), Method::YubicoOtp);
    QVERIFY(secondStep->guidance().contains(u"YubiKey"_s));
    m_signIn->cancel();
    QCOMPARE(m_signIn->step(), Step::Form);
    QVERIFY(secondStep->methods().isEmpty());
}

void TestSignInViewModel::authenticatorCodeSignsIn()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    QCOMPARE(secondStep->method(), Method::Authenticator);
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    const QString code = authenticatorCode(u"second-step");
    secondStep->submit(QString(code.first(3) + u' ' + code.sliced(3)));
    QVERIFY(secondStep->busy());
    // Another press meanwhile does nothing.
    secondStep->submit(code);
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QVERIFY(m_signIn->takeSession());
    QVERIFY(!m_signIn->recoveryCodeUsed());
    QCOMPARE(m_signIn->step(), Step::Form);
    QCOMPARE(m_server.requestedPaths().count(u"POST /identity/connect/token"_s), 2);
    QVERIFY(m_server.mailedCodes().isEmpty());
}

void TestSignInViewModel::wrongCodeStaysAtTheField()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    QSignalSpy wanted(secondStep, &SecondStepViewModel::codeWanted);
    secondStep->submit(u"12 34"_s);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(secondStep->errorText().contains(u"six digits"_s));
    const auto asked = m_server.requestedPaths().size();
    secondStep->submit(u"000000"_s);
    QVERIFY(secondStep->errorText().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 2, 20'000);
    QVERIFY(!secondStep->errorText().isEmpty());
    QVERIFY(secondStep->bannerText().isEmpty());
    QCOMPARE(m_server.requestedPaths().size(), asked + 1);
    QCOMPARE(m_signIn->step(), Step::SecondStep);
    secondStep->edited();
    QVERIFY(secondStep->errorText().isEmpty());
}

void TestSignInViewModel::mailIsSentOnceWhenEmailIsChosen()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    secondStep->choose(1);
    QCOMPARE(secondStep->method(), Method::Email);
    // Another method stays open while the code is on its way.
    QVERIFY(secondStep->sendingMail());
    QVERIFY(!secondStep->busy());
    secondStep->choose(0);
    QCOMPARE(secondStep->method(), Method::Authenticator);
    secondStep->choose(1);
    QTRY_COMPARE(m_server.mailedCodes().size(), 1);
    QTRY_VERIFY(!secondStep->sendingMail());
    QVERIFY(secondStep->guidance().contains(u'*'));
    QVERIFY(secondStep->resendSeconds() > 0);
    secondStep->resendMail();
    secondStep->choose(0);
    secondStep->choose(1);
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(m_server.mailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QCOMPARE(m_server.mailedCodes().size(), 1);

    // The method of the last time is the one to begin with.
    QVERIFY(toSecondStep(u"second-step"));
    QCOMPARE(secondStep->method(), Method::Email);
    QTRY_COMPARE(m_server.mailedCodes().size(), 2);
}

void TestSignInViewModel::newDeviceCodeSignsIn()
{
    auto *secondStep = toSecondStep(u"new-device");
    QVERIFY(secondStep);
    QCOMPARE(secondStep->page(), SecondStepViewModel::Page::NewDevice);
    QVERIFY(secondStep->guidance().contains(m_signIn->email()));
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(m_server.mailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInViewModel::recoveryCodeSignsInAndIsToldOf()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    secondStep->showRecovery();
    QCOMPARE(secondStep->page(), SecondStepViewModel::Page::RecoveryCode);
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    secondStep->submitRecoveryCode(SecureBuffer::fromText(code.toUpper()), false);
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QVERIFY(m_signIn->recoveryCodeUsed());
}

void TestSignInViewModel::saysThatTheRecoveryCodeHadNoEffect()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    secondStep->showRecovery();
    // The server says yes, does nothing, and asks for the second step again.
    QVERIFY(m_server.changeSettings({{u"recoverySignIn"_s, false}}));
    QVERIFY(m_server.setFault(u"/api/two-factor/recover"_s, u"empty"_s));
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    secondStep->submitRecoveryCode(SecureBuffer::fromText(code), false);
    QTRY_VERIFY_WITH_TIMEOUT(!secondStep->busy() && !secondStep->errorText().isEmpty(), 20'000);
    QVERIFY(secondStep->errorText().contains(u"still asks for the second step"_s));
    QCOMPARE(secondStep->page(), SecondStepViewModel::Page::RecoveryCode);
    QCOMPARE(signedIn.count(), 0);
}

void TestSignInViewModel::shortRecoveryCodeIsSentOnlyWhenInsisted()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    secondStep->showRecovery();
    const auto asked = m_server.requestedPaths().size();
    secondStep->submitRecoveryCode(SecureBuffer::copyOf("abcd efgh"), false);
    QVERIFY(secondStep->asksToSendAnyway());
    QVERIFY(secondStep->errorText().contains(u"this one has 8"_s));
    QCOMPARE(m_server.requestedPaths().size(), asked);
    secondStep->submitRecoveryCode(SecureBuffer::copyOf("abcd efgh"), true);
    QTRY_VERIFY_WITH_TIMEOUT(!secondStep->busy() && !secondStep->errorText().isEmpty(), 20'000);
    QVERIFY(m_server.requestedPaths().size() > asked);
    secondStep->leaveRecovery();
    QCOMPARE(secondStep->page(), SecondStepViewModel::Page::SecondStep);
    QVERIFY(secondStep->errorText().isEmpty());
}

/// To where Duo and the web vault lead a browser in which the person confirms; the account server
/// stands in for Duo.
QUrl TestSignInViewModel::confirmedAtDuo(const QUrl &address)
{
    const RawAnswer answer =
        exchange(static_cast<quint16>(m_server.http().port()),
                 {.path = (address.path() + u'?' + address.query(QUrl::FullyEncoded)).toUtf8()});
    return answer.status == 302 ? QUrl::fromEncoded(answer.header("Location"_ba)) : QUrl();
}

SecondStepViewModel *TestSignInViewModel::toDuo(QUrl &opened)
{
    Browser browser;
    QDesktopServices::setUrlHandler(u"https"_s, &browser, "open");
    const auto done = qScopeGuard([] { QDesktopServices::unsetUrlHandler(u"https"_s); });
    auto *secondStep = toSecondStep(u"every-step");
    if (!secondStep)
        return nullptr;
    secondStep->choose(2);
    if (secondStep->method() != Method::Duo || !secondStep->duoTrusted() || secondStep->duoOpened())
        return nullptr;
    secondStep->openDuo();
    opened = browser.opened;
    return secondStep;
}

void TestSignInViewModel::duoIsOpenedInTheBrowserAndItsAnswerTaken()
{
    QUrl opened;
    auto *secondStep = toDuo(opened);
    QVERIFY(secondStep);
    QVERIFY(secondStep->duoOpened());
    QVERIFY(opened.host().endsWith(u".duosecurity.com"_s));
    const QUrl back = confirmedAtDuo(opened);
    QVERIFY(back.path().endsWith(u"duo-redirect-connector.html"_s));

    const auto asked = m_server.requestedPaths().size();
    QUrl elsewhere = back;
    elsewhere.setHost(u"evil.example"_s);
    secondStep->submit(elsewhere.toString());
    QVERIFY(!secondStep->busy());
    QVERIFY(secondStep->errorText().contains(u"not the address"_s));
    secondStep->submit(back.toString().replace(u"state="_s, u"state=x"_s));
    QVERIFY(!secondStep->busy());
    QVERIFY(secondStep->errorText().contains(u"an earlier try"_s));
    QCOMPARE(m_server.requestedPaths().size(), asked);

    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(back.toString());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInViewModel::duosAnswerIsTakenFromTheClipboardWhenSomebodyComesBack()
{
    QUrl opened;
    auto *secondStep = toDuo(opened);
    QVERIFY(secondStep);
    const QUrl back = confirmedAtDuo(opened);
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    auto *clipboard = QGuiApplication::clipboard();
    // In the browser, as long as nobody is in our window.
    clipboard->setText(back.toString());
    QTest::qWait(100);
    QVERIFY(!secondStep->busy());
    clipboard->setText(back.toString().replace(u"state="_s, u"state=x"_s));
    QWindow window;
    window.show();
    window.requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    // The answer to another question is none of ours, and nothing to complain about.
    QVERIFY(!secondStep->busy());
    QCOMPARE(secondStep->errorText(), QString());
    clipboard->setText(back.toString());
    QVERIFY(secondStep->busy());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    clipboard->clear();
}

void TestSignInViewModel::duoOutOfReachLeavesTheOtherWays()
{
    SecondStepViewModel secondStep(m_keys);
    secondStep.begin(nullptr,
                     {.offered = {ProviderType::Duo, ProviderType::Authenticator},
                      .duoUnreachable = true},
                     u"me@example.com"_s, {}, {});
    QCOMPARE(secondStep.method(), Method::Duo);
    QVERIFY(!secondStep.duoTrusted());
    QVERIFY2(secondStep.bannerText().contains(u"cannot reach Duo"_s),
             qPrintable(secondStep.bannerText()));
    QVERIFY2(secondStep.guidance().contains(u"cannot be asked"_s),
             qPrintable(secondStep.guidance()));
    secondStep.choose(0);
    QCOMPARE(secondStep.method(), Method::Authenticator);
    QVERIFY(secondStep.bannerText().isEmpty());
    secondStep.showRecovery();
    QCOMPARE(secondStep.page(), SecondStepViewModel::Page::RecoveryCode);
}

void TestSignInViewModel::foreignAddressForDuoIsRefusedAndShown()
{
    SecondStepViewModel secondStep(m_keys);
    const QString address = u"https://api-1a2b.duosecurity.com.evil.example/frame?"_s
        + QString(500, u'x');
    secondStep.begin(nullptr,
                     {.offered = {ProviderType::Duo, ProviderType::Authenticator},
                      .duoAuthUrl = address},
                     u"me@example.com"_s, {}, ProviderType::Duo);
    QCOMPARE(secondStep.method(), Method::Duo);
    QVERIFY(!secondStep.duoTrusted());
    QVERIFY2(secondStep.bannerText().contains(u"“https://api-1a2b.duosecurity.com.evil.example/"_s),
             qPrintable(secondStep.bannerText()));
    QVERIFY(secondStep.bannerText().size() < 300);
    secondStep.openDuo();
    QVERIFY(!secondStep.duoOpened());
}

void TestSignInViewModel::duoOfAnOrganizationIsToldFromTheAccounts()
{
    SecondStepViewModel secondStep(m_keys);
    secondStep.begin(nullptr,
                     {.offered = {ProviderType::Duo, ProviderType::OrganizationDuo},
                      .duoAuthUrl = u"https://api-1a2b.duosecurity.com/frame"_s,
                      .organizationDuoAuthUrl = u"https://api-3c4d.duosecurity.com/frame"_s},
                     u"me@example.com"_s, {}, {});
    QCOMPARE(secondStep.methodName(), u"Duo (Organization)"_s);
    QVERIFY(secondStep.isDuoOfOrganization());
    QVERIFY(secondStep.duoTrusted());
    secondStep.choose(1);
    QCOMPARE(secondStep.methodName(), u"Duo"_s);
    QVERIFY(!secondStep.isDuoOfOrganization());
}

void TestSignInViewModel::touchedKeySignsIn()
{
    auto *secondStep = toSecondStep(u"every-step");
    QVERIFY(secondStep);
    secondStep->choose(1);
    QCOMPARE(secondStep->method(), Method::YubicoOtp);
    secondStep->submitTouch(SecureBuffer::copyOf("not modhex at all"));
    QVERIFY(secondStep->errorText().contains(u"layout"_s));
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submitTouch(SecureBuffer::fromText(m_server.touchYubiKey(u"every-step"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
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
    for (const auto &said : {u"127.0.0.1 did not answer as a Bitwarden server"_s, u"200)"_s,
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
    QTest::addColumn<QString>("typed");
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
    QFETCH(QString, typed);
    QFETCH(QStringList, forms);
    const QString text = ServerPickerViewModel::hostForms(typed);
    QCOMPARE(text.isEmpty(), forms.isEmpty());
    for (const QString &form : forms)
        QVERIFY2(text.contains(form), qPrintable(text));
    if (!typed.isEmpty()) {
        m_signIn->server()->preselect({.base = typed});
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
