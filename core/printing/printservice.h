// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/printer.h"
#include "core/printing/printjob.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QFuture>
#include <QList>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <memory>

namespace Sparekey {

class SentSheets;

/// The printers of this computer and their jobs, through libcups. The server is that of the usual
/// environment (CUPS_SERVER, client.conf).
///
/// A document goes to CUPS straight from memory and under a title that says nothing; no temporary
/// file is made on the way. CUPS itself keeps a copy in its spool, a day long by default; this
/// object has it deleted as soon as the job is printed or canceled, at its own end if need be. The
/// printer may keep a copy of its own.
///
/// A job that is still waiting at that end stays, and so does every job when the program is killed.
/// Number and queue of each job are therefore kept in a file until CUPS has no copy and somebody
/// has said how the sheet came out. The next start deletes what is printed by then, and
/// `openQuestions` tells what is still to be asked.
///
/// libcups blocks, so everything runs on one thread of this object; each call ends after some
/// seconds even when the server hangs. Call from one thread, in which the tasks resume. The
/// destructor tells a running call to end and waits for it.
class PrintService
{
public:
    /// `jobsFile` need not exist. Empty: no job is remembered after the end of this object.
    explicit PrintService(const QString &jobsFile = {});
    ~PrintService();
    PrintService(const PrintService &) = delete;
    PrintService &operator=(const PrintService &) = delete;

    /// The default one first, then by description. Error: `PrintServiceUnavailable`.
    [[nodiscard]] QCoro::Task<Result<QList<Printer>>> printers();

    /// Hands a PDF over, each page on a sheet of paper of its own. Whoever calls it asks how the
    /// sheet came out, and tells by `confirm` or `leaveOpen`. `about` is what is remembered with
    /// the job until then. Errors, with the printer's name as subject and CUPS' words as server
    /// text: `PrintServiceUnavailable`, `PrinterGone`, `PrintJobRefused`. On failure no half job is
    /// left in the queue.
    [[nodiscard]] QCoro::Task<Result<PrintJob>>
    print(QString printer, SecureBuffer pdf, PaperSize paper, int copies = 1, SentSheet about = {});

    /// Errors: `PrintServiceUnavailable`, `PrintJobRefused`.
    [[nodiscard]] QCoro::Task<Result<PrintJobStatus>> status(PrintJob job);

    /// Somebody has said how the sheet came out. A good one is deleted from CUPS once it is
    /// printed; a bad one at once, printed or not. Without an answer from CUPS it is tried again
    /// later.
    void confirm(const PrintJob &job, bool good);
    /// Nobody asks any more, for example because the window was locked: an open question.
    void leaveOpen(const PrintJob &job);
    /// Sheets of which nobody has said how they came out, and of which nobody is being asked: those
    /// of earlier runs that ended too soon, and those of `leaveOpen`. The oldest first.
    [[nodiscard]] QCoro::Task<QList<SentSheet>> openQuestions();

private:
    void forgetPrintedJobs();

    QThreadPool m_thread;
    // Shared with the calls that run, and read by libcups while it connects.
    std::shared_ptr<std::atomic<int>> m_canceled;
    std::shared_ptr<SentSheets> m_sent;
    QFuture<void> m_loading;
    QTimer m_forgetTimer;
};

} // namespace Sparekey
