// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/checkcharacters.h"
#include "core/recovery/enteredcode.h"
#include "tests/ui/signin/signintest.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QWindow>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Step = SignInViewModel::Step;
using Page = SignInStepsViewModel::Page;
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

class TestSignInSteps : public SignInTest
{
    Q_OBJECT

private Q_SLOTS:
    void secondStepBeginsWithTheDefaultAndNamesTheMethods();
    void authenticatorCodeSignsIn();
    void wrongCodeStaysAtTheField();
    void emailIsSentOnceWhenEmailIsChosen();
    void newDeviceCodeSignsIn();
    void recoveryCodeSignsInAndIsToldOf();
    void saysThatTheRecoveryCodeHadNoEffect();
    void shortRecoveryCodeIsSentOnlyWhenInsisted();
    void wrongRowOfASheetIsToldAtOnce();
    void codeOfASheetSignsInWithItsCheckCharacters();
    void recoveryThatNeedsSingleSignOnVoidsTheCopies();
    void organizationsDuoIsTaken();
    void refusedCodeTellsOfAClockThatIsOff_data();
    void refusedCodeTellsOfAClockThatIsOff();
    void duoIsOpenedInTheBrowserAndItsAnswerTaken();
    void duosAnswerIsTakenFromTheClipboardWhenSomebodyComesBack();
    void duoOutOfReachLeavesTheOtherWays();
    void passkeysWithoutKeyAreToldBesideAnyOtherMethod();
    void foreignAddressForDuoIsRefusedAndShown();
    void duoOfAnOrganizationIsToldFromTheAccounts();
    void touchedKeySignsIn();
    void refusedCodeOfAYubiKeyTellsWhatToTry_data();
    void refusedCodeOfAYubiKeyTellsWhatToTry();

private:
    /// Signs in until the server wants more than the password.
    [[nodiscard]] bool isAskedForMore(QStringView role);
    SecondStepViewModel *toSecondStep(QStringView role);
    RecoverySignInViewModel *toRecovery(QStringView role);
    QString authenticatorCode(QStringView role);
    QUrl confirmedAtDuo(const QUrl &address);
    SecondStepViewModel *toDuo(QUrl &opened);
    [[nodiscard]] SignInStepsViewModel &steps() { return *m_signIn->steps(); }
};

bool TestSignInSteps::isAskedForMore(QStringView role)
{
    fill(role);
    m_signIn->submit(SecureBuffer::fromText(m_password));
    return QTest::qWaitFor([this] { return m_signIn->step() == Step::SecondStep; }, 20'000);
}

SecondStepViewModel *TestSignInSteps::toSecondStep(QStringView role)
{
    return isAskedForMore(role) ? steps().secondStep() : nullptr;
}

RecoverySignInViewModel *TestSignInSteps::toRecovery(QStringView role)
{
    if (!isAskedForMore(role))
        return nullptr;
    steps().showRecovery();
    return steps().page() == Page::RecoveryCode ? steps().recovery() : nullptr;
}

QString TestSignInSteps::authenticatorCode(QStringView role)
{
    return m_server.accountState(role)["authenticatorCodes"_L1][1].toString();
}

void TestSignInSteps::secondStepBeginsWithTheDefaultAndNamesTheMethods()
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

void TestSignInSteps::authenticatorCodeSignsIn()
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
    QVERIFY(m_server.emailedCodes().isEmpty());
}

void TestSignInSteps::wrongCodeStaysAtTheField()
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

void TestSignInSteps::emailIsSentOnceWhenEmailIsChosen()
{
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    secondStep->choose(1);
    QCOMPARE(secondStep->method(), Method::Email);
    // Another method stays open while the code is on its way.
    QVERIFY(secondStep->sendingEmail());
    QVERIFY(!secondStep->busy());
    secondStep->choose(0);
    QCOMPARE(secondStep->method(), Method::Authenticator);
    secondStep->choose(1);
    QTRY_COMPARE(m_server.emailedCodes().size(), 1);
    QTRY_VERIFY(!secondStep->sendingEmail());
    QVERIFY(secondStep->guidance().contains(u'*'));
    QVERIFY(secondStep->resendSeconds() > 0);
    secondStep->resendEmail();
    secondStep->choose(0);
    secondStep->choose(1);
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QCOMPARE(m_server.emailedCodes().size(), 1);

    // The method of the last time is the one to begin with.
    QVERIFY(toSecondStep(u"second-step"));
    QCOMPARE(secondStep->method(), Method::Email);
    QTRY_COMPARE(m_server.emailedCodes().size(), 2);
}

void TestSignInSteps::newDeviceCodeSignsIn()
{
    QVERIFY(isAskedForMore(u"new-device"));
    QCOMPARE(steps().page(), Page::NewDevice);
    auto *newDevice = steps().newDevice();
    QVERIFY(newDevice->guidance().contains(m_signIn->email()));
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    newDevice->submit(m_server.emailedCodes().last());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInSteps::recoveryCodeSignsInAndIsToldOf()
{
    auto *recovery = toRecovery(u"second-step");
    QVERIFY(recovery);
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    recovery->submit(code.toUpper(), false);
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QVERIFY(m_signIn->recoveryCodeUsed());
}

void TestSignInSteps::saysThatTheRecoveryCodeHadNoEffect()
{
    auto *recovery = toRecovery(u"second-step");
    QVERIFY(recovery);
    // The server says yes, does nothing, and asks for the second step again.
    QVERIFY(m_server.changeSettings({{u"recoverySignIn"_s, false}}));
    QVERIFY(m_server.setFault(u"/api/two-factor/recover"_s, u"empty"_s));
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    recovery->submit(code, false);
    QTRY_VERIFY_WITH_TIMEOUT(!recovery->busy() && !recovery->errorText().isEmpty(), 20'000);
    QVERIFY(recovery->errorText().contains(u"still asks for the second step"_s));
    QCOMPARE(steps().page(), Page::RecoveryCode);
    QCOMPARE(signedIn.count(), 0);
}

void TestSignInSteps::shortRecoveryCodeIsSentOnlyWhenInsisted()
{
    auto *recovery = toRecovery(u"second-step");
    QVERIFY(recovery);
    const auto asked = m_server.requestedPaths().size();
    recovery->submit(u"abcd efgh"_s, false);
    QVERIFY(recovery->asksToSendAnyway());
    QVERIFY(recovery->errorText().contains(u"this one has 8"_s));
    QCOMPARE(m_server.requestedPaths().size(), asked);
    recovery->submit(u"abcd efgh"_s, true);
    QTRY_VERIFY_WITH_TIMEOUT(!recovery->busy() && !recovery->errorText().isEmpty(), 20'000);
    QVERIFY(m_server.requestedPaths().size() > asked);
    steps().leaveRecovery();
    QCOMPARE(steps().page(), Page::SecondStep);
    QVERIFY(steps().secondStep()->errorText().isEmpty());
}

void TestSignInSteps::wrongRowOfASheetIsToldAtOnce()
{
    auto *recovery = toRecovery(u"second-step");
    QVERIFY(recovery);
    const auto asked = m_server.requestedPaths().size();
    recovery->check(u"SMIP M3G5 Y2F4 YGVB");
    QVERIFY(recovery->wrongRowText().isEmpty());
    QVERIFY(recovery->rightRowText().isEmpty());
    const QString first = u"SMIP M3G5 Y2F4 YGVB "_s
        + checkCharactersOfLine('a', "SMIPM3G5Y2F4YGVB").value_or(QString());
    recovery->check(first);
    QVERIFY(recovery->rightRowText().contains(u"Row 1"_s));
    const QString wrong = QString(first).replace(u"M3G5"_s, u"M3G6"_s) + u' ';
    recovery->check(wrong);
    QVERIFY2(recovery->wrongRowText().contains(u"Row 1"_s), qPrintable(recovery->wrongRowText()));
    QVERIFY(recovery->rightRowText().isEmpty());
    const QString second = u"B3PC 2B5L ZAXV F6OT "_s
        + checkCharactersOfLine('b', "B3PC2B5LZAXVF6OT").value_or(QString());
    recovery->check(QString(first + u' ' + second));
    QVERIFY(recovery->rightRowText().contains(u"Both rows"_s));

    recovery->submit(QString(wrong + second), false);
    QVERIFY(!recovery->busy());
    QVERIFY(recovery->asksToSendAnyway());
    QVERIFY(recovery->errorText().contains(u"Row 1"_s));
    QCOMPARE(m_server.requestedPaths().size(), asked);
    recovery->check(first);
    QVERIFY(!recovery->asksToSendAnyway());
    QVERIFY(recovery->errorText().isEmpty());
}

void TestSignInSteps::codeOfASheetSignsInWithItsCheckCharacters()
{
    auto *recovery = toRecovery(u"second-step");
    QVERIFY(recovery);
    const QString code =
        m_server.accountState(u"second-step")["recoveryCode"_L1].toString().toUpper();
    QString sheet;
    for (const int row : {0, 1}) {
        const QString text = code.sliced(row * codeRowSize, codeRowSize);
        sheet += text + u' '
            + checkCharactersOfLine(static_cast<char>('a' + row), text.toLatin1())
                  .value_or(QString())
            + u' ';
    }
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    recovery->submit(sheet, false);
    QVERIFY2(recovery->busy(), qPrintable(recovery->errorText()));
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
    QVERIFY(m_signIn->recoveryCodeUsed());
}

void TestSignInSteps::recoveryThatNeedsSingleSignOnVoidsTheCopies()
{
    auto *recovery = toRecovery(u"second-step");
    QVERIFY(recovery);
    const QString key = accountKey(m_signIn->server()->environment(), m_signIn->email());
    m_settings->addCopy(key, {.when = QDateTime::currentDateTimeUtc(), .sheetId = u"7K2M-4D"_s});
    QVERIFY(!m_settings->copies(key).isEmpty());
    QVERIFY(m_server.editAccount(u"second-step", {{u"ssoRequired"_s, true}}));
    const QString code = m_server.accountState(u"second-step")["recoveryCode"_L1].toString();
    recovery->submit(code, false);
    QTRY_COMPARE_WITH_TIMEOUT(m_signIn->step(), Step::Form, 20'000);
    QVERIFY2(m_signIn->errorText().startsWith(u"Your recovery code worked"_s),
             qPrintable(m_signIn->errorText()));
    QVERIFY(m_settings->copies(key).isEmpty());

    // From now on the server only says that it is not for passwords.
    m_signIn->submit(SecureBuffer::fromText(m_password));
    QTRY_VERIFY_WITH_TIMEOUT(m_signIn->step() == Step::Form
                                 && m_signIn->errorText().contains(u"Sparekey can't do"_s),
                             20'000);
}

void TestSignInSteps::organizationsDuoIsTaken()
{
    QVERIFY(m_server.changeSettings({{u"organizationDuo"_s, true}}));
    Browser browser;
    QDesktopServices::setUrlHandler(u"https"_s, &browser, "open");
    const auto done = qScopeGuard([] { QDesktopServices::unsetUrlHandler(u"https"_s); });
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    QCOMPARE(secondStep->method(), Method::Duo);
    QVERIFY(secondStep->isDuoOfOrganization());
    secondStep->openDuo();
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(confirmedAtDuo(browser.opened).toString());
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInSteps::refusedCodeTellsOfAClockThatIsOff_data()
{
    QTest::addColumn<int>("ahead");
    QTest::addColumn<bool>("told");
    QTest::newRow("right") << 0 << false;
    QTest::newRow("ahead") << 95 << true;
    QTest::newRow("behind") << -95 << true;
}

void TestSignInSteps::refusedCodeTellsOfAClockThatIsOff()
{
    QFETCH(const int, ahead);
    QFETCH(const bool, told);
    QVERIFY(m_server.changeSettings({{u"clockAheadSeconds"_s, ahead}}));
    auto *secondStep = toSecondStep(u"second-step");
    QVERIFY(secondStep);
    QCOMPARE(secondStep->noteText(), QString());
    secondStep->submit(u"000000"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!secondStep->errorText().isEmpty(), 20'000);
    QCOMPARE(secondStep->noteText().contains(u"computer’s clock is 9"_s), told);
    QCOMPARE(!secondStep->noteText().isEmpty(), told);
}

/// To where Duo and the web vault lead a browser in which the person confirms; the account server
/// stands in for Duo.
QUrl TestSignInSteps::confirmedAtDuo(const QUrl &address)
{
    const RawAnswer answer =
        exchange(static_cast<quint16>(m_server.http().port()),
                 {.path = (address.path() + u'?' + address.query(QUrl::FullyEncoded)).toUtf8()});
    return answer.status == 302 ? QUrl::fromEncoded(answer.header("Location"_ba)) : QUrl();
}

SecondStepViewModel *TestSignInSteps::toDuo(QUrl &opened)
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

void TestSignInSteps::duoIsOpenedInTheBrowserAndItsAnswerTaken()
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

void TestSignInSteps::duosAnswerIsTakenFromTheClipboardWhenSomebodyComesBack()
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

void TestSignInSteps::duoOutOfReachLeavesTheOtherWays()
{
    SignInStepsViewModel steps(m_keys);
    steps.begin(nullptr,
                {.offered = {ProviderType::Duo, ProviderType::Authenticator},
                 .duoUnreachable = true},
                u"me@example.com"_s, {}, {});
    SecondStepViewModel &secondStep = *steps.secondStep();
    QCOMPARE(secondStep.method(), Method::Duo);
    QVERIFY(!secondStep.duoTrusted());
    QVERIFY2(secondStep.bannerText().contains(u"can’t reach Duo"_s),
             qPrintable(secondStep.bannerText()));
    QVERIFY2(secondStep.guidance().contains(u"cannot be asked"_s),
             qPrintable(secondStep.guidance()));
    secondStep.choose(0);
    QCOMPARE(secondStep.method(), Method::Authenticator);
    QVERIFY(secondStep.bannerText().isEmpty());
    steps.showRecovery();
    QCOMPARE(steps.page(), Page::RecoveryCode);
}

void TestSignInSteps::passkeysWithoutKeyAreToldBesideAnyOtherMethod()
{
    QVERIFY(isAskedForMore(u"every-step"));
    SecondStepViewModel &secondStep = *steps().secondStep();
    secondStep.begin({.offered = {ProviderType::Authenticator, ProviderType::Email},
                      .passkeysWithoutKey = true},
                     ProviderType::Email);
    QCOMPARE(secondStep.method(), Method::Email);
    QVERIFY(secondStep.bannerText().startsWith(u"Passkeys are on"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!m_server.emailedCodes().isEmpty(), 20'000);
    QVERIFY(secondStep.bannerText().startsWith(u"Passkeys are on"_s));
}

void TestSignInSteps::foreignAddressForDuoIsRefusedAndShown()
{
    SignInStepsViewModel steps(m_keys);
    const QString address = u"https://api-1a2b.duosecurity.com.evil.example/frame?"_s
        + QString(500, u'x');
    steps.begin(nullptr,
                {.offered = {ProviderType::Duo, ProviderType::Authenticator},
                 .duoAuthUrl = address},
                u"me@example.com"_s, {}, ProviderType::Duo);
    SecondStepViewModel &secondStep = *steps.secondStep();
    QCOMPARE(secondStep.method(), Method::Duo);
    QVERIFY(!secondStep.duoTrusted());
    QVERIFY2(secondStep.bannerText().contains(u"“https://api-1a2b.duosecurity.com.evil.example/"_s),
             qPrintable(secondStep.bannerText()));
    QVERIFY(secondStep.bannerText().size() < 300);
    secondStep.openDuo();
    QVERIFY(!secondStep.duoOpened());
}

void TestSignInSteps::duoOfAnOrganizationIsToldFromTheAccounts()
{
    SignInStepsViewModel steps(m_keys);
    steps.begin(nullptr,
                {.offered = {ProviderType::Duo, ProviderType::OrganizationDuo},
                 .duoAuthUrl = u"https://api-1a2b.duosecurity.com/frame"_s,
                 .organizationDuoAuthUrl = u"https://api-3c4d.duosecurity.com/frame"_s},
                u"me@example.com"_s, {}, {});
    SecondStepViewModel &secondStep = *steps.secondStep();
    QCOMPARE(secondStep.methodName(), u"Duo (Organization)"_s);
    QVERIFY(secondStep.isDuoOfOrganization());
    QVERIFY(secondStep.duoTrusted());
    secondStep.choose(1);
    QCOMPARE(secondStep.methodName(), u"Duo"_s);
    QVERIFY(!secondStep.isDuoOfOrganization());
}

void TestSignInSteps::touchedKeySignsIn()
{
    auto *secondStep = toSecondStep(u"every-step");
    QVERIFY(secondStep);
    secondStep->choose(1);
    QCOMPARE(secondStep->method(), Method::YubicoOtp);
    secondStep->submit(u"not modhex at all"_s);
    QVERIFY(secondStep->errorText().contains(u"layout"_s));
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(m_server.touchYubiKey(u"every-step"_s));
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

void TestSignInSteps::refusedCodeOfAYubiKeyTellsWhatToTry_data()
{
    QTest::addColumn<bool>("used");
    QTest::newRow("of another key") << false;
    QTest::newRow("used before") << true;
}

void TestSignInSteps::refusedCodeOfAYubiKeyTellsWhatToTry()
{
    QFETCH(const bool, used);
    const QString code = m_server.touchYubiKey(used ? u"every-step"_s : u"another"_s);
    if (used) {
        auto *before = toSecondStep(u"every-step");
        QVERIFY(before);
        before->choose(1);
        QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
        before->submit(code);
        QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
        QVERIFY(m_signIn->takeSession());
    }
    auto *secondStep = toSecondStep(u"every-step");
    QVERIFY(secondStep);
    secondStep->choose(1);
    QCOMPARE(secondStep->method(), Method::YubicoOtp);
    secondStep->submit(code);
    QTRY_VERIFY_WITH_TIMEOUT(!secondStep->errorText().isEmpty(), 20'000);
    QCOMPARE(secondStep->errorText(),
             u"That code was not accepted. Each code works once: touch the key again. If that does "
             "not help, this key may not be registered with your account: use another one."_s);
    QCOMPARE(m_signIn->step(), Step::SecondStep);
    // The next touch signs in.
    QSignalSpy signedIn(m_signIn.get(), &SignInViewModel::signedIn);
    secondStep->submit(m_server.touchYubiKey(u"every-step"_s));
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, 20'000);
}

QTEST_MAIN(TestSignInSteps)
#include "tst_signinsteps.moc"
