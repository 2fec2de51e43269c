// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "librarybed.h"

namespace Sparekey {

bool LibraryBed::start(const QString &title)
{
    m_bench = std::make_unique<LibraryBench>();
    LibraryEntry entry = LibraryBench::entry(QStringLiteral("google"), title,
                                             {"12345678", "23456789"});
    entry.copies.append({.kind = LibraryCopyKind::Paper,
                         .made = QDateTime::currentDateTimeUtc(),
                         .sheetId = QStringLiteral("7K2M-4D")});
    const bool good = m_bench->create() && m_bench->put(entry);
    if (good)
        m_bench->page->showEntry(0);
    Q_EMIT pageChanged();
    return good;
}

void LibraryBed::stop()
{
    m_bench.reset();
    Q_EMIT pageChanged();
}

void LibraryBed::lock()
{
    m_bench->page->lock();
}

QString LibraryBed::storedTitle() const
{
    return m_bench->library->entries().value(0).title;
}

} // namespace Sparekey
