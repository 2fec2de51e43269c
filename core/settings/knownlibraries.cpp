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

void KnownLibraries::note(const QString &path)
{
    QStringList known = paths();
    if (!known.isEmpty() && known.first() == path)
        return;
    known.removeAll(path);
    known.prepend(path);
    m_file.set("paths"_L1, known.first(std::min(most, known.size())));
}

void KnownLibraries::forget(const QString &path)
{
    QStringList known = paths();
    if (known.removeAll(path) > 0)
        m_file.set("paths"_L1, known);
}

} // namespace Sparekey
