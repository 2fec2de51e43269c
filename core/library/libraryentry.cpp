// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/libraryentry.h"

#include <algorithm>

namespace Sparekey {

namespace {

LibraryCode *codeOf(LibraryEntry &entry, qsizetype code)
{
    CodeSet *set = entry.current();
    return set && code >= 0 && code < set->codes.size() ? &set->codes[code] : nullptr;
}

} // namespace

int CodeSet::unused() const
{
    return static_cast<int>(std::ranges::count(codes, CodeState::Unused, &LibraryCode::state));
}

LibraryEntry LibraryEntry::create(const QString &service, const QString &title,
                                  const QDateTime &now)
{
    return {.id = QUuid::createUuid(),
            .service = service,
            .title = title,
            .created = now,
            .changed = now};
}

const CodeSet *LibraryEntry::current() const
{
    return !sets.isEmpty() && sets.last().state == SetState::Current ? &sets.last() : nullptr;
}

CodeSet *LibraryEntry::current()
{
    return !sets.isEmpty() && sets.last().state == SetState::Current ? &sets.last() : nullptr;
}

void markUsed(LibraryEntry &entry, qsizetype code, const QDateTime &when, const QString &where)
{
    if (LibraryCode *found = codeOf(entry, code)) {
        found->state = CodeState::Used;
        found->usedOn = when;
        found->usedWhere = where;
    }
}

void markUnused(LibraryEntry &entry, qsizetype code)
{
    if (LibraryCode *found = codeOf(entry, code)) {
        found->state = CodeState::Unused;
        found->usedOn = {};
        found->usedWhere.clear();
    }
}

void voidCurrentSet(LibraryEntry &entry, VoidReason reason, const QDateTime &when)
{
    if (CodeSet *set = entry.current()) {
        set->state = SetState::Void;
        set->reason = reason;
        set->voidedOn = when;
    }
}

void startNewSet(LibraryEntry &entry, QList<LibraryCode> codes, CodeSource source,
                 const QDate &obtained, VoidReason reason, const QDateTime &when)
{
    voidCurrentSet(entry, reason, when);
    int number = 1;
    for (const CodeSet &set : std::as_const(entry.sets))
        number = std::max(number, set.number + 1);
    entry.sets.append(
        {.number = number, .obtained = obtained, .source = source, .codes = std::move(codes)});
}

QList<qsizetype> copiesToDestroy(const LibraryEntry &entry)
{
    QList<qsizetype> found;
    const CodeSet *current = entry.current();
    for (qsizetype i = 0; i < entry.copies.size(); ++i) {
        const LibraryCopy &copy = entry.copies[i];
        if (!copy.destroyed.isValid() && (!current || copy.set != current->number))
            found.append(i);
    }
    return found;
}

} // namespace Sparekey
