// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/olderversions.h"

#include "core/files/datafile.h"
#include "core/files/filelock.h"
#include "core/files/oldergenerations.h"
#include "core/files/secretfile.h"
#include "core/kdbx/kdbxlimits.h"
#include "core/library/libraryfile.h"

#include <QFile>
#include <QFileInfo>

namespace Sparekey {

QList<OlderVersion> olderVersionsOf(const QString &path)
{
    QList<OlderVersion> found;
    for (const QString &older : olderGenerations(withoutSymbolicLinks(path), libraryGenerations))
        found.append({.path = older, .saved = QFileInfo(older).lastModified()});
    return found;
}

Result<QString> restoreOlderVersion(const QString &path, const QString &older)
{
    const QString file = withoutSymbolicLinks(path);
    const auto locked = FileLock::tryLock(file);
    if (locked.outcome == FileLock::Outcome::HeldByOther)
        return fail(Error{.kind = ErrorKind::LibraryInUse, .subject = ForeignText::path(file)});
    const auto bytes = readDataFile(older, KdbxLimits().file);
    if (!bytes)
        return fail(bytes.error());
    if (bytes->isEmpty())
        return fail(Error{.kind = ErrorKind::FileNotReadable, .subject = ForeignText::path(older)});
    QString keptAside;
    if (dataFileExists(file)) {
        auto aside = putAsideDataFile(file);
        if (!aside)
            return aside;
        keptAside = *aside;
    }
    if (const auto written = writeSecretFile(file, *bytes, ExistingFile::Keep); !written) {
        if (!keptAside.isEmpty())
            QFile::rename(keptAside, file);
        return fail(written.error());
    }
    return keptAside;
}

QStringList removeOlderVersionsOf(const QString &path)
{
    return removeOlderGenerations(withoutSymbolicLinks(path), libraryGenerations);
}

} // namespace Sparekey
