// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/entrycondition.h"

#include <algorithm>

namespace Sparekey {

namespace {

bool isDue(const QDateTime &last, int months, const QDate &today)
{
    return months > 0 && last.isValid() && last.toLocalTime().date().addMonths(months) <= today;
}

bool isLow(const CodeSet &set, const Reminders &reminders)
{
    // A single code is either there or used.
    return set.codes.size() > 1 && set.unused() <= reminders.lowAt;
}

} // namespace

QList<EntryCondition> conditions(const LibraryEntry &entry, const QDate &today)
{
    const CodeSet *set = entry.current();
    if (!set || set->codes.isEmpty())
        return {EntryCondition::NoCodes};

    QList<EntryCondition> found;
    const bool anyLeft = std::ranges::any_of(set->codes, [](const LibraryCode &code) {
        return code.state != CodeState::Used;
    });
    if (!anyLeft)
        found.append(EntryCondition::AllUsed);
    else if (isLow(*set, entry.reminders))
        found.append(EntryCondition::Low);

    bool copied = false;
    bool checkDue = false;
    for (const LibraryCopy &copy : entry.copies) {
        if (copy.set != set->number || copy.destroyed.isValid())
            continue;
        copied = true;
        checkDue |= copy.kind == LibraryCopyKind::Paper
            && isDue(copy.checked.isValid() ? copy.checked : copy.made,
                     entry.reminders.reviewMonths, today);
    }
    if (!copied && anyLeft)
        found.append(EntryCondition::NeverPrinted);
    if (checkDue)
        found.append(EntryCondition::CheckDue);
    if (isDue(entry.changed, entry.reminders.reviewMonths, today))
        found.append(EntryCondition::ReviewDue);
    return found.isEmpty() ? QList{EntryCondition::Fine} : found;
}

} // namespace Sparekey
