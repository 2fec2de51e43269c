// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/printservice.h"

#include "tests/support/minimalpdf.h"
#include "tests/support/privatecups.h"

#include <QCoroTask>

#include <QDir>
#include <QElapsedTimer>
#include <QLocalServer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cups/cups.h>

#include <sys/stat.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

SecureBuffer document(const QByteArray &text)
{
    return SecureBuffer::copyOf(minimalPdf(text));
}

} // namespace

class TestPrintService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listsThePrinter();
    void printsFromMemory();
    void saysNothingInTheTitle();
    void sendsTheChosenPaperAndCopies();
    void removesTheSpooledCopy();
    void forgetsTheSpooledCopyByItself();
    void forgetsTheSpooledCopyAtItsEnd();
    void stopsAJobThatWaits();
    void asksAgainAfterAKill();
    void cleansTheQueueOfAnEarlierRun();
    void asksWhatTheWindowNoLongerAsks();
    void leavesAForeignJobWithTheSameNumberAlone();
    void readsNoPipeAndNoNonsense_data();
    void readsNoPipeAndNoNonsense();
    void knowsNothingOfAForeignJob();
    void tellsThatThePrinterRefuses();
    void tellsThatThePrinterIsGone();
    void listsNoPrinters();
    void givesUpOnAServerThatHangs();
    void tellsThatTheServiceIsGone();

private:
    [[nodiscard]] Result<PrintJob> print(const QByteArray &text, PaperSize paper = PaperSize::A4,
                                         int copies = 1)
    {
        return QCoro::waitFor(m_service->print(u"sheet"_s, document(text), paper, copies));
    }

    [[nodiscard]] Result<PrintJobStatus> status(const PrintJob &job)
    {
        return QCoro::waitFor(m_service->status(job));
    }

    bool reaches(const PrintJob &job, PrintJobState state)
    {
        return QTest::qWaitFor(
            [&] { return status(job).value_or(PrintJobStatus{}).state == state; }, 20000);
    }

    QTemporaryDir m_folder;
    PrivateCups m_cups;
    std::unique_ptr<PrintService> m_service;
};

void TestPrintService::initTestCase()
{
    QVERIFY(m_cups.start());
    QVERIFY(qputenv("CUPS_SERVER", m_cups.value("CUPS_SERVER")));
    m_service = std::make_unique<PrintService>();
}

void TestPrintService::listsThePrinter()
{
    const auto printers = QCoro::waitFor(m_service->printers());
    QVERIFY(printers.has_value());
    QCOMPARE(printers->size(), 1);
    const Printer &printer = printers->first();
    QCOMPARE(printer.name, u"sheet"_s);
    QCOMPARE(printer.description, u"Paper in a file"_s);
    QCOMPARE(printer.location, u"Test bench"_s);
    QVERIFY(printer.isDefault);
    QVERIFY(printer.acceptsJobs);
    QCOMPARE(printer.connection, PrinterConnection::File);
    QCOMPARE(printer.papers, (QList{PaperSize::A4, PaperSize::Letter}));
}

void TestPrintService::printsFromMemory()
{
    const auto job = print("PAPERMARK");
    QVERIFY2(job.has_value(), job ? "" : qPrintable(job.error().serverText.text()));
    QVERIFY(job->id > 0);
    QVERIFY(reaches(*job, PrintJobState::Completed));
    QProcess reader;
    reader.start(u"pdftotext"_s, {QString::fromUtf8(m_cups.value("OUTPUT")), u"-"_s});
    QVERIFY(reader.waitForFinished());
    const QByteArray text = reader.readAll();
    QVERIFY2(text.contains("PAPERMARK"), text.constData());
}

void TestPrintService::saysNothingInTheTitle()
{
    const auto job = print("TITLEMARK");
    QVERIFY(job.has_value());
    cups_job_t *jobs = nullptr;
    const int count = cupsGetJobs2(CUPS_HTTP_DEFAULT, &jobs, "sheet", 0, CUPS_WHICHJOBS_ALL);
    QStringList titles;
    for (int i = 0; i < count; ++i)
        titles.append(QString::fromUtf8(jobs[i].title));
    cupsFreeJobs(count, jobs);
    QVERIFY(!titles.isEmpty());
    for (const QString &title : titles)
        QCOMPARE(title, u"Document"_s);
    QVERIFY(reaches(*job, PrintJobState::Completed));
}

void TestPrintService::sendsTheChosenPaperAndCopies()
{
    QVERIFY(m_cups.tell("pause"));
    const auto job = print("PAPER", PaperSize::Letter, 3);
    QVERIFY(job.has_value());
    // The server keeps the wishes of a job in its control file, in the coding of IPP.
    QFile control(QString::fromUtf8(m_cups.value("SPOOL"))
                  + u"/c%1"_s.arg(job->id, 5, 10, QChar(u'0')));
    QTRY_VERIFY(control.exists());
    QVERIFY(control.open(QIODevice::ReadOnly));
    const QByteArray wishes = control.readAll();
    QVERIFY(wishes.contains("na_letter_8.5x11in"));
    QVERIFY(wishes.contains("one-sided"));
    QVERIFY(wishes.contains(QByteArray("copies\0\4\0\0\0\3", 12)));
    m_service->confirm(*job, false);
    QVERIFY(reaches(*job, PrintJobState::Gone));
    QVERIFY(m_cups.tell("resume"));
}

void TestPrintService::removesTheSpooledCopy()
{
    const QDir spool(QString::fromUtf8(m_cups.value("SPOOL")));
    const auto job = print("SPOOLMARK");
    QVERIFY(job.has_value());
    QVERIFY(reaches(*job, PrintJobState::Completed));
    const QString copy = u"d%1-001"_s.arg(job->id, 5, 10, QChar(u'0'));
    QVERIFY(spool.exists(copy));
    m_service->confirm(*job, true);
    QTRY_VERIFY(!spool.exists(copy));
    QCOMPARE(status(*job).value().state, PrintJobState::Gone);
    // A second time there is nothing left to do.
    m_service->confirm(*job, true);
    QCOMPARE(status(*job).value().state, PrintJobState::Gone);
}

void TestPrintService::forgetsTheSpooledCopyByItself()
{
    const QDir spool(QString::fromUtf8(m_cups.value("SPOOL")));
    const auto job = print("FORGETMARK");
    QVERIFY(job.has_value());
    const QString copy = u"d%1-001"_s.arg(job->id, 5, 10, QChar(u'0'));
    QVERIFY(spool.exists(copy));
    QTRY_VERIFY_WITH_TIMEOUT(!spool.exists(copy), 30000);
}

void TestPrintService::forgetsTheSpooledCopyAtItsEnd()
{
    const QDir spool(QString::fromUtf8(m_cups.value("SPOOL")));
    const auto job = print("ENDMARK");
    QVERIFY(job.has_value());
    const QString copy = u"d%1-001"_s.arg(job->id, 5, 10, QChar(u'0'));
    QVERIFY(reaches(*job, PrintJobState::Completed));
    QVERIFY(spool.exists(copy));
    m_service = std::make_unique<PrintService>();
    QTRY_VERIFY(!spool.exists(copy));
}

void TestPrintService::stopsAJobThatWaits()
{
    QVERIFY(m_cups.tell("pause"));
    const auto job = print("WAITMARK");
    QVERIFY(job.has_value());
    QCOMPARE(status(*job).value().state, PrintJobState::Waiting);
    m_service->confirm(*job, false);
    QVERIFY(reaches(*job, PrintJobState::Gone));
    QVERIFY(m_cups.tell("resume"));
}

void TestPrintService::asksAgainAfterAKill()
{
    const QString file = m_folder.filePath(u"killed"_s);
    QVERIFY(m_cups.tell("pause"));
    // A program that is killed runs no destructor: this one is left without its end.
    auto *killed = new PrintService(file);
    const SentSheet about{.printerTitle = u"Paper in a file"_s,
                          .account = u"a1"_s,
                          .sheetId = u"7K2M-4D"_s};
    const auto job = QCoro::waitFor(
        killed->print(u"sheet"_s, document("KILLMARK"), PaperSize::A4, 1, about));
    QVERIFY(job.has_value());
    QVERIFY(QCoro::waitFor(killed->openQuestions()).isEmpty());

    QFile kept(file);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.permissions() & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(!kept.readAll().contains("KILLMARK"));

    PrintService next(file);
    const auto open = QCoro::waitFor(next.openQuestions());
    QCOMPARE(open.size(), 1);
    QCOMPARE(open.first().job.id, job->id);
    QCOMPARE(open.first().job.printer, u"sheet"_s);
    QCOMPARE(open.first().printerTitle, u"Paper in a file"_s);
    QCOMPARE(open.first().account, u"a1"_s);
    QCOMPARE(open.first().sheetId, u"7K2M-4D"_s);
    QCOMPARE(status(*job).value().state, PrintJobState::Waiting);

    next.confirm(*job, false);
    QVERIFY(reaches(*job, PrintJobState::Gone));
    QTRY_VERIFY(!QFile::exists(file));
    QVERIFY(QCoro::waitFor(next.openQuestions()).isEmpty());
    QVERIFY(m_cups.tell("resume"));
    delete killed;
}

void TestPrintService::cleansTheQueueOfAnEarlierRun()
{
    const QDir spool(QString::fromUtf8(m_cups.value("SPOOL")));
    const QString file = m_folder.filePath(u"earlier"_s);
    QVERIFY(m_cups.tell("pause"));
    std::optional<PrintJob> job;
    {
        PrintService earlier(file);
        const auto sent = QCoro::waitFor(
            earlier.print(u"sheet"_s, document("LATEMARK"), PaperSize::A4));
        QVERIFY(sent.has_value());
        job = *sent;
        // It came out, somebody says, while CUPS has not told so yet.
        earlier.confirm(*job, true);
    }
    const QString copy = u"d%1-001"_s.arg(job->id, 5, 10, QChar(u'0'));
    QVERIFY(spool.exists(copy));
    QVERIFY(QFile::exists(file));
    QVERIFY(m_cups.tell("resume"));
    QVERIFY(reaches(*job, PrintJobState::Completed));
    QVERIFY(spool.exists(copy));

    PrintService next(file);
    QVERIFY(QCoro::waitFor(next.openQuestions()).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!spool.exists(copy), 30000);
    QTRY_VERIFY(!QFile::exists(file));
}

void TestPrintService::asksWhatTheWindowNoLongerAsks()
{
    const auto job = print("LOCKMARK");
    QVERIFY(job.has_value());
    QVERIFY(QCoro::waitFor(m_service->openQuestions()).isEmpty());
    m_service->leaveOpen(*job);
    const auto open = QCoro::waitFor(m_service->openQuestions());
    QCOMPARE(open.size(), 1);
    m_service->confirm(*job, true);
    QVERIFY(QCoro::waitFor(m_service->openQuestions()).isEmpty());
    QVERIFY(reaches(*job, PrintJobState::Gone));
}

void TestPrintService::leavesAForeignJobWithTheSameNumberAlone()
{
    QVERIFY(m_cups.tell("pause"));
    QFile other(m_folder.filePath(u"other.pdf"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(minimalPdf("HOLIDAY"));
    other.close();
    const int foreign = cupsPrintFile2(CUPS_HTTP_DEFAULT, "sheet",
                                       QFile::encodeName(other.fileName()).constData(), "Holiday",
                                       0, nullptr);
    QVERIFY2(foreign > 0, cupsLastErrorString());
    const QString file = m_folder.filePath(u"foreign"_s);
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::WriteOnly));
    kept.write(QStringLiteral(R"([{"printer": "sheet", "job": %1, "outcome": "bad",
                                   "sent": "2026-11-30T01:44:00Z"}])")
                   .arg(foreign)
                   .toUtf8());
    kept.close();
    PrintService next(file);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(file), 30000);
    const QDir spool(QString::fromUtf8(m_cups.value("SPOOL")));
    QVERIFY(spool.exists(u"d%1-001"_s.arg(foreign, 5, 10, QChar(u'0'))));
    QCOMPARE(cupsCancelJob2(CUPS_HTTP_DEFAULT, "sheet", foreign, 1), IPP_STATUS_OK);
    QVERIFY(m_cups.tell("resume"));
}

void TestPrintService::readsNoPipeAndNoNonsense_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no JSON") << "%PDF"_ba;
    QTest::newRow("other types") << R"([1, {"printer": 7, "job": "x"}, {"printer": "a"}])"_ba;
    QTest::newRow("pipe") << QByteArray();
}

void TestPrintService::readsNoPipeAndNoNonsense()
{
    QFETCH(QByteArray, content);
    const QString path = m_folder.filePath(u"nonsense"_s);
    QFile::remove(path);
    if (content.isEmpty()) {
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    } else {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    PrintService service(path);
    QVERIFY(QCoro::waitFor(service.openQuestions()).isEmpty());
}

void TestPrintService::knowsNothingOfAForeignJob()
{
    const auto found = status(PrintJob{.printer = u"sheet"_s, .id = 4711});
    QVERIFY(found.has_value());
    QCOMPARE(found->state, PrintJobState::Gone);
}

void TestPrintService::tellsThatThePrinterRefuses()
{
    QVERIFY(m_cups.tell("reject"));
    const auto printers = QCoro::waitFor(m_service->printers());
    QVERIFY(printers.has_value());
    QVERIFY(!printers->first().acceptsJobs);
    const auto job = print("REFUSED");
    QVERIFY(m_cups.tell("accept"));
    QVERIFY(!job.has_value());
    QCOMPARE(job.error().kind, ErrorKind::PrintJobRefused);
    QCOMPARE(job.error().subject, u"sheet"_s);
    QVERIFY2(job.error().serverText.text().contains(u"not accepting jobs"_s),
             qPrintable(job.error().serverText.text()));
}

void TestPrintService::tellsThatThePrinterIsGone()
{
    QVERIFY(m_cups.tell("remove"));
    const auto job = print("GONE");
    QVERIFY(!job.has_value());
    QCOMPARE(job.error().kind, ErrorKind::PrinterGone);
    QCOMPARE(job.error().subject, u"sheet"_s);
}

void TestPrintService::listsNoPrinters()
{
    const auto printers = QCoro::waitFor(m_service->printers());
    QVERIFY(printers.has_value());
    QVERIFY(printers->isEmpty());
}

void TestPrintService::givesUpOnAServerThatHangs()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"s"_s);
    QLocalServer silent;
    QVERIFY(silent.listen(path));
    QVERIFY(qputenv("CUPS_SERVER", QFile::encodeName(path)));
    PrintService service;
    QElapsedTimer timer;
    timer.start();
    const auto job = QCoro::waitFor(service.print(u"sheet"_s, document("HANG"), PaperSize::A4));
    QVERIFY(!job.has_value());
    QCOMPARE(job.error().kind, ErrorKind::PrintServiceUnavailable);
    QVERIFY2(timer.elapsed() < 15000, qPrintable(QString::number(timer.elapsed())));
    timer.start();
    const auto printers = QCoro::waitFor(service.printers());
    QVERIFY(!printers.has_value());
    QCOMPARE(printers.error().kind, ErrorKind::PrintServiceUnavailable);
    QVERIFY2(timer.elapsed() < 15000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(qputenv("CUPS_SERVER", m_cups.value("CUPS_SERVER")));
}

void TestPrintService::tellsThatTheServiceIsGone()
{
    QVERIFY(m_cups.tell("stop"));
    const auto printers = QCoro::waitFor(m_service->printers());
    QVERIFY(!printers.has_value());
    QCOMPARE(printers.error().kind, ErrorKind::PrintServiceUnavailable);
    const auto job = print("STOPPED");
    QVERIFY(!job.has_value());
    QCOMPARE(job.error().kind, ErrorKind::PrintServiceUnavailable);
    const auto found = status(PrintJob{.printer = u"sheet"_s, .id = 1});
    QVERIFY(!found.has_value());
    QCOMPARE(found.error().kind, ErrorKind::PrintServiceUnavailable);
}

QTEST_GUILESS_MAIN(TestPrintService)
#include "tst_printservice.moc"
