// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/printservice.h"

#include "core/printing/printerlist.h"
#include "core/printing/printqueue.h"
#include "core/printing/sentsheets.h"

#include <QCoroFuture>

#include <QPointer>
#include <QtConcurrent>

#include <utility>

namespace Sparekey {

namespace {

using Sent = std::shared_ptr<SentSheets>;

Result<PrintJob> submitSheet(const CancelFlag &canceled, const QString &printer,
                             const std::shared_ptr<const SecureBuffer> &pdf, PaperSize paper,
                             int copies, const Sent &sent, SentSheet about)
{
    about.sent = QDateTime::currentDateTimeUtc();
    const auto note = [&](const PrintJob &created) {
        about.job = created;
        sent->add(about);
    };
    auto job = submitJob(canceled, printer, *pdf, paper, copies, note);
    if (!job && about.job.id > 0) {
        sent->setGone(about.job);
        sent->setOutcome(about.job, SentSheets::Outcome::Bad);
    }
    return job;
}

void forgetFinished(const CancelFlag &canceled, const Sent &sent)
{
    const QList<SentSheets::Entry> entries = sent->all();
    for (const SentSheets::Entry &entry : entries) {
        if (!entry.inQueue)
            continue;
        const PrintJob &job = entry.sheet.job;
        const auto status = jobStatus(canceled, job);
        if (!status)
            return; // no answer now; the next round asks again
        const bool gone = status->state == PrintJobState::Gone;
        const bool finished = status->state == PrintJobState::Completed
            || status->state == PrintJobState::Canceled
            || entry.outcome == SentSheets::Outcome::Bad;
        if (gone || (finished && purgeJob(canceled, job)))
            sent->setGone(job);
    }
}

void forgetConfirmed(const CancelFlag &canceled, const Sent &sent, const PrintJob &job, bool good)
{
    sent->setOutcome(job, good ? SentSheets::Outcome::Good : SentSheets::Outcome::Bad);
    forgetFinished(canceled, sent);
}

QList<SentSheet> unanswered(const Sent &sent)
{
    QList<SentSheet> sheets;
    const QList<SentSheets::Entry> entries = sent->all();
    for (const SentSheets::Entry &entry : entries) {
        if (entry.outcome == SentSheets::Outcome::Unknown && !entry.beingAsked)
            sheets.append(entry.sheet);
    }
    return sheets;
}

} // namespace

PrintService::PrintService(const QString &jobsFile)
    : m_canceled(std::make_shared<std::atomic<int>>(0))
    , m_sent(std::make_shared<SentSheets>(jobsFile))
{
    m_forgetTimer.setInterval(std::chrono::seconds(3));
    m_forgetTimer.callOnTimeout([this] { forgetPrintedJobs(); });
    // libcups caches the server's address per thread, so one permanent thread reads it only once.
    m_thread.setMaxThreadCount(1);
    m_thread.setExpiryTimeout(-1);
    if (!jobsFile.isEmpty()) {
        m_loading = QtConcurrent::run(&m_thread, [sent = m_sent] { sent->load(); });
        m_forgetTimer.start(); // the first round checks for jobs of an earlier run
    }
}

PrintService::~PrintService()
{
    m_forgetTimer.stop();
    forgetPrintedJobs();
    if (!m_sent->anyInQueue())
        *m_canceled = 1;
    m_thread.waitForDone();
}

void PrintService::forgetPrintedJobs()
{
    if (!m_loading.isFinished())
        return;
    if (!m_sent->anyInQueue()) {
        m_forgetTimer.stop();
        return;
    }
    (void)QtConcurrent::run(&m_thread, forgetFinished, m_canceled, m_sent);
}

// No capturing lambdas in coroutines: g++ 12 destroys the captures twice.
QCoro::Task<Result<QList<Printer>>> PrintService::printers()
{
    QFuture<Result<QList<Printer>>> running = QtConcurrent::run(&m_thread, listPrinters,
                                                                m_canceled);
    co_return co_await running;
}

QCoro::Task<Result<PrintJob>> PrintService::print(QString printer, SecureBuffer pdf,
                                                  PaperSize paper, int copies, SentSheet about)
{
    auto shared = std::make_shared<const SecureBuffer>(std::move(pdf));
    QFuture<Result<PrintJob>> running = QtConcurrent::run(&m_thread, submitSheet, m_canceled,
                                                          printer, shared, paper, copies, m_sent,
                                                          about);
    const QPointer<QTimer> timer(&m_forgetTimer); // this object may be gone afterwards
    const Result<PrintJob> job = co_await running;
    if (job && timer)
        timer->start();
    co_return job;
}

QCoro::Task<Result<PrintJobStatus>> PrintService::status(PrintJob job)
{
    QFuture<Result<PrintJobStatus>> running = QtConcurrent::run(&m_thread, jobStatus, m_canceled,
                                                                job);
    co_return co_await running;
}

void PrintService::confirm(const PrintJob &job, bool good)
{
    (void)QtConcurrent::run(&m_thread, forgetConfirmed, m_canceled, m_sent, job, good);
    m_forgetTimer.start();
}

void PrintService::leaveOpen(const PrintJob &job)
{
    m_sent->setBeingAsked(job, false);
}

QCoro::Task<QList<SentSheet>> PrintService::openQuestions()
{
    // Runs after the loading, because both use the same thread.
    QFuture<QList<SentSheet>> running = QtConcurrent::run(&m_thread, unanswered, m_sent);
    co_return co_await running;
}

} // namespace Sparekey
