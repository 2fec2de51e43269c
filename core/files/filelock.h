// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace Sparekey {

/// Says to other processes of this program on the same computer that a file is in use, as long as
/// this object exists. It is an `flock` on a hidden file beside it, `.NAME.lock`, which the system
/// gives back when a process ends in any way, and which is deleted with the lock. Use from one
/// thread at a time; blocks on the disk.
class FileLock
{
public:
    enum class Outcome {
        Locked,
        HeldByOther,
        NotPossible, ///< Such as in a folder that cannot be written to.
    };
    struct Attempt
    {
        Outcome outcome;
        std::unique_ptr<FileLock> lock; ///< Null unless locked.
    };

    /// Does not wait. `path` need not exist.
    [[nodiscard]] static Attempt tryLock(const QString &path);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    FileLock(QByteArray path, int fd);

    QByteArray m_path;
    int m_fd;
};

} // namespace Sparekey
