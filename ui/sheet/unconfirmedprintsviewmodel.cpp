// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/unconfirmedprintsviewmodel.h"

#include "ui/messages/dates.h"

#include <utility>

namespace Sparekey {

UnconfirmedPrintsViewModel::UnconfirmedPrintsViewModel(PrintService &printing, Settings &settings,
                                                       QObject *parent)
    : QObject(parent)
    , m_printing(printing)
    , m_settings(settings)
{
}

QString UnconfirmedPrintsViewModel::text() const
{
    if (m_sheets.isEmpty())
        return {};
    const SentSheet &sheet = m_sheets.first();
    const QString date = shownDate(sheet.sent);
    const QString time = shownTime(sheet.sent);
    return sheet.setUp
        ? tr("A setup sheet was sent to “%1” on %2, %3. Check the paper. Is it readable?")
              .arg(sheet.printerTitle, date, time)
        : tr("A recovery sheet was sent to “%1” on %2, %3. Check the paper. Is it readable?")
              .arg(sheet.printerTitle, date, time);
}

void UnconfirmedPrintsViewModel::refresh()
{
    load();
}

void UnconfirmedPrintsViewModel::answer(bool good)
{
    if (m_sheets.isEmpty())
        return;
    const SentSheet sheet = m_sheets.takeFirst();
    m_printing.confirm(sheet.job, good);
    if (good && !sheet.account.isEmpty()) {
        m_settings.addCopy(sheet.account,
                           {.kind = CopyKind::Printed,
                            .when = sheet.sent,
                            .sheetId = sheet.sheetId});
        Q_EMIT copyRecorded(sheet.account);
    }
    if (good && !sheet.librarySet.isEmpty())
        Q_EMIT libraryCopyMade(sheet);
    Q_EMIT changed();
}

QCoro::Task<void> UnconfirmedPrintsViewModel::load()
{
    const auto ticket = m_reading.ticket();
    auto sheets = co_await m_printing.openQuestions();
    if (!ticket)
        co_return;
    m_sheets = std::move(sheets);
    Q_EMIT changed();
}

} // namespace Sparekey
