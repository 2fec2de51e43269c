// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/printjob.h"

#include <QByteArray>
#include <QList>
#include <QMutex>

#include <optional>

namespace Sparekey {

/// The sheets that were sent to a printer. Each is kept until the user has said how it came out and
/// CUPS has no copy of it. Stored in a file (0600, JSON, no secret), so that a sheet is not
/// forgotten in a print queue when the program is killed.
///
/// Reading and writing block on the disk: not for the GUI thread. May be used by several threads.
class SentSheets
{
public:
    enum class Outcome {
        Unknown, ///< The user has not said yet.
        Good,
        Bad, ///< The job is to be canceled.
    };

    struct Entry
    {
        SentSheet sheet;
        Outcome outcome = Outcome::Unknown;
        bool inQueue = true; ///< CUPS may have a copy.
        /// The user is being asked how it came out.
        bool beingAsked = false;
    };

    /// `file` need not exist, nor its folder. Empty: nothing outlives this object.
    explicit SentSheets(const QString &file);

    /// Adds the entries of an earlier run. A file that cannot be read counts as empty.
    void load();
    /// False if the file could not be written: then the sheet is forgotten when the program ends.
    bool add(const SentSheet &sheet);
    void setOutcome(const PrintJob &job, Outcome outcome);
    void setGone(const PrintJob &job);
    void setBeingAsked(const PrintJob &job, bool asked);

    [[nodiscard]] QList<Entry> all() const;
    /// Whether CUPS may have a copy of any of them.
    [[nodiscard]] bool anyInQueue() const;

private:
    Entry *find(const PrintJob &job);
    /// Drops finished entries, and writes the file.
    bool settle();

    const QString m_file;
    mutable QMutex m_mutex;
    QList<Entry> m_entries;
};

/// The list in the file. Incomplete entries are left out.
[[nodiscard]] QList<SentSheets::Entry> sentSheetsFromJson(const QByteArray &json);
[[nodiscard]] QByteArray sentSheetsToJson(const QList<SentSheets::Entry> &entries);

} // namespace Sparekey
