// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/minimalpdf.h"
#include "tests/support/privatecups.h"
#include "ui/sheet/unconfirmedprintsviewmodel.h"

#include <QCoroTask>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;

// What is asked after a start of a sheet that was being printed when the program ended.
class TestUnconfirmedPrints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_killed.reset(); }

    void asksAfterAKill();
    void namesTheKindOfSheet_data();
    void namesTheKindOfSheet();
    void aGoodSheetIsACopy();
    void aBadSheetIsNoCopyAndLeavesTheQueue();

private:
    void refresh(UnconfirmedPrintsViewModel &asking)
    {
        QSignalSpy changed(&asking, &UnconfirmedPrintsViewModel::changed);
        asking.refresh();
        QVERIFY(changed.wait());
    }

    QTemporaryDir m_folder;
    PrivateCups m_cups;
    QString m_file;
    PrintJob m_job;
    // Stays as a killed program leaves it until the test is over.
    std::unique_ptr<PrintService> m_killed;
};

void TestUnconfirmedPrints::initTestCase()
{
    QVERIFY(m_cups.start());
    QVERIFY(qputenv("CUPS_SERVER", m_cups.value("CUPS_SERVER")));
}

void TestUnconfirmedPrints::init()
{
    static int count = 0;
    m_file = m_folder.filePath(u"jobs%1"_s.arg(++count));
    m_killed = std::make_unique<PrintService>(m_file);
    QVERIFY(m_cups.tell("pause"));
    const SentSheet about{.printerTitle = u"Paper in a file"_s,
                          .account = u"a1"_s,
                          .sheetId = u"7K2M-4D"_s};
    const auto job = QCoro::waitFor(m_killed->print(u"sheet"_s,
                                                    SecureBuffer::copyOf(minimalPdf("KILLED")),
                                                    PaperSize::A4, 1, about));
    QVERIFY(job.has_value());
    m_job = *job;
}

void TestUnconfirmedPrints::asksAfterAKill()
{
    PrintService printing(m_file);
    Settings settings(m_folder.filePath(u"settings"_s));
    UnconfirmedPrintsViewModel asking(printing, settings);
    QVERIFY(!asking.asks());
    refresh(asking);
    QVERIFY(asking.asks());
    QVERIFY2(asking.text().contains(u"Paper in a file"_s), qPrintable(asking.text()));
    QVERIFY2(asking.text().contains(u"recovery sheet"_s), qPrintable(asking.text()));
}

void TestUnconfirmedPrints::namesTheKindOfSheet_data()
{
    QTest::addColumn<bool>("setUp");
    QTest::addColumn<QString>("words");
    QTest::newRow("codes of another service") << false << u"A recovery sheet was sent"_s;
    QTest::newRow("setup key") << true << u"A setup sheet was sent"_s;
}

void TestUnconfirmedPrints::namesTheKindOfSheet()
{
    QFETCH(bool, setUp);
    QFETCH(QString, words);
    const SentSheet about{.printerTitle = u"Paper in a file"_s, .setUp = setUp};
    const auto job = QCoro::waitFor(m_killed->print(u"sheet"_s,
                                                    SecureBuffer::copyOf(minimalPdf("SECOND")),
                                                    PaperSize::A4, 1, about));
    QVERIFY(job.has_value());
    PrintService printing(m_file);
    Settings settings(m_folder.filePath(u"settings of kinds"_s));
    UnconfirmedPrintsViewModel asking(printing, settings);
    refresh(asking);
    asking.answer(true);
    QVERIFY(asking.asks());
    QVERIFY2(asking.text().contains(words), qPrintable(asking.text()));
}

void TestUnconfirmedPrints::aGoodSheetIsACopy()
{
    PrintService printing(m_file);
    Settings settings(m_folder.filePath(u"settings"_s));
    UnconfirmedPrintsViewModel asking(printing, settings);
    refresh(asking);
    QSignalSpy noted(&asking, &UnconfirmedPrintsViewModel::copyRecorded);
    asking.answer(true);
    QVERIFY(!asking.asks());
    QCOMPARE(noted.size(), 1);
    QCOMPARE(noted.first().first().toString(), u"a1"_s);
    const auto copies = settings.copies(u"a1"_s);
    QCOMPARE(copies.size(), 1);
    QCOMPARE(copies.first().kind, CopyKind::Printed);
    QCOMPARE(copies.first().sheetId, u"7K2M-4D"_s);
    refresh(asking);
    QVERIFY(!asking.asks());
}

void TestUnconfirmedPrints::aBadSheetIsNoCopyAndLeavesTheQueue()
{
    PrintService printing(m_file);
    Settings settings(m_folder.filePath(u"settings of the bad"_s));
    UnconfirmedPrintsViewModel asking(printing, settings);
    refresh(asking);
    asking.answer(false);
    QVERIFY(!asking.asks());
    QVERIFY(settings.copies(u"a1"_s).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(QCoro::waitFor(printing.status(m_job)).value().state,
                              PrintJobState::Gone, 20'000);
}

QTEST_MAIN(TestUnconfirmedPrints)
#include "tst_unconfirmedprints.moc"
