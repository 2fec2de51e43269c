// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/movefile.h"

#include "core/files/datafile.h"
#include "core/files/exclusiverename.h"
#include "core/files/secretfile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

Failure failure(ErrorKind kind, const QString &path, int error)
{
    return fail(Error{.kind = kind,
                      .subject = ForeignText::path(path),
                      .detail = u"move: "_s + QString::fromLocal8Bit(std::strerror(error))});
}

// The new name counts only when the folders are on the disk. Some file systems cannot do that.
void syncFolderOf(const QString &path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const int fd = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)::fsync(fd);
    ::close(fd);
}

Result<void> copyThenRemove(const QString &from, const QString &to, qsizetype largest)
{
    const auto bytes = readDataFile(from, largest);
    if (!bytes)
        return fail(bytes.error());
    if (const auto written = writeSecretFile(to, *bytes, ExistingFile::Keep); !written)
        return written;
    const auto again = readDataFile(from, largest);
    const bool isUnchanged = again && *again == *bytes;
    if (isUnchanged && ::unlink(QFile::encodeName(from).constData()) == 0)
        return {};
    const int error = isUnchanged ? errno : EBUSY;
    (void)::unlink(QFile::encodeName(to).constData());
    return failure(ErrorKind::FileNotWritable, from, error);
}

} // namespace

Result<void> moveSecretFile(const QString &from, const QString &to, qsizetype largest)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    if (renameUnlessExists(AT_FDCWD, source.constData(), AT_FDCWD, target.constData())) {
        syncFolderOf(to);
        syncFolderOf(from);
        return {};
    }
    switch (const int error = errno) {
    case EXDEV: return copyThenRemove(from, to, largest);
    case EEXIST: return failure(ErrorKind::FileExists, to, error);
    case EROFS: return failure(ErrorKind::FolderReadOnly, to, error);
    case ENOSPC:
    case EDQUOT: return failure(ErrorKind::DiskFull, to, error);
    case ENOENT:
    case ENOTDIR:
        if (!QFileInfo(QFileInfo(to).absolutePath()).isDir())
            return failure(ErrorKind::FolderMissing, to, error);
        return failure(ErrorKind::FileNotReadable, from, error);
    default: return failure(ErrorKind::FileNotWritable, to, error);
    }
}

} // namespace Sparekey
