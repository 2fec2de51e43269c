// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/totp.h"
#include "tests/ui/managedpage.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;

// A dialog that is left while the server still works, and an email that came before it was opened.
class TestLeavingDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QVERIFY(m_test.open(u"token"_s)); }
    void cleanup() { m_test.close(); }

    void tellsAMadeChangeAfterTheDialogIsGone();
    void readsTheListAfterALateRefusal();
    void leavingAnIdleDialogSaysNothing();
    void aCodeOfAnEarlierEmailIsTakenWithoutAnother();
    void anEarlierCodeNeedsAnAddress();
    void countsDownToTheNextCode();
    void stepsAreOfThirtySeconds();
    void stepsGoByTheServersClock();

private:
    QString code();
    TwoStepLoginViewModel &page() { return *m_test.page; }
    AuthenticatorViewModel &authenticator() { return *page().authenticator(); }
    EmailViewModel &email() { return *page().email(); }

    ManagedPage m_test;
};

void TestLeavingDialogs::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

QString TestLeavingDialogs::code()
{
    QString key = QString::fromLatin1(authenticator().keyText()->text().view());
    const auto secret = fromBase32(key.remove(u' ')).value();
    return totpCode(secret, totpStep(std::chrono::system_clock::now()));
}

void TestLeavingDialogs::tellsAMadeChangeAfterTheDialogIsGone()
{
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/authenticator"_s, u"delay"_s,
                                   {{u"milliseconds"_s, 600}, {u"times"_s, 1}}));
    QSignalSpy noted(&page(), &TwoStepLoginViewModel::noted);
    authenticator().turnOn(code());
    QVERIFY(authenticator().isBusy());
    QTRY_VERIFY(m_test.server.requestedPaths().contains(u"PUT /api/two-factor/authenticator"_s));
    authenticator().leave();
    QCOMPARE(authenticator().stage(), Stage::Closed);
    QVERIFY(authenticator().keyText()->isEmpty());
    QVERIFY(noted.value(0).value(0).toString().startsWith(u"Canceled."_s));
    QTRY_COMPARE_WITH_TIMEOUT(page().providers()->turnedOnCount(), 1, 10'000);
    QCOMPARE(noted.value(1).value(0).toString(), u"Authenticator app is turned on."_s);
    // It is the first: its code wants to be kept all the same.
    QTRY_COMPARE(page().recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Shown);
}

void TestLeavingDialogs::readsTheListAfterALateRefusal()
{
    QVERIFY(m_test.manage(authenticator()));
    const QString right = code();
    QVERIFY(m_test.server.setFault(u"/api/two-factor/authenticator"_s, u"delay"_s,
                                   {{u"milliseconds"_s, 600}, {u"times"_s, 1}}));
    authenticator().turnOn(right == "111111"_L1 ? u"222222"_s : u"111111"_s);
    QTRY_VERIFY(m_test.server.requestedPaths().contains(u"PUT /api/two-factor/authenticator"_s));
    authenticator().leave();
    const auto asked = [this] {
        return m_test.server.requestedPaths().count(u"GET /api/two-factor"_s);
    };
    const auto before = asked();
    QTRY_VERIFY_WITH_TIMEOUT(asked() > before, 10'000);
    QCOMPARE(page().providers()->turnedOnCount(), 0);
    QCOMPARE(authenticator().stage(), Stage::Closed);
}

void TestLeavingDialogs::leavingAnIdleDialogSaysNothing()
{
    QVERIFY(m_test.manage(authenticator()));
    QSignalSpy noted(&page(), &TwoStepLoginViewModel::noted);
    authenticator().leave();
    QCOMPARE(authenticator().stage(), Stage::Closed);
    QCOMPARE(noted.size(), 0);
}

void TestLeavingDialogs::aCodeOfAnEarlierEmailIsTakenWithoutAnother()
{
    QVERIFY(m_test.manage(email()));
    email().sendCode(email().address());
    QTRY_VERIFY(!email().sentTo().isEmpty());
    email().leave();
    QVERIFY(m_test.manage(email()));
    QVERIFY(email().codeFor().isEmpty());
    email().useExistingCode(email().address());
    QVERIFY(email().sentTo().isEmpty());
    email().turnOn(m_test.server.emailedCodes().constLast());
    QTRY_COMPARE(email().stage(), Stage::Closed);
    QCOMPARE(m_test.server.emailedCodes().size(), 1);
    QTRY_COMPARE(page().providers()->turnedOnCount(), 1);
}

void TestLeavingDialogs::anEarlierCodeNeedsAnAddress()
{
    QVERIFY(m_test.manage(email()));
    email().useExistingCode(u"nobody"_s);
    QVERIFY(!email().addressErrorText().isEmpty());
    QVERIFY(email().codeFor().isEmpty());
}

void TestLeavingDialogs::countsDownToTheNextCode()
{
    QCOMPARE(authenticator().codeSeconds(), 0);
    QVERIFY(m_test.manage(authenticator()));
    QVERIFY(authenticator().codeSeconds() >= 1 && authenticator().codeSeconds() <= 30);
    QSignalSpy ticks(&authenticator(), &AuthenticatorViewModel::codeSecondsChanged);
    QVERIFY(ticks.wait(2'000));
    authenticator().close();
    QCOMPARE(authenticator().codeSeconds(), 0);
}

void TestLeavingDialogs::stepsAreOfThirtySeconds()
{
    const auto leftAt = [](qint64 seconds) {
        return StepClock::secondsLeftAt(QDateTime::fromSecsSinceEpoch(seconds));
    };
    // RFC 6238, appendix B: 59 s is the last second of step 1.
    QCOMPARE(leftAt(59), 1);
    QCOMPARE(leftAt(60), 30);
    QCOMPARE(leftAt(1111111109), 1);
    QCOMPARE(leftAt(1111111111), 29);
}

void TestLeavingDialogs::stepsGoByTheServersClock()
{
    StepClock clock;
    const QDateTime server = QDateTime::currentDateTimeUtc().addSecs(3615);
    clock.start(server);
    const int expected = StepClock::secondsLeftAt(server);
    // A second may just have ended.
    const int next = expected == 1 ? 30 : expected - 1;
    QVERIFY(clock.secondsLeft() == expected || clock.secondsLeft() == next);
    clock.stop();
    QCOMPARE(clock.secondsLeft(), 0);
}

QTEST_MAIN(TestLeavingDialogs)
#include "tst_leavingdialogs.moc"
