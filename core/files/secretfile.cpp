// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/secretfile.h"

#include "core/crypto/randomoctets.h"

#include <QCoroFuture>

#include <QFile>
#include <QtConcurrent>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
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
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;

    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] int get() const { return m_fd; }
    // Some file systems tell only here that there was no room.
    [[nodiscard]] bool closeNow() { return ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

// A name in a folder that is held open, so that a folder moved meanwhile changes nothing.
class NewFile
{
public:
    NewFile(int folder, QByteArray name)
        : m_folder(folder)
        , m_name(std::move(name))
    {
    }
    ~NewFile()
    {
        if (!m_kept)
            ::unlinkat(m_folder, m_name.constData(), 0);
    }
    NewFile(const NewFile &) = delete;
    NewFile &operator=(const NewFile &) = delete;

    [[nodiscard]] const char *name() const { return m_name.constData(); }
    void keep() { m_kept = true; }

private:
    int m_folder;
    QByteArray m_name;
    bool m_kept = false;
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
                      .subject = path,
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

bool holds(int folder, const char *name, const SecureBuffer &expected)
{
    const FileDescriptor file(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status;
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0 || status.st_size != expected.size())
        return false;
    // Asks for what is on the disk, not for what is still in memory; a hint that may be ignored.
    (void)::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
    SecureBuffer found(expected.size());
    qsizetype size = 0;
    while (size < found.size()) {
        const ssize_t count = ::read(file.get(), found.data() + size,
                                     static_cast<std::size_t>(found.size() - size));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        size += count;
    }
    return found.equals(expected.view());
}

// Hidden, and not to be guessed, so that nobody can lie in wait for it in a shared folder.
Result<QByteArray> hiddenName()
{
    constexpr int size = 8;
    const auto random = randomOctets(size);
    if (!random)
        return fail(random.error());
    return "." + random->toHex() + ".part";
}

bool giveName(int folder, const char *from, const char *to, ExistingFile existing)
{
    if (existing == ExistingFile::Replace)
        return ::renameat(folder, from, folder, to) == 0;
    if (::renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0)
        return true;
    // Some file systems cannot promise it in one step; the look before is then the best there is.
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (::faccessat(folder, to, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::renameat(folder, from, folder, to) == 0;
}

// A named function, because g++ 12 destroys what a lambda within a coroutine captures twice.
Result<void> writeShared(const QString &path, const std::shared_ptr<const SecureBuffer> &bytes,
                         ExistingFile existing)
{
    return writeSecretFile(path, bytes->view(), existing);
}

} // namespace

Result<void> writeSecretFile(const QString &path, QByteArrayView bytes, ExistingFile existing)
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
    // Told before anything is written; giveName() makes sure once more.
    struct stat status;
    if (::fstatat(folder.get(), target.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (S_ISDIR(status.st_mode))
            return failure(EISDIR, path, "name of a folder");
        if (existing == ExistingFile::Keep)
            return failure(EEXIST, path, "look");
    }

    Result<QByteArray> name = hiddenName();
    if (!name)
        return fail(name.error());
    FileDescriptor file(::openat(folder.get(), name->constData(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return failure(errno, path, "create");
    NewFile created(folder.get(), *name);
    // The umask may take away more than we want, never less.
    if (::fchmod(file.get(), 0600) != 0 && errno != EPERM && errno != ENOTSUP)
        return failure(errno, path, "chmod");
    if (!writeAll(file.get(), bytes))
        return failure(errno, path, "write");
    if (::fsync(file.get()) != 0)
        return failure(errno, path, "sync");
    if (!file.closeNow())
        return failure(errno, path, "close");

    if (!holds(folder.get(), created.name(), SecureBuffer::copyOf(bytes)))
        return fail(Error{.kind = ErrorKind::FileReadBackFailed, .subject = path});
    if (!giveName(folder.get(), created.name(), target.constData(), existing))
        return failure(errno, path, "rename");
    created.keep();
    // The file is whole and has its name; a folder that cannot be synced (FAT, network) is no
    // reason to say that it was not saved.
    (void)::fsync(folder.get());
    return {};
}

QCoro::Task<Result<void>> saveSecretFile(QString path, SecureBuffer bytes, ExistingFile existing)
{
    auto shared = std::make_shared<const SecureBuffer>(std::move(bytes));
    QFuture<Result<void>> running = QtConcurrent::run(writeShared, path, shared, existing);
    co_return co_await running;
}

} // namespace Sparekey
