// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/secretfile.h"

#include "core/crypto/randomoctets.h"
#include "core/files/exclusiverename.h"
#include "core/files/unfinishedsaves.h"

#include <QCoroFuture>

#include <QDir>
#include <QFile>
#include <QtConcurrent>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

class FileDescriptor
{
public:
    explicit FileDescriptor(int fd)
        : m_fd(fd)
    {
    }
    ~FileDescriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    FileDescriptor(FileDescriptor &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

// Where the new file goes. The folder is held open, so that moving it meanwhile has no effect.
struct Target
{
    int folder;
    QByteArray folderPath; ///< absolute
    QByteArray name;
    ExistingFile existing;
    const std::function<Result<void>()> &beforeReplacing;
    QString path; ///< as the caller gave it, for errors
};

// The hidden name of the new file, deleted unless the file was renamed, and the note about it in
// case the process is killed.
class HiddenName
{
public:
    HiddenName(const Target &target, QByteArray name)
        : m_note(target.folderPath + '/' + name)
        , m_folder(target.folder)
        , m_name(std::move(name))
    {
    }
    ~HiddenName()
    {
        if (m_given)
            ::unlinkat(m_folder, m_name.constData(), 0);
    }
    HiddenName(const HiddenName &) = delete;
    HiddenName &operator=(const HiddenName &) = delete;

    [[nodiscard]] const char *name() const { return m_name.constData(); }
    void setGiven(bool given) { m_given = given; }

private:
    UnfinishedSave m_note; ///< removed after the name
    int m_folder;
    QByteArray m_name;
    bool m_given = false;
};

ErrorKind kindOf(int error)
{
    switch (error) {
    case EEXIST: return ErrorKind::FileExists;
    case ENOENT:
    case ENOTDIR: return ErrorKind::FolderMissing;
    case EROFS: return ErrorKind::FolderReadOnly;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return ErrorKind::DiskFull;
    default: return ErrorKind::FileNotWritable;
    }
}

Failure failure(int error, const QString &path, const char *step)
{
    return fail(Error{.kind = kindOf(error),
                      .subject = ForeignText::path(path),
                      .detail = u"%1: %2"_s.arg(QLatin1StringView(step),
                                                QString::fromLocal8Bit(std::strerror(error)))});
}

bool writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        if (written == 0) {
            errno = ENOSPC;
            return false;
        }
        bytes = bytes.sliced(written);
    }
    return true;
}

bool holds(int fd, QByteArrayView expected)
{
    struct stat status;
    if (::fstat(fd, &status) != 0 || status.st_size != expected.size())
        return false;
    // Asks the kernel to read from the disk, not from memory; a hint that may be ignored.
    (void)::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    SecureBuffer found(expected.size());
    qsizetype size = 0;
    while (size < found.size()) {
        const ssize_t count = ::pread(fd, found.data() + size,
                                      static_cast<std::size_t>(found.size() - size), size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        size += count;
    }
    return found.equals(expected);
}

Result<void> fill(int fd, QByteArrayView bytes, const QString &path)
{
    // The umask may have removed more permissions than we want.
    if (::fchmod(fd, 0600) != 0 && errno != EPERM && errno != ENOTSUP)
        return failure(errno, path, "chmod");
    if (!writeAll(fd, bytes))
        return failure(errno, path, "write");
    if (::fsync(fd) != 0)
        return failure(errno, path, "sync");
    // Some file systems report a full disk only at close; closing a second descriptor is enough.
    const int second = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (second >= 0 && ::close(second) != 0)
        return failure(errno, path, "close");
    if (!holds(fd, bytes))
        return fail(
            Error{.kind = ErrorKind::FileReadBackFailed, .subject = ForeignText::path(path)});
    return {};
}

// Unpredictable, so that nobody can create a file of that name first in a shared folder.
Result<QByteArray> hiddenName()
{
    constexpr int size = 8;
    const auto random = randomOctets(size);
    if (!random)
        return fail(random.error());
    return unfinishedName(*random);
}

bool rename(const Target &target, const char *from)
{
    const char *to = target.name.constData();
    if (target.existing == ExistingFile::Replace)
        return ::renameat(target.folder, from, target.folder, to) == 0;
    return renameUnlessExists(target.folder, from, target.folder, to);
}

bool link(const Target &target, int fd, const char *name)
{
    const QByteArray self = "/proc/self/fd/" + QByteArray::number(fd);
    return ::linkat(AT_FDCWD, self.constData(), target.folder, name, AT_SYMLINK_FOLLOW) == 0;
}

enum class Attempt {
    Done,
    NotPossibleHere,
};

// A file without a name disappears with the process, however that ends. It gets its name when it is
// complete.
Result<Attempt> writeUnnamed(const Target &target, QByteArrayView bytes)
{
    const FileDescriptor file(::openat(target.folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.isOpen()) // not possible on FAT, NFS and others, with various errors
        return Attempt::NotPossibleHere;
    if (const auto filled = fill(file.get(), bytes, target.path); !filled)
        return fail(filled.error());
    if (link(target, file.get(), target.name.constData()))
        return Attempt::Done;
    if (errno != EEXIST) // such as without /proc
        return Attempt::NotPossibleHere;
    if (target.existing == ExistingFile::Keep)
        return failure(EEXIST, target.path, "link");

    // A link cannot replace a file, but a rename can.
    Result<QByteArray> name = hiddenName();
    if (!name)
        return fail(name.error());
    HiddenName hidden(target, std::move(*name));
    (void)::flock(file.get(), LOCK_EX | LOCK_NB);
    if (!link(target, file.get(), hidden.name()))
        return failure(errno, target.path, "link");
    hidden.setGiven(true);
    if (const auto ready = target.beforeReplacing(); !ready)
        return fail(ready.error());
    if (!rename(target, hidden.name()))
        return failure(errno, target.path, "rename");
    hidden.setGiven(false);
    return Attempt::Done;
}

Result<void> writeNamed(const Target &target, QByteArrayView bytes)
{
    Result<QByteArray> name = hiddenName();
    if (!name)
        return fail(name.error());
    HiddenName hidden(target, std::move(*name));
    const FileDescriptor file(::openat(target.folder, hidden.name(),
                                       O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return failure(errno, target.path, "create");
    hidden.setGiven(true);
    (void)::flock(file.get(), LOCK_EX | LOCK_NB);
    if (const auto filled = fill(file.get(), bytes, target.path); !filled)
        return filled;
    if (const auto ready = target.beforeReplacing(); !ready)
        return ready;
    if (!rename(target, hidden.name()))
        return failure(errno, target.path, "rename");
    hidden.setGiven(false);
    return {};
}

// A named function, because g++ 12 destroys the captures of a lambda within a coroutine twice.
Result<void> writeShared(const QString &path, const std::shared_ptr<const SecureBuffer> &bytes,
                         ExistingFile existing)
{
    return writeSecretFile(path, bytes->view(), existing);
}

Result<void> writeWhole(const QString &path, QByteArrayView bytes, ExistingFile existing,
                        const std::function<Result<void>()> &beforeReplacing)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    const QByteArray folderPath = slash < 0 ? "."_ba
        : slash == 0                        ? "/"_ba
                                            : QFile::encodeName(path.first(slash));
    const QByteArray target = QFile::encodeName(path.sliced(slash + 1));
    if (target.isEmpty() || target == "." || target == "..")
        return failure(EISDIR, path, "no file name");

    const FileDescriptor folder(::open(folderPath.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen())
        return failure(errno, path, "open folder");
    // Checked before anything is written; the final link or rename checks again.
    struct stat status;
    if (::fstatat(folder.get(), target.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (S_ISDIR(status.st_mode))
            return failure(EISDIR, path, "name of a folder");
        if (existing == ExistingFile::Keep)
            return failure(EEXIST, path, "look");
    }

    const Target place{.folder = folder.get(),
                       .folderPath = QFile::encodeName(
                           QDir(QFile::decodeName(folderPath)).absolutePath()),
                       .name = target,
                       .existing = existing,
                       .beforeReplacing = beforeReplacing,
                       .path = path};
    const auto attempt = writeUnnamed(place, bytes);
    if (!attempt)
        return fail(attempt.error());
    if (*attempt == Attempt::NotPossibleHere) {
        if (const auto written = writeNamed(place, bytes); !written)
            return written;
    }
    // The file is complete and has its name; a folder that cannot be synced (FAT, network) is no
    // reason to say that it was not saved.
    (void)::fsync(folder.get());
    return {};
}

} // namespace

Result<void> writeSecretFile(const QString &path, QByteArrayView bytes, ExistingFile existing)
{
    return writeWhole(path, bytes, existing, [] { return Result<void>(); });
}

Result<void> replaceSecretFile(const QString &path, QByteArrayView bytes,
                               const std::function<Result<void>()> &beforeReplacing)
{
    return writeWhole(path, bytes, ExistingFile::Replace, beforeReplacing);
}

QCoro::Task<Result<void>> saveSecretFile(QString path, SecureBuffer bytes, ExistingFile existing)
{
    auto shared = std::make_shared<const SecureBuffer>(std::move(bytes));
    QFuture<Result<void>> running = QtConcurrent::run(writeShared, path, shared, existing);
    co_return co_await running;
}

} // namespace Sparekey
