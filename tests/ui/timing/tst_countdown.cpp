// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/sleep.h"
#include "ui/timing/countdown.h"

#include <QSignalSpy>
#include <QTest>

using namespace Sparekey;
using namespace std::chrono_literals;

class TestCountdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundsUpAndRunsDown();
    void runsDownWhileTheComputerSleeps();
    void saysNothingWhenItIsStopped();
};

void TestCountdown::roundsUpAndRunsDown()
{
    Countdown countdown;
    QSignalSpy finished(&countdown, &Countdown::finished);
    countdown.start(1100ms);
    QCOMPARE(countdown.seconds(), 2);
    QTRY_COMPARE(countdown.seconds(), 0);
    QCOMPARE(finished.count(), 1);
}

void TestCountdown::runsDownWhileTheComputerSleeps()
{
    Countdown countdown;
    QSignalSpy finished(&countdown, &Countdown::finished);
    countdown.start(1h);
    QCOMPARE(countdown.seconds(), 3600);
    simulateSystemSleep(50min);
    QTRY_VERIFY(countdown.seconds() <= 600);
    QCOMPARE(finished.count(), 0);
    simulateSystemSleep(10min);
    QTRY_COMPARE(countdown.seconds(), 0);
    QCOMPARE(finished.count(), 1);
}

void TestCountdown::saysNothingWhenItIsStopped()
{
    Countdown countdown;
    QSignalSpy finished(&countdown, &Countdown::finished);
    countdown.start(1h);
    countdown.stop();
    QCOMPARE(countdown.seconds(), 0);
    QCOMPARE(finished.count(), 0);
}

QTEST_GUILESS_MAIN(TestCountdown)
#include "tst_countdown.moc"
