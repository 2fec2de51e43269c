// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"

#include <QDate>
#include <QList>

namespace Sparekey {

/// What a row of the list says about an entry.
enum class EntryCondition {
    Fine,
    NoCodes,      ///< No set, an empty set, or only void ones.
    AllUsed,      ///< Every code is used.
    Low,          ///< `Reminders::lowAt` codes are left, or fewer.
    NeverPrinted, ///< No copy of the current set exists.
    CheckDue,     ///< A paper of the current set was not looked at for `reviewMonths`.
    ReviewDue,    ///< The entry was not changed for `reviewMonths`.
};

/// All that hold, the most pressing one first; `Fine` alone if none does. `today` is a local date.
/// Pure.
[[nodiscard]] QList<EntryCondition> conditions(const LibraryEntry &entry, const QDate &today);

} // namespace Sparekey
