// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace Sparekey {

/// A job in the queue of a printer.
struct PrintJob
{
    QString printer; ///< Name
    int id = 0;      ///< In the queue of CUPS.
};

/// The state of a job: those of RFC 8011, 5.3.7, as far as they matter to the user.
enum class PrintJobState {
    Waiting, ///< Pending, or held.
    Printing,
    Stopped,   ///< The printer has a problem; the job waits for the user.
    Completed, ///< Completely sent to the printer.
    Canceled,  ///< By a person, or aborted by CUPS.
    Gone,      ///< No longer known to CUPS, not even in its history.
};

/// What the queue tells about a job.
struct PrintJobStatus
{
    PrintJobState state = PrintJobState::Gone;
    /// What CUPS says about it ("out of paper"), plain text, may be empty.
    QString message;
};

/// What is stored about a sheet that was sent to a printer. Contains no secrets.
struct SentSheet
{
    PrintJob job = {};
    QDateTime sent = {};       ///< Filled in by `PrintService`.
    QString printerTitle = {}; ///< What the printer's owner calls it.
    QString account = {};      ///< Whose recovery code it has (`accountKey`); empty: another sheet.
    /// The set of a library's entry that it shows (`LibraryEvent::subject`); empty: none.
    QString librarySet = {};
    QString sheetId = {};
    bool setUp = false; ///< A setup sheet (`isSetupSheet`), not one with recovery codes.
};

} // namespace Sparekey
