// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/libraryevents.h"

#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString fileBeside(const QString &settingsFile)
{
    const QFileInfo info(settingsFile);
    return u"%1/%2-libraryevents.json"_s.arg(info.path(), info.completeBaseName());
}

// No part of an event has a space.
QString toText(const LibraryEvent &event)
{
    const QString kind = event.kind == LibraryEvent::Kind::Printed ? u"printed"_s : u"codeUsed"_s;
    const QString when = event.when.toUTC().toString(Qt::ISODateWithMs);
    return QStringList{kind, event.subject, when, event.sheetId}.join(u' ');
}

std::optional<LibraryEvent> fromText(const QString &text)
{
    const QStringList parts = text.split(u' ');
    if (parts.size() != 4)
        return {};
    LibraryEvent event{.subject = parts[1],
                       .when = QDateTime::fromString(parts[2], Qt::ISODateWithMs),
                       .sheetId = parts[3]};
    if (parts[0] == "codeUsed"_L1)
        event.kind = LibraryEvent::Kind::CodeUsed;
    else if (parts[0] != "printed"_L1)
        return {};
    if (event.subject.isEmpty() || !event.when.isValid())
        return {};
    return event;
}

} // namespace

LibraryEvents::LibraryEvents(const QString &settingsFile)
    : m_file(fileBeside(settingsFile))
{
}

QList<LibraryEvent> LibraryEvents::all() const
{
    QList<LibraryEvent> events;
    const QStringList texts = m_file.value(u"events"_s).toStringList();
    for (const QString &text : texts) {
        if (const auto event = fromText(text))
            events.append(*event);
    }
    return events;
}

void LibraryEvents::add(const LibraryEvent &event)
{
    QList<LibraryEvent> events = all();
    events.append(event);
    write(events.last(std::min(most, events.size())));
}

void LibraryEvents::remove(const LibraryEvent &event)
{
    QList<LibraryEvent> events = all();
    if (events.removeOne(event))
        write(events);
}

void LibraryEvents::write(const QList<LibraryEvent> &events)
{
    if (events.isEmpty()) {
        m_file.remove(u"events"_s);
        return;
    }
    QStringList texts;
    for (const LibraryEvent &event : events)
        texts.append(toText(event));
    m_file.set(u"events"_s, texts);
}

} // namespace Sparekey
