// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/filelock.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// The one before may have deleted the file between our opening and locking it.
bool isStillThere(const QByteArray &path, int fd)
{
    struct stat open;
    struct stat named;
    return ::fstat(fd, &open) == 0 && ::stat(path.constData(), &named) == 0
        && open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

} // namespace

FileLock::Attempt FileLock::tryLock(const QString &path)
{
    const QFileInfo file(path);
    const QByteArray name = QFile::encodeName(
        u"%1/.%2.lock"_s.arg(file.absolutePath(), file.fileName()));
    for (;;) {
        const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd < 0)
            return {.outcome = Outcome::NotPossible, .lock = nullptr};
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
            const bool isHeld = errno == EWOULDBLOCK;
            ::close(fd);
            return {.outcome = isHeld ? Outcome::HeldByOther : Outcome::NotPossible,
                    .lock = nullptr};
        }
        if (isStillThere(name, fd)) {
            return {.outcome = Outcome::Locked,
                    .lock = std::unique_ptr<FileLock>(new FileLock(name, fd))};
        }
        ::close(fd);
    }
}

FileLock::FileLock(QByteArray path, int fd)
    : m_path(std::move(path))
    , m_fd(fd)
{
}

FileLock::~FileLock()
{
    // Deleted while it is locked, so that nobody loses a lock on it.
    ::unlink(m_path.constData());
    ::close(m_fd);
}

} // namespace Sparekey
