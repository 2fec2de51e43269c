// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxdatabase.h"
#include "core/library/libraryentry.h"

#include <QList>
#include <QUuid>

#include <optional>

namespace Sparekey {

/// All entries of all groups but the recycle bin, in the order of the file. Of several entries with
/// the same UUID the first one.
[[nodiscard]] QList<LibraryEntry> readEntries(KdbxDatabase &database);

/// An entry of a file, and the group that it is in. Views, valid as long as the elements.
struct StoredEntry
{
    KdbxGroup group;
    KdbxEntry entry;
};

/// The entry with that UUID, outside the recycle bin.
[[nodiscard]] std::optional<StoredEntry> findEntry(KdbxDatabase &database, const QUuid &id);

} // namespace Sparekey
