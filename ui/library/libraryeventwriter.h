// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/settings/libraryevents.h"
#include "core/task/taskguard.h"

#include <QObject>

namespace Sparekey {

/// Writes events into the entries that they concern: at once if their library is open, else when it
/// is opened the next time. A library that lacks the entry, or cannot be written to, leaves the
/// event for another one. GUI thread.
class LibraryEventWriter : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    LibraryEventWriter(Library &library, LibraryEvents &events, QObject *parent = nullptr);
    ~LibraryEventWriter() override;

    void record(const LibraryEvent &event);
    /// Drops what is not written yet about the code of this account, because the library has its
    /// new code.
    void forgetUse(const QString &accountKey);

private:
    QCoro::Task<void> write();

    Library &m_library;
    LibraryEvents &m_events;
    bool m_writing = false;
    TaskGuard m_tasks;
};

} // namespace Sparekey
