// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxdatabase.h"

#include <QList>
#include <QUuid>

namespace Sparekey {

/// The outcome of a merge.
struct KdbxMerge
{
    /// Entries of `target` that were added, changed or removed because of the other database.
    int adopted = 0;
    /// The entries that both have changed. The newer state counts, the other one is in the history.
    QList<QUuid> conflicts = {};
};

/// Brings two versions of the same database together, as the programs of the KeePass family do:
///
/// - groups and entries are the same if their UUIDs are; the root groups always are;
/// - of two states of an entry the one that was modified later counts; all others, of both sides,
///   are in its history, up to the limit in the database's settings;
/// - the place of an entry or a group is the one to which it was moved later;
/// - what one side has deleted stays deleted, unless the other side has modified it later;
/// - settings of the database count by the time of their change, icons and custom data are united.
///
/// The result does not depend on which database is the target, and merging again changes nothing.
/// The header of `target` stays. Any thread, on a stack that is wiped.
[[nodiscard]] KdbxMerge mergeKdbx(KdbxDatabase &target, KdbxDatabase other);

} // namespace Sparekey
