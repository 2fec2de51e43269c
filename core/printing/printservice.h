// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/papersize.h"

#include <QCoroTask>

#include <QList>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <memory>

namespace Sparekey {

/// How a job gets to the printer, as far as it matters to who may keep a copy of it.
enum class PrinterConnection {
    Cable,   ///< USB, parallel or serial.
    Network, ///< Another computer or the printer's own network port.
    File,    ///< Writes a file on this computer, such as a PDF printer.
    Unknown,
};

struct Printer
{
    QString name;        ///< What CUPS calls it; unique.
    QString description; ///< What its owner calls it; the name if there is nothing else.
    QString location;    ///< May be empty.
    bool isDefault = false;
    bool takesJobs = true;
    PrinterConnection connection = PrinterConnection::Unknown;
    QList<PaperSize> papers; ///< Empty if the printer does not tell.
};

struct PrintJob
{
    QString printer; ///< Name
    int id = 0;      ///< In the queue of CUPS.
};

enum class PrintJobState {
    Waiting, ///< Pending, or held.
    Printing,
    Stopped,   ///< The printer has a problem; the job waits for a person.
    Completed, ///< Handed to the printer as a whole.
    Canceled,  ///< By somebody, or given up by CUPS.
    Gone,      ///< No longer known to CUPS, not even its history.
};

struct PrintJobStatus
{
    PrintJobState state = PrintJobState::Gone;
    /// What CUPS says about it ("out of paper"), plain text, may be empty.
    QString message;
};

/// Jobs whose document may still lie in the spool of CUPS. Used by two threads.
class SpooledJobs;

/// The printers of this computer and their jobs, through libcups. The server is that of the usual
/// environment (CUPS_SERVER, client.conf).
///
/// A document goes to CUPS straight from memory and under a title that says nothing; no temporary
/// file is made on the way. CUPS itself keeps a copy in its spool, a day long by default; this
/// object has it deleted as soon as the job is printed or canceled, at its own end if need be. A
/// job that is still waiting at that end stays. The printer may keep a copy of its own.
///
/// libcups blocks, so everything runs on one thread of this object; each call ends after some
/// seconds even when the server hangs. Call from one thread, in which the tasks resume. The
/// destructor tells a running call to end and waits for it.
class PrintService
{
public:
    PrintService();
    ~PrintService();
    PrintService(const PrintService &) = delete;
    PrintService &operator=(const PrintService &) = delete;

    /// The default one first, then by description. Error: `PrintServiceUnavailable`.
    [[nodiscard]] QCoro::Task<Result<QList<Printer>>> printers();

    /// Hands a PDF over, each page on a sheet of paper of its own. Errors, with the printer's
    /// name as subject and CUPS' words as server text: `PrintServiceUnavailable`, `PrinterGone`,
    /// `PrintJobRefused`. On failure no half job is left in the queue.
    [[nodiscard]] QCoro::Task<Result<PrintJob>> print(QString printer, SecureBuffer pdf,
                                                      PaperSize paper, int copies = 1);

    /// Errors: `PrintServiceUnavailable`, `PrintJobRefused`.
    [[nodiscard]] QCoro::Task<Result<PrintJobStatus>> status(PrintJob job);

    /// Stops the job if it still runs, and deletes its document and its history from CUPS. A job
    /// that is gone already counts as removed. Errors: `PrintServiceUnavailable`,
    /// `PrintJobRefused`.
    [[nodiscard]] QCoro::Task<Result<void>> removeJob(PrintJob job);

private:
    void forgetPrintedJobs();

    QThreadPool m_thread;
    // Shared with the calls that run, and read by libcups while it connects.
    std::shared_ptr<std::atomic<int>> m_canceled;
    std::shared_ptr<SpooledJobs> m_spooled;
    QTimer m_forgetTimer;
};

} // namespace Sparekey
