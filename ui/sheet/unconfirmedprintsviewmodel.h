// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/printservice.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Asks about sheets that were sent to a printer but had no answer yet when Sparekey exited or was
/// locked. One sheet at a time, the oldest first. GUI thread.
class UnconfirmedPrintsViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    /// There is a sheet to ask about.
    Q_PROPERTY(bool asks READ asks NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)

public:
    /// Both must outlive this object.
    UnconfirmedPrintsViewModel(PrintService &printing, Settings &settings,
                               QObject *parent = nullptr);

    [[nodiscard]] bool asks() const { return !m_sheets.isEmpty(); }
    [[nodiscard]] QString text() const;

    /// Looks for open questions. Call it at the start and after each unlock.
    void refresh();
    /// If `good`, notes a printed copy. Either way the job is removed from the print queue.
    Q_INVOKABLE void answer(bool good);

Q_SIGNALS:
    void changed();
    /// A new copy of this account's recovery code was added to the settings.
    void copyRecorded(const QString &accountKey);
    /// There is a new copy of `SentSheet::librarySet`.
    void libraryCopyMade(const Sparekey::SentSheet &sheet);

private:
    QCoro::Task<void> load();

    PrintService &m_printing;
    Settings &m_settings;
    QList<SentSheet> m_sheets;
    TaskGuard m_reading;
};

} // namespace Sparekey
