// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/printservice.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Asks how sheets came out that were sent to a printer when Sparekey ended or was locked before
/// anybody had answered. One sheet at a time, the oldest first. GUI thread.
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

    /// Looks for open questions; to be called at the start and after each unlocking.
    void refresh();
    /// Good: noted as a printed copy. Either way the sheet is taken out of the print queue.
    Q_INVOKABLE void answer(bool good);

Q_SIGNALS:
    void changed();
    /// The settings know a new copy of this account's recovery code.
    void copyNoted(const QString &accountKey);

private:
    QCoro::Task<void> load();

    PrintService &m_printing;
    Settings &m_settings;
    QList<SentSheet> m_sheets;
    TaskGuard m_reading;
};

} // namespace Sparekey
