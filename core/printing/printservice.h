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

/// The printers of this computer and their jobs, through libcups. Uses the server that CUPS_SERVER
/// or client.conf names.
///
/// A document goes to CUPS directly from memory, without a temporary file and with a neutral title.
/// CUPS keeps a copy in its spool, by default for a day. This object deletes the copy as soon as
/// the job is printed or canceled, at the latest in its destructor. The printer may keep its own
/// copy.
///
/// A job that is still waiting then stays in the queue, and so does every job if the program is
/// killed. Therefore the number and queue of each job are stored in a file until CUPS has no copy
/// and the user has said how the sheet came out. The next start deletes what is printed by then,
/// and `openQuestions` returns the sheets to ask the user about.
///
/// libcups blocks, so everything runs on one thread of this object; each call ends after some
/// seconds even if the server hangs. Call from one thread, in which the tasks resume. The
/// destructor tells a running call to end and waits for it.
class PrintService
{
public:
    /// `jobsFile` need not exist. Empty: jobs are not remembered beyond this object.
    explicit PrintService(const QString &jobsFile = {});
    ~PrintService();
    PrintService(const PrintService &) = delete;
    PrintService &operator=(const PrintService &) = delete;

    /// The default one first, then by description. Error: `PrintServiceUnavailable`.
    [[nodiscard]] QCoro::Task<Result<QList<Printer>>> printers();

    /// Prints a PDF, each page on its own sheet of paper. The caller asks the user how the sheet
    /// came out, and calls `confirm` or `leaveOpen`. `about` is stored with the job until then.
    /// Errors, with the printer's name as subject and CUPS' words as server text:
    /// `PrintServiceUnavailable`, `PrinterGone`, `PrintJobRefused`. On failure no incomplete job is
    /// left in the queue.
    [[nodiscard]] QCoro::Task<Result<PrintJob>>
    print(QString printer, SecureBuffer pdf, PaperSize paper, int copies = 1, SentSheet about = {});

    /// Errors: `PrintServiceUnavailable`, `PrintJobRefused`.
    [[nodiscard]] QCoro::Task<Result<PrintJobStatus>> status(PrintJob job);

    /// The user has said how the sheet came out. A good one is deleted from CUPS once it is
    /// printed, a bad one at once, printed or not. If CUPS does not answer, this is retried later.
    void confirm(const PrintJob &job, bool good);
    /// The question was not answered, for example because the window was locked. The sheet becomes
    /// one of `openQuestions`.
    void leaveOpen(const PrintJob &job);
    /// Sheets with an unknown outcome about which the user is not being asked now: those of earlier
    /// runs that ended too soon, and those of `leaveOpen`. The oldest first.
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
