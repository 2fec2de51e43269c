// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/knownlibraries.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString fileBeside(const QString &settingsFile)
{
    const QFileInfo info(settingsFile);
    return u"%1/%2-libraries.json"_s.arg(info.path(), info.completeBaseName());
}

} // namespace

KnownLibraries::KnownLibraries(const QString &settingsFile)
    : m_file(fileBeside(settingsFile))
{
}

QStringList KnownLibraries::paths() const
{
    return m_file.value("paths"_L1).toStringList();
}

QDateTime KnownLibraries::opened(const QString &path) const
{
    return dates("opened"_L1).value(path);
}

void KnownLibraries::note(const QString &path)
{
    QStringList known = paths();
    known.removeAll(path);
    known.prepend(path);
    auto opened = dates("opened"_L1);
    opened.insert(path, QDateTime::currentDateTimeUtc());
    set(known.first(std::min(most, known.size())), opened);
}

void KnownLibraries::forget(const QString &path)
{
    QStringList known = paths();
    if (known.removeAll(path) > 0)
        set(known, dates("opened"_L1));
}

void KnownLibraries::rename(const QString &from, const QString &to)
{
    QStringList known = paths();
    const qsizetype place = known.indexOf(from);
    if (place < 0 || from == to)
        return;
    known.removeAll(to);
    known.replace(known.indexOf(from), to);
    auto opened = dates("opened"_L1);
    opened.insert(to, opened.value(from));
    set(known, opened);
}

QMap<QString, QDateTime> KnownLibraries::keyringEntries() const
{
    return dates("keyring"_L1);
}

void KnownLibraries::setKeyringEntries(const QMap<QString, QDateTime> &entries)
{
    setDates("keyring"_L1, entries);
}

void KnownLibraries::set(const QStringList &paths, QMap<QString, QDateTime> opened)
{
    opened.removeIf([&](const auto &one) { return !paths.contains(one.key()); });
    m_file.set("paths"_L1, paths);
    setDates("opened"_L1, opened);
}

QMap<QString, QDateTime> KnownLibraries::dates(const QString &name) const
{
    QMap<QString, QDateTime> found;
    for (const QString &line : m_file.value(name).toStringList()) {
        const qsizetype space = line.indexOf(u' ');
        const auto date = QDateTime::fromString(line.first(std::max<qsizetype>(space, 0)),
                                                Qt::ISODate);
        if (date.isValid())
            found.insert(line.sliced(space + 1), date);
    }
    return found;
}

void KnownLibraries::setDates(const QString &name, const QMap<QString, QDateTime> &dates)
{
    QStringList lines;
    for (const auto &[path, date] : dates.asKeyValueRange())
        lines.append(date.toString(Qt::ISODate) + u' ' + path);
    m_file.set(name, lines);
}

} // namespace Sparekey
