// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxkdf.h"
#include "tests/account_server/totp.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"
#include "ui/twosteplogin/twosteploginviewmodel.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;
using CodeStage = RecoveryCodeViewModel::Stage;

// Managing a method, from the prompt to the list that shows what became of it.
class TestProviderViewModels : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void managesOnlyWhatHasADialog();
    void wrongPasswordOpensNothing();
    void firstMethodBringsTheRecoveryCodeWithoutAnotherPrompt();
    void shortAndWrongCodesAreSaidAtTheField();
    void expiredProofOfAKeyAsksAgainAndDoesNotSendTheOldCode();
    void expiredProofOfTurningOffAsksAgainAndGoesOn();
    void closingWipesTheKey();
    void emailTurnsOnWithTheCodeOfTheEmail();
    void changedAddressNeedsANewCode();
    void refusedEmailIsSaidAtTheAddress();
    void lostAnswerToASaveIsReadBack();
    void saysThatNothingWasChangedOnlyAfterALook();
    void clockThatIsOffIsToldOf_data();
    void clockThatIsOffIsToldOf();

private:
    TwoStepLoginViewModel &page() { return *m_page; }
    AuthenticatorViewModel &authenticator() { return *m_page->authenticator(); }
    EmailViewModel &email() { return *m_page->email(); }
    void prove(ProviderViewModel &provider);
    void open(ProviderViewModel &provider);
    QString code();
    bool isOn(int type)
    {
        return m_server.accountState(u"nothing-on")["providers"_L1][QString::number(type)].toBool();
    }

    QTemporaryDir m_folder;
    PrintService m_printing;
    HardwareKeys m_keys{HardwareKeys::Transports()};
    KeyInventory m_inventory{
        KeyInventory::fileBeside(m_folder.filePath(QStringLiteral("sparekey.conf")))};
    LibraryEvents m_events{m_folder.filePath(QStringLiteral("sparekey.conf"))};
    Library m_library{[] {
        return argon2idParameters(quint64{8} * 1024, 1, 1);
    }};
    AccountCodeKeeper m_keeper{m_library, m_events};
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<TwoStepLoginViewModel> m_page;
};

void TestProviderViewModels::init()
{
    resetServer();
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"sparekey.conf"_s));
    const auto session = signedIn(m_server, u"nothing-on");
    QVERIFY(session);
    m_page = std::make_unique<TwoStepLoginViewModel>(session, *m_settings, m_printing, m_keeper,
                                                     m_keys, m_inventory);
    QTRY_COMPARE(page().loadState(), TwoStepLoginViewModel::LoadState::Loaded);
}

void TestProviderViewModels::cleanup()
{
    m_page.reset();
}

void TestProviderViewModels::prove(ProviderViewModel &provider)
{
    const QString password = m_server.account(u"nothing-on").password;
    provider.verification()->submit(SecureBuffer::fromText(password));
}

void TestProviderViewModels::open(ProviderViewModel &provider)
{
    QVERIFY(page().manage(static_cast<int>(provider.type())));
    QCOMPARE(provider.stage(), Stage::Verifying);
    prove(provider);
    QTRY_COMPARE_WITH_TIMEOUT(provider.stage(), Stage::Open, 10'000);
}

QString TestProviderViewModels::code()
{
    QString key = QString::fromLatin1(authenticator().keyText()->text().view());
    const auto secret = fromBase32(key.remove(u' ')).value();
    return totpCode(secret, totpStep(std::chrono::system_clock::now()));
}

void TestProviderViewModels::managesOnlyWhatHasADialog()
{
    QVERIFY(!page().manage(static_cast<int>(ProviderType::OrganizationDuo)));
    QVERIFY(page().manage(static_cast<int>(ProviderType::Email)));
    QCOMPARE(email().stage(), Stage::Verifying);
    email().verification()->cancel();
    QCOMPARE(email().stage(), Stage::Closed);
}

void TestProviderViewModels::wrongPasswordOpensNothing()
{
    QVERIFY(page().manage(0));
    authenticator().verification()->submit(SecureBuffer::copyOf("not it"));
    QTRY_VERIFY(!authenticator().verification()->errorText().isEmpty());
    QCOMPARE(authenticator().stage(), Stage::Verifying);
    QVERIFY(authenticator().keyText()->isEmpty());
}

void TestProviderViewModels::firstMethodBringsTheRecoveryCodeWithoutAnotherPrompt()
{
    open(authenticator());
    QVERIFY(!authenticator().isOn());
    QVERIFY(authenticator().isRevealed());
    QVERIFY(authenticator().clockText().isEmpty());
    QSignalSpy noted(&page(), &TwoStepLoginViewModel::noted);
    const QString digits = code();
    authenticator().turnOn(QString(digits.left(3) + u' ' + digits.right(3)));
    QTRY_COMPARE(authenticator().stage(), Stage::Closed);
    QVERIFY(isOn(0));
    QCOMPARE(noted.value(0).value(0).toString(), u"Authenticator app is turned on."_s);
    QCOMPARE(page().providers()->turnedOnCount(), 1);
    QTRY_COMPARE(page().recoveryCode()->stage(), CodeStage::Shown);
    QVERIFY(page().recoveryCode()->isFirstMethod());
}

void TestProviderViewModels::shortAndWrongCodesAreSaidAtTheField()
{
    open(authenticator());
    authenticator().turnOn(u"12345"_s);
    QVERIFY(!authenticator().codeErrorText().isEmpty());
    QVERIFY(!authenticator().isBusy());
    const QString right = code();
    authenticator().turnOn(right == "111111"_L1 ? u"222222"_s : u"111111"_s);
    QVERIFY(authenticator().isBusy());
    QTRY_VERIFY(!authenticator().isBusy());
    QCOMPARE(authenticator().stage(), Stage::Open);
    QVERIFY(authenticator().codeErrorText().contains(u"not accepted"_s));
    QVERIFY(!isOn(0));
}

void TestProviderViewModels::expiredProofOfAKeyAsksAgainAndDoesNotSendTheOldCode()
{
    open(authenticator());
    QVERIFY(m_server.expireVerifications());
    authenticator().turnOn(code());
    QTRY_COMPARE(authenticator().stage(), Stage::VerifyingAgain);
    prove(authenticator());
    QTRY_COMPARE_WITH_TIMEOUT(authenticator().stage(), Stage::Open, 10'000);
    // The new proof came with a new key, which is what is shown now.
    QVERIFY(authenticator().isKeyReplaced());
    QVERIFY(!authenticator().isBusy());
    QVERIFY(!isOn(0));
    authenticator().turnOn(code());
    QTRY_COMPARE(authenticator().stage(), Stage::Closed);
    QVERIFY(isOn(0));
}

void TestProviderViewModels::expiredProofOfTurningOffAsksAgainAndGoesOn()
{
    QVERIFY(m_server.editAccount(u"nothing-on", {{u"providers"_s, QJsonObject{{u"1"_s, true}}}}));
    open(email());
    QVERIFY(email().isOn());
    email().askToTurnOff();
    QVERIFY(!email().turnOffNote().isEmpty());
    QVERIFY(m_server.expireVerifications());
    email().turnOff();
    QTRY_COMPARE(email().stage(), Stage::VerifyingAgain);
    QVERIFY(isOn(1));
    prove(email());
    QTRY_COMPARE_WITH_TIMEOUT(email().stage(), Stage::Closed, 10'000);
    QVERIFY(!isOn(1));
}

void TestProviderViewModels::closingWipesTheKey()
{
    open(authenticator());
    QVERIFY(!authenticator().uri()->isEmpty());
    authenticator().close();
    QVERIFY(authenticator().uri()->isEmpty());
    QVERIFY(authenticator().keyText()->isEmpty());
    QCOMPARE(authenticator().stage(), Stage::Closed);
}

void TestProviderViewModels::emailTurnsOnWithTheCodeOfTheEmail()
{
    open(email());
    email().sendCode(email().address());
    QTRY_VERIFY(!email().sentTo().isEmpty());
    QVERIFY(email().resendSeconds() > 0);
    // Not again within the wait.
    email().sendCode(email().address());
    QVERIFY(!email().isSending());
    QCOMPARE(m_server.emailedCodes().size(), 1);
    email().turnOn(m_server.emailedCodes().constLast());
    QTRY_COMPARE(email().stage(), Stage::Closed);
    QVERIFY(isOn(1));
}

void TestProviderViewModels::changedAddressNeedsANewCode()
{
    open(email());
    email().sendCode(u"no address"_s);
    QVERIFY(!email().addressErrorText().isEmpty());
    email().sendCode(u"one@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"one@example.com"_s);
    email().addressEdited(u"two@example.com"_s);
    QVERIFY(email().sentTo().isEmpty());
    email().turnOn(m_server.emailedCodes().constLast());
    QVERIFY(!email().isBusy());
    email().sendCode(u"two@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"two@example.com"_s);
    QCOMPARE(m_server.emailedCodes().size(), 2);
}

void TestProviderViewModels::refusedEmailIsSaidAtTheAddress()
{
    open(email());
    email().sendCode(u"me@bounce.example"_s);
    QTRY_VERIFY(!email().addressErrorText().isEmpty());
    QVERIFY(email().addressErrorText().startsWith(u"The server sent no email: “"_s));
    QVERIFY(email().sentTo().isEmpty());
    QVERIFY(email().errorText().isEmpty());
}

void TestProviderViewModels::lostAnswerToASaveIsReadBack()
{
    open(authenticator());
    QVERIFY(m_server.setFault(u"/api/two-factor/authenticator"_s, u"drop"_s, {{u"times"_s, 1}}));
    const QString digits = code();
    authenticator().turnOn(digits);
    QTRY_VERIFY(!authenticator().isBusy());
    QCOMPARE(authenticator().stage(), Stage::Open);
    QVERIFY(!authenticator().errorText().isEmpty());
    QVERIFY(!isOn(0));
    // The code was never used up, and the same key is still there.
    QVERIFY(m_server.setFault(u"/api/two-factor/authenticator"_s, u"drop-mid-body"_s,
                              {{u"times"_s, 1}}));
    authenticator().turnOn(digits);
    QTRY_COMPARE(authenticator().stage(), Stage::Closed);
    QVERIFY(isOn(0));
}

void TestProviderViewModels::saysThatNothingWasChangedOnlyAfterALook()
{
    const QString claim = u"Nothing was changed."_s;
    open(authenticator());
    QVERIFY(m_server.setFault(u"/api/two-factor/authenticator"_s, u"server-error"_s,
                              {{u"times"_s, 1}}));
    authenticator().turnOn(code());
    QTRY_VERIFY(!authenticator().errorText().isEmpty());
    QVERIFY(authenticator().errorText().contains(u"Server error (500)"_s));
    QVERIFY(authenticator().errorText().endsWith(claim));
    authenticator().close();

    // Vaultwarden has forgotten the address in use by then.
    open(email());
    QVERIFY(
        m_server.setFault(u"/api/two-factor/send-email"_s, u"server-error"_s, {{u"times"_s, 1}}));
    email().sendCode(u"one@example.com"_s);
    QTRY_VERIFY(!email().errorText().isEmpty());
    QVERIFY(email().errorText().contains(u"Server error (500)"_s));
    QVERIFY(!email().errorText().contains(claim));
}

void TestProviderViewModels::clockThatIsOffIsToldOf_data()
{
    QTest::addColumn<int>("ahead");
    QTest::addColumn<bool>("told");
    // The server's clock has whole seconds, and the way takes some time.
    QTest::newRow("a little behind") << -16 << false;
    QTest::newRow("a little ahead") << 19 << false;
    QTest::newRow("behind") << -21 << true;
    QTest::newRow("ahead") << 26 << true;
}

void TestProviderViewModels::clockThatIsOffIsToldOf()
{
    QFETCH(const int, ahead);
    QFETCH(const bool, told);
    QVERIFY(m_server.changeSettings({{u"clockAheadSeconds"_s, ahead}}));
    open(authenticator());
    QCOMPARE(!authenticator().clockText().isEmpty(), told);
    if (told)
        QVERIFY(authenticator().clockText().startsWith(u"Your computer’s clock is 2"_s));
}

QTEST_MAIN(TestProviderViewModels)
#include "tst_providerviewmodels.moc"
