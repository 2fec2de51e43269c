// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/libraryeventwriter.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace Sparekey {

namespace {

struct ChangedEntry
{
    LibraryEvent event;
    LibraryEntry entry;
};

// The entry with the event in it. It may be unchanged, if the event is older than its codes.
std::optional<LibraryEntry> withPrint(const QList<LibraryEntry> &entries, const LibraryEvent &event)
{
    const QUuid id(event.subject.section(u'/', 0, 0));
    const int set = event.subject.section(u'/', 1).toInt();
    const auto found = std::ranges::find(entries, id, &LibraryEntry::id);
    if (id.isNull() || found == entries.end())
        return {};
    LibraryEntry entry = *found;
    const LibraryCopy copy{.kind = LibraryCopyKind::Paper,
                           .made = event.when,
                           .sheetId = event.sheetId,
                           .set = set};
    const bool hasSet = std::ranges::find(entry.sets, set, &CodeSet::number) != entry.sets.end();
    if (hasSet && !entry.copies.contains(copy))
        entry.copies.append(copy);
    return entry;
}

std::optional<LibraryEntry> withUse(const QList<LibraryEntry> &entries, const LibraryEvent &event)
{
    const auto found = std::ranges::find(entries, event.subject, &LibraryEntry::serverAccount);
    if (event.subject.isEmpty() || found == entries.end())
        return {};
    LibraryEntry entry = *found;
    const CodeSet *set = entry.current();
    if (set && set->obtained <= event.when.toLocalTime().date()) {
        markUsed(entry, 0, event.when, {});
        voidCurrentSet(entry, VoidReason::Used, event.when);
    }
    return entry;
}

std::optional<ChangedEntry> firstChange(const QList<LibraryEntry> &entries,
                                        const QList<LibraryEvent> &events)
{
    for (const LibraryEvent &event : events) {
        auto entry = event.kind == LibraryEvent::Kind::Printed ? withPrint(entries, event)
                                                               : withUse(entries, event);
        if (entry)
            return ChangedEntry{event, std::move(*entry)};
    }
    return {};
}

} // namespace

LibraryEventWriter::LibraryEventWriter(Library &library, LibraryEvents &events, QObject *parent)
    : QObject(parent)
    , m_library(library)
    , m_events(events)
{
    connect(&library, &Library::stateChanged, this, &LibraryEventWriter::write);
}

LibraryEventWriter::~LibraryEventWriter() = default;

void LibraryEventWriter::record(const LibraryEvent &event)
{
    m_events.add(event);
    write();
}

void LibraryEventWriter::forgetUse(const QString &accountKey)
{
    const QList<LibraryEvent> events = m_events.all();
    for (const LibraryEvent &event : events) {
        if (event.kind == LibraryEvent::Kind::CodeUsed && event.subject == accountKey)
            m_events.remove(event);
    }
}

QCoro::Task<void> LibraryEventWriter::write()
{
    if (m_writing)
        co_return;
    const auto ticket = m_tasks.ticket();
    m_writing = true;
    while (m_library.state() == Library::State::Open && !m_library.isReadOnly()) {
        const auto change = firstChange(m_library.entries(), m_events.all());
        if (!change)
            break;
        const LibraryEntry *before = m_library.find(change->entry.id);
        if (before && !(*before == change->entry)) {
            const auto saved = co_await m_library.put(change->entry);
            if (!ticket)
                co_return;
            if (!saved)
                break;
        }
        m_events.remove(change->event);
    }
    m_writing = false;
}

} // namespace Sparekey
