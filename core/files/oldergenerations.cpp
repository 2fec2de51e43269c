// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/oldergenerations.h"

#include "core/files/datafile.h"
#include "core/files/movefile.h"
#include "core/files/secretfile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

Failure notKept(const QString &path, int error)
{
    return fail(Error{.kind = error == EROFS                   ? ErrorKind::FolderReadOnly
                          : error == ENOSPC || error == EDQUOT ? ErrorKind::DiskFull
                                                               : ErrorKind::FileNotWritable,
                      .subject = ForeignText::path(path),
                      .detail = u"keep: "_s + QString::fromLocal8Bit(std::strerror(error))});
}

bool rename(const QString &from, const QString &to)
{
    return ::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0
        || errno == ENOENT;
}

// For file systems without hard links.
Result<void> copy(const QString &path, const QString &to)
{
    const auto bytes = readDataFile(path, std::numeric_limits<int>::max());
    if (!bytes)
        return fail(bytes.error());
    return writeSecretFile(to, *bytes, ExistingFile::Replace);
}

} // namespace

QString olderGeneration(const QString &path, int number)
{
    const QFileInfo file(path);
    const QString base = file.completeBaseName();
    // A hidden file without a suffix has no base name.
    if (base.isEmpty() || file.suffix().isEmpty())
        return u"%1.old-%2"_s.arg(path).arg(number);
    return path.chopped(file.suffix().size() + 1) + u".old-%1.%2"_s.arg(number).arg(file.suffix());
}

QStringList olderGenerations(const QString &path, int most)
{
    QStringList found;
    for (int number = 1; number <= most; ++number) {
        if (const QString older = olderGeneration(path, number); QFileInfo::exists(older))
            found.append(older);
    }
    return found;
}

Result<void> keepAsOlderGeneration(const QString &path, int most)
{
    for (int number = most; number > 1; --number) {
        const QString from = olderGeneration(path, number - 1);
        if (!rename(from, olderGeneration(path, number)))
            return notKept(from, errno);
    }
    const QString newest = olderGeneration(path, 1);
    if (::link(QFile::encodeName(path).constData(), QFile::encodeName(newest).constData()) == 0)
        return {};
    return copy(path, newest);
}

QStringList moveOlderGenerations(const QString &from, const QString &to, int most)
{
    QStringList left;
    for (int number = 1; number <= most; ++number) {
        const QString older = olderGeneration(from, number);
        if (dataFileExists(older)
            && !moveSecretFile(older, olderGeneration(to, number), std::numeric_limits<int>::max()))
            left.append(older);
    }
    return left;
}

QStringList removeOlderGenerations(const QString &path, int most)
{
    QStringList left;
    for (const QString &older : olderGenerations(path, most)) {
        if (!QFile::remove(older))
            left.append(older);
    }
    return left;
}

} // namespace Sparekey
