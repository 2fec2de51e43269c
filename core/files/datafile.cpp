// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/datafile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

// Longer than any other process of ours holds the lock.
constexpr auto lockTimeout = 5s;

Failure notReadable(const QString &path, int error)
{
    return fail(Error{.kind = ErrorKind::FileNotReadable,
                      .subject = ForeignText::path(path),
                      .detail = QString::fromLocal8Bit(std::strerror(error))});
}

} // namespace

Result<QByteArray> readDataFile(const QString &path, qsizetype largest)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return QByteArray();
    if (fd < 0)
        return notReadable(path, errno);
    QFile file;
    struct stat status;
    const bool plain = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (!file.open(fd, QIODevice::ReadOnly, QFile::AutoCloseHandle)) {
        ::close(fd);
        return notReadable(path, EIO);
    }
    if (!plain)
        return notReadable(path, EISDIR);
    if (status.st_size > largest)
        return notReadable(path, EFBIG);
    // Not `largest`, for which QFile would make room first.
    QByteArray bytes = file.read(status.st_size);
    if (file.error() != QFile::NoError)
        return notReadable(path, EIO);
    return bytes;
}

Result<QString> putAsideDataFile(const QString &path)
{
    constexpr int mostAttempts = 100;
    for (int i = 1; i <= mostAttempts; ++i) {
        const QString aside = i == 1 ? path + ".damaged"_L1 : u"%1.damaged-%2"_s.arg(path).arg(i);
        // Never replaces an older one.
        if (!QFileInfo::exists(aside) && QFile::rename(path, aside))
            return aside;
    }
    return fail(Error{.kind = ErrorKind::FileNotWritable, .subject = ForeignText::path(path)});
}

Result<std::unique_ptr<QLockFile>> lockDataFile(const QString &path)
{
    auto lock = std::make_unique<QLockFile>(path + ".lock"_L1);
    if (!lock->tryLock(std::chrono::milliseconds(lockTimeout).count())) {
        return fail(Error{.kind = ErrorKind::FileNotWritable,
                          .subject = ForeignText::path(path),
                          .detail = u"lock: %1"_s.arg(static_cast<int>(lock->error()))});
    }
    return lock;
}

Result<void> makeDataFolder(const QString &path)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return fail(Error{.kind = ErrorKind::FileNotWritable, .subject = ForeignText::path(path)});
    return {};
}

bool dataFileExists(const QString &path)
{
    return QFileInfo::exists(path);
}

bool mayBeWritten(const QString &path)
{
    constexpr auto writers = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    return (QFileInfo(path).permissions() & writers) != QFile::Permissions()
        && ::access(QFile::encodeName(path).constData(), W_OK) == 0;
}

QString withoutSymbolicLinks(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(path).absoluteFilePath() : canonical;
}

} // namespace Sparekey
