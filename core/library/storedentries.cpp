// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/storedentries.h"

#include "core/kdbx/kdbxvalues.h"
#include "core/library/entryinkdbx.h"

#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

std::optional<QUuid> recycleBin(KdbxDatabase &database)
{
    return uuidFromText(database.meta().childText(u"RecycleBinUUID"));
}

// Calls `visit(group, entry)` until it returns true.
template<class Visit>
bool visitEntries(const KdbxGroup &group, const std::optional<QUuid> &leftOut, const Visit &visit)
{
    if (leftOut && group.uuid() == leftOut)
        return false;
    for (const KdbxEntry &entry : group.entries()) {
        if (visit(group, entry))
            return true;
    }
    const auto groups = group.groups();
    return std::ranges::any_of(groups, [&](const KdbxGroup &child) {
        return visitEntries(child, leftOut, visit);
    });
}

} // namespace

QList<LibraryEntry> readEntries(KdbxDatabase &database)
{
    QList<LibraryEntry> entries;
    QSet<QUuid> seen;
    visitEntries(database.rootGroup(), recycleBin(database),
                 [&](const KdbxGroup &, const KdbxEntry &stored) {
                     auto entry = readEntry(stored);
                     if (entry && !seen.contains(entry->id)) {
                         seen.insert(entry->id);
                         entries.append(*std::move(entry));
                     }
                     return false;
                 });
    return entries;
}

std::optional<StoredEntry> findEntry(KdbxDatabase &database, const QUuid &id)
{
    std::optional<StoredEntry> found;
    visitEntries(database.rootGroup(), recycleBin(database),
                 [&](const KdbxGroup &group, const KdbxEntry &entry) {
                     if (entry.uuid() != id)
                         return false;
                     found.emplace(StoredEntry{group, entry});
                     return true;
                 });
    return found;
}

} // namespace Sparekey
