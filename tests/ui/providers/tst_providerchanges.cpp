// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/totp.h"
#include "tests/ui/managedpage.h"

#include <QQuickItem>
#include <QSignalSpy>

#include <algorithm>

using namespace Sparekey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Stage = ProviderViewModel::Stage;
using LoadState = TwoStepLoginViewModel::LoadState;

// What stands between a dialog and its change: something else that changes the same account, and a
// server that wants to be left alone. And the list, which has to follow.
class TestProviderChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_test.close(); }

    void keyOfAnAppTurnedOnElsewhereIsNotOverwritten_data() { eachGeneration(); }
    void keyOfAnAppTurnedOnElsewhereIsNotOverwritten();
    void lookingBeforeAChangeMakesNoNewKey();
    void emailTurnedOnElsewhereIsNotOverwritten_data() { eachGeneration(); }
    void emailTurnedOnElsewhereIsNotOverwritten();
    void emailIsNotSentOverAnAddressOfSomebodyElse_data() { eachGeneration(); }
    void emailIsNotSentOverAnAddressOfSomebodyElse();
    void duoTurnedOnElsewhereIsNotOverwritten_data() { eachGeneration(); }
    void duoTurnedOnElsewhereIsNotOverwritten();
    void addressIsChangedThoughTheServerDropsTheOldOne_data() { eachGeneration(); }
    void addressIsChangedThoughTheServerDropsTheOldOne();
    void emailTurnedOffElsewhereIsNotChanged();
    void unansweredLookSendsNothing();
    void tellsWhereTheOldAddressMayBeLost_data();
    void tellsWhereTheOldAddressMayBeLost();
    void waitsAsLongAsTheServerWants_data();
    void waitsAsLongAsTheServerWants();
    void waitGoesOnWhileTheDialogIsClosed();
    void turningOffWaitsToo();
    void answerFromBeforeAChangeDoesNotCount();
    void whoWasLongAwayFindsAFreshList();
    void codeCanBeViewedWhateverIsOn();
    void reminderIsNotedBeforeTheFirstMethodIsOn();
    void codeOfAnyLengthAndScriptSetsEmailUp();
    void oneConfirmationTurnsAMethodOff();
    void nobodyIsRemindedOfACodeThatLiftsNothing();

private:
    static void eachGeneration();
    [[nodiscard]] TwoStepLoginViewModel &page() { return *m_test.page; }
    [[nodiscard]] AuthenticatorViewModel &authenticator() { return *page().authenticator(); }
    [[nodiscard]] EmailViewModel &email() { return *page().email(); }
    [[nodiscard]] DuoViewModel &duo() { return *page().duo(); }
    bool setElsewhere(int type, bool on)
    {
        return m_test.server.editAccount(ManagedPage::role,
                                         {{u"providers"_s,
                                           QJsonObject{{QString::number(type), on}}}});
    }
    [[nodiscard]] qsizetype asked(const QString &request)
    {
        return m_test.server.requestedPaths().count(request);
    }
    [[nodiscard]] bool isOnItsWay();
    [[nodiscard]] QString code();
    void submitDuo();
    void verifyToldAndUntouched(ProviderViewModel &provider, bool on, const QString &request,
                                bool listed = true);

    ManagedPage m_test;
};

void TestProviderChanges::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

void TestProviderChanges::eachGeneration()
{
    QTest::addColumn<QString>("generation");
    for (const QString &generation : serverGenerations)
        QTest::newRow(qPrintable(generation)) << generation;
}

bool TestProviderChanges::isOnItsWay()
{
    const auto requests = m_test.server.requests();
    return std::any_of(requests.begin(), requests.end(),
                       [](const QJsonValue &request) { return request["endUs"_L1].isNull(); });
}

QString TestProviderChanges::code()
{
    QString key = QString::fromLatin1(authenticator().keyText()->text().view());
    const auto secret = fromBase32(key.remove(u' ')).value();
    return totpCode(secret, totpStep(std::chrono::system_clock::now()));
}

void TestProviderChanges::submitDuo()
{
    duo().form()->editClientId(u"DISPAREKEYEXAMPLE001"_s);
    duo().form()->editHost(u"api-5aae7e57.duosecurity.com"_s);
    SecretInput input;
    input.fill(u"0123456789abcdefghijABCDEFGHIJ9876543210"_s);
    SecretEntry secret;
    secret.setInput(&input);
    duo().form()->submit(&secret);
}

/// The dialog shows what the method is now and says so, the list follows if the server has the
/// method in it, and `request` was never made.
void TestProviderChanges::verifyToldAndUntouched(ProviderViewModel &provider, bool on,
                                                 const QString &request, bool listed)
{
    QVERIFY(provider.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!provider.isBusy(), 10'000);
    QCOMPARE(provider.stage(), Stage::Open);
    QCOMPARE(provider.isOn(), on);
    QVERIFY2(provider.noticeText().contains(u"elsewhere"_s), qPrintable(provider.noticeText()));
    QVERIFY2(provider.errorText().isEmpty(), qPrintable(provider.errorText()));
    QCOMPARE(asked(request), 0);
    QTRY_COMPARE(page().providers()->states().value(provider.type(), false), on && listed);
    // Still there once the list has been read again.
    QVERIFY(m_test.isLoaded());
    QVERIFY(!provider.noticeText().isEmpty());
}

void TestProviderChanges::keyOfAnAppTurnedOnElsewhereIsNotOverwritten()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(authenticator().isRevealed());
    QVERIFY(setElsewhere(0, true));
    authenticator().turnOn(code());
    verifyToldAndUntouched(authenticator(), true, u"PUT /api/two-factor/authenticator"_s);
    if (QTest::currentTestFailed())
        return;
    // What is shown is the key in use, and covered as such a key always is.
    QString key = QString::fromLatin1(authenticator().keyText()->text().view());
    QCOMPARE(key.remove(u' '),
             m_test.server.accountState(ManagedPage::role)["setupKey"_L1].toString());
    QVERIFY(!authenticator().isRevealed());
    QCOMPARE(authenticator().codeSeconds(), 0);
    QVERIFY(authenticator().uri()->text().size() > 0);
}

void TestProviderChanges::lookingBeforeAChangeMakesNoNewKey()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(authenticator()));
    const QString right = code();
    authenticator().turnOn(right == "111111"_L1 ? u"222222"_s : u"111111"_s);
    QTRY_VERIFY(!authenticator().isBusy());
    authenticator().turnOn(right);
    QTRY_COMPARE(authenticator().stage(), Stage::Closed);
    QCOMPARE(asked(u"POST /api/two-factor/get-authenticator"_s), 1);
    QVERIFY(m_test.isOn(0));
}

void TestProviderChanges::emailTurnedOnElsewhereIsNotOverwritten()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(email()));
    email().sendCode(u"mine@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"mine@example.com"_s);
    QVERIFY(setElsewhere(1, true));
    email().turnOn(m_test.server.emailedCodes().constLast());
    verifyToldAndUntouched(email(), true, u"PUT /api/two-factor/email"_s);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(email().address() != u"mine@example.com"_s);
    QVERIFY(!email().address().isEmpty());
}

void TestProviderChanges::emailIsNotSentOverAnAddressOfSomebodyElse()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(email()));
    QVERIFY(setElsewhere(1, true));
    email().sendCode(u"mine@example.com"_s);
    verifyToldAndUntouched(email(), true, u"POST /api/two-factor/send-email"_s);
    QVERIFY(!email().isSending());
    QVERIFY(m_test.isOn(1));
}

void TestProviderChanges::duoTurnedOnElsewhereIsNotOverwritten()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(setElsewhere(2, true));
    submitDuo();
    // Our Vaultwarden is not set up for Duo.
    const bool listed = generation == "middle"_L1 || generation == "token"_L1;
    verifyToldAndUntouched(duo(), true, u"PUT /api/two-factor/duo"_s, listed);
    QVERIFY(!duo().host().isEmpty());
}

void TestProviderChanges::addressIsChangedThoughTheServerDropsTheOldOne()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(email()));
    email().change();
    email().sendCode(u"first@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"first@example.com"_s);
    QTRY_VERIFY(!email().isBusy());
    email().addressEdited(u"second@example.com"_s);
    email().sendCode(u"second@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"second@example.com"_s);
    QTRY_VERIFY(!email().isBusy());
    QVERIFY2(email().noticeText().isEmpty(), qPrintable(email().noticeText()));
    email().turnOn(m_test.server.emailedCodes().constLast());
    QTRY_COMPARE_WITH_TIMEOUT(email().stage(), Stage::Closed, 10'000);
    QVERIFY(m_test.isOn(1));
}

void TestProviderChanges::emailTurnedOffElsewhereIsNotChanged()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(email()));
    email().change();
    email().sendCode(u"new@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"new@example.com"_s);
    QTRY_VERIFY(!email().isBusy());
    QVERIFY(setElsewhere(1, false));
    email().turnOn(m_test.server.emailedCodes().constLast());
    verifyToldAndUntouched(email(), false, u"PUT /api/two-factor/email"_s);
    QVERIFY(!email().isChanging());
}

void TestProviderChanges::unansweredLookSendsNothing()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(m_test.server.setFault(u"/api/two-factor"_s, u"drop"_s));
    QSignalSpy wanted(duo().form(), &DuoFormViewModel::fieldWanted);
    submitDuo();
    QTRY_VERIFY(!duo().isBusy());
    QCOMPARE(duo().stage(), Stage::Open);
    QVERIFY(!duo().errorText().isEmpty());
    QCOMPARE(asked(u"PUT /api/two-factor/duo"_s), 0);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(m_test.server.clearFaults());
    submitDuo();
    QTRY_COMPARE_WITH_TIMEOUT(duo().stage(), Stage::Closed, 10'000);
    QVERIFY(m_test.isOn(2));
}

void TestProviderChanges::tellsWhereTheOldAddressMayBeLost_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<bool>("may");
    QTest::newRow("classic") << u"classic"_s << true;
    QTest::newRow("token") << u"token"_s << false;
}

void TestProviderChanges::tellsWhereTheOldAddressMayBeLost()
{
    QFETCH(QString, generation);
    QFETCH(bool, may);
    QVERIFY(m_test.open(generation));
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(email()));
    QVERIFY(!email().mayDropOldAddress());
    email().change();
    QCOMPARE(email().mayDropOldAddress(), may);
    // As it was said.
    email().sendCode(u"new@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"new@example.com"_s);
    QCOMPARE(m_test.isOn(1), !may);
    email().close();
    QVERIFY(!email().mayDropOldAddress());
}

void TestProviderChanges::waitsAsLongAsTheServerWants_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("authenticator") << 0 << u"PUT"_s << u"/api/two-factor/authenticator"_s;
    QTest::newRow("email") << 1 << u"POST"_s << u"/api/two-factor/send-email"_s;
    QTest::newRow("duo") << 2 << u"PUT"_s << u"/api/two-factor/duo"_s;
    QTest::newRow("look") << 2 << u"GET"_s << u"/api/two-factor"_s;
}

void TestProviderChanges::waitsAsLongAsTheServerWants()
{
    QFETCH(int, type);
    QFETCH(QString, method);
    QFETCH(QString, path);
    QVERIFY(m_test.open(u"token"_s));
    const QList<ProviderViewModel *> all{&authenticator(), &email(), &duo()};
    ProviderViewModel &provider = *all.at(type);
    const auto act = [this, type] {
        if (type == 0)
            authenticator().turnOn(code());
        else if (type == 1)
            email().sendCode(u"me@example.com"_s);
        else
            submitDuo();
    };
    QVERIFY(m_test.manage(provider));
    QVERIFY(provider.waitText().isEmpty());
    QVERIFY(m_test.server.setFault(path, u"rate-limit"_s,
                                   {{u"method"_s, method}, {u"seconds"_s, 2}, {u"times"_s, 1}}));
    act();
    QVERIFY(provider.isBusy());
    QTRY_VERIFY(!provider.isBusy());
    QCOMPARE(provider.stage(), Stage::Open);
    QVERIFY2(provider.waitText().startsWith(u"You can continue in 2 "_s),
             qPrintable(provider.waitText()));
    QVERIFY2(provider.errorText().isEmpty(), qPrintable(provider.errorText()));
    act();
    QVERIFY(!provider.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(provider.waitText().startsWith(u"You can continue in 1 "_s), 5'000);
    QTRY_VERIFY_WITH_TIMEOUT(provider.waitText().isEmpty(), 5'000);
    act();
    QVERIFY(provider.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!provider.isBusy(), 10'000);
    QVERIFY2(provider.errorText().isEmpty(), qPrintable(provider.errorText()));
    QVERIFY(provider.waitText().isEmpty());
}

void TestProviderChanges::waitGoesOnWhileTheDialogIsClosed()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/duo"_s, u"rate-limit"_s,
                                   {{u"seconds"_s, 60}, {u"times"_s, 1}}));
    submitDuo();
    QTRY_VERIFY(!duo().waitText().isEmpty());
    duo().leave();
    QVERIFY(m_test.manage(duo()));
    QVERIFY(!duo().waitText().isEmpty());
    submitDuo();
    QVERIFY(!duo().isBusy());
}

void TestProviderChanges::turningOffWaitsToo()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(email()));
    email().askToTurnOff();
    QVERIFY(m_test.server.setFault(u"/api/two-factor/email"_s, u"rate-limit"_s,
                                   {{u"seconds"_s, 1}, {u"times"_s, 1}}));
    email().turnOff();
    QTRY_VERIFY(!email().waitText().isEmpty());
    email().turnOff();
    QVERIFY(!email().isBusy());
    QVERIFY(email().isAskingToTurnOff());
    QTRY_VERIFY_WITH_TIMEOUT(email().waitText().isEmpty(), 5'000);
    email().turnOff();
    QTRY_COMPARE_WITH_TIMEOUT(email().stage(), Stage::Closed, 10'000);
    QVERIFY(!m_test.isOn(1));
}

void TestProviderChanges::answerFromBeforeAChangeDoesNotCount()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(email()));
    email().sendCode(u"me@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"me@example.com"_s);
    QTRY_VERIFY(!isOnItsWay());
    QVERIFY(m_test.server.setFault(
        u"/api/two-factor"_s, u"delay"_s,
        {{u"method"_s, u"GET"_s}, {u"milliseconds"_s, 3000}, {u"times"_s, 1}}));
    const auto before = asked(u"GET /api/two-factor"_s);
    page().refresh();
    QTRY_COMPARE(asked(u"GET /api/two-factor"_s), before + 1);
    email().turnOn(m_test.server.emailedCodes().constLast());
    QTRY_COMPARE_WITH_TIMEOUT(email().stage(), Stage::Closed, 10'000);
    QCOMPARE(page().providers()->turnedOnCount(), 1);
    QVERIFY(isOnItsWay());
    QTRY_VERIFY_WITH_TIMEOUT(!isOnItsWay() && page().loadState() == LoadState::Loaded, 10'000);
    QCOMPARE(page().providers()->turnedOnCount(), 1);
}

void TestProviderChanges::whoWasLongAwayFindsAFreshList()
{
    QVERIFY(m_test.open(u"token"_s));
    const QString list = u"GET /api/two-factor"_s;
    const auto start = BootClock::now();
    page().setInFront(true, start);
    page().setInFront(false, start);
    const auto before = asked(list);
    page().setInFront(true, start + 4min + 59s);
    QCOMPARE(page().loadState(), LoadState::Loaded);
    page().setInFront(false, start + 10min);
    page().setInFront(true, start + 15min + 1s);
    QCOMPARE(page().loadState(), LoadState::Refreshing);
    QVERIFY(m_test.isLoaded());
    QCOMPARE(asked(list), before + 1);
}

void TestProviderChanges::codeCanBeViewedWhateverIsOn()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(page().isNothingOn());
    QVERIFY(page().recoveryCodeEnabled());
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(!page().isNothingOn());
    QVERIFY(page().recoveryCodeEnabled());
    // What is on is not known any more.
    QVERIFY(setElsewhere(1, false));
    QVERIFY(m_test.reload());
    QVERIFY(page().isNothingOn());
    QVERIFY(m_test.server.setFault(u"/api/two-factor"_s, u"server-error"_s));
    page().refresh();
    QTRY_COMPARE(page().loadState(), LoadState::ServerProblem);
    QVERIFY(!page().isNothingOn());
    QVERIFY(page().recoveryCodeEnabled());
}

void TestProviderChanges::reminderIsNotedBeforeTheFirstMethodIsOn()
{
    QVERIFY(m_test.open(u"token"_s));
    const auto reminders = [this] {
        return m_test.settings().copyReminders(m_test.accountKey());
    };
    QVERIFY(m_test.manage(email()));
    email().sendCode(u"me@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"me@example.com"_s);
    const QString code = m_test.server.emailedCodes().constLast();
    email().turnOn(code == "000000"_L1 ? u"111111"_s : u"000000"_s);
    QTRY_VERIFY(!email().isBusy());
    QVERIFY2(reminders() == 0, "what was refused is nothing to be reminded of");

    // The program is killed while the server's answer is on its way.
    QVERIFY(m_test.server.setFault(u"/api/two-factor/email"_s, u"delay"_s,
                                   {{u"milliseconds"_s, 2000}, {u"method"_s, u"PUT"_s}}));
    email().turnOn(code);
    QTRY_COMPARE(reminders(), 3);
    QVERIFY(email().isBusy());
    QTRY_VERIFY(m_test.isOn(1));
    QVERIFY(m_test.makePage());
    QVERIFY(page().remindsOfCode());
}

void TestProviderChanges::codeOfAnyLengthAndScriptSetsEmailUp()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(email()));
    email().sendCode(u"me@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"me@example.com"_s);
    const QString code = m_test.server.emailedCodes().constLast();
    const auto asks = [this] {
        return asked(u"PUT /api/two-factor/email"_s);
    };
    email().turnOn(u"123"_s);
    QVERIFY(!email().isBusy());
    QVERIFY(!email().codeErrorText().isEmpty());
    for (const QString &other : {u"1234 5678"_s, QString(32, u'1'), u"۱۲۳۴"_s}) {
        const auto before = asks();
        email().turnOn(other);
        QVERIFY2(email().isBusy(), qPrintable(other));
        QTRY_VERIFY(!email().isBusy());
        QCOMPARE(asks(), before + 1);
    }
    QString persian;
    for (const QChar digit : code)
        persian += QChar(0x06f0 + digit.digitValue());
    email().turnOn(persian);
    QTRY_COMPARE(email().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(1));
}

void TestProviderChanges::oneConfirmationTurnsAMethodOff()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    page().turnOff(1);
    QVERIFY(email().isOnlyTurningOff());
    QCOMPARE(email().stage(), Stage::Verifying);
    email().verification()->submit(SecureBuffer::copyOf("another password"));
    QTRY_VERIFY(!email().verification()->errorText().isEmpty());
    QVERIFY(m_test.isOn(1));
    m_test.typePassword(email());
    QTRY_COMPARE(email().stage(), Stage::Closed);
    QVERIFY(!m_test.isOn(1));
    QVERIFY(!email().isOnlyTurningOff());

    // It was turned off elsewhere: nothing is, and that is said.
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(setElsewhere(1, false));
    page().turnOff(1);
    m_test.typePassword(email());
    QTRY_COMPARE(email().stage(), Stage::Open);
    QVERIFY(!email().isOnlyTurningOff());
    QVERIFY(!email().isAskingToTurnOff());
    QVERIFY(!email().noticeText().isEmpty());
}

void TestProviderChanges::nobodyIsRemindedOfACodeThatLiftsNothing()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(email()));
    email().sendCode(u"me@example.com"_s);
    QTRY_COMPARE(email().sentTo(), u"me@example.com"_s);
    email().turnOn(m_test.server.emailedCodes().constLast());
    QTRY_COMPARE_WITH_TIMEOUT(page().recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Shown,
                              10'000);
    page().recoveryCode()->postpone();
    QVERIFY(page().remindsOfCode());
    QVERIFY(m_test.isLoaded());
    QSignalSpy told(&page(), &TwoStepLoginViewModel::copyStatusChanged);
    QVERIFY(setElsewhere(1, false));
    QVERIFY(m_test.reload());
    QVERIFY(!page().remindsOfCode());
    QVERIFY(!told.isEmpty());
    QVERIFY(setElsewhere(1, true));
    QVERIFY(m_test.reload());
    QVERIFY(page().remindsOfCode());
}

QTEST_MAIN(TestProviderChanges)
#include "tst_providerchanges.moc"
#include "ui/secret/secretinput.h"
