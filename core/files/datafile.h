// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/secretfile.h"
#include "core/result.h"

#include <QByteArray>
#include <QLockFile>
#include <QString>

#include <functional>
#include <memory>
#include <utility>

namespace Sparekey {

// Files of this program that are read and changed repeatedly, also by several processes. All
// functions block on the disk: not for the GUI thread.

/// Reads a whole regular file of at most `largest` bytes. Empty if there is none. Does not wait for
/// anything else, such as a FIFO. Errors, with the path as subject: `FileNotReadable`.
[[nodiscard]] Result<QByteArray> readDataFile(const QString &path, qsizetype largest);

/// Renames a damaged file within its folder, and never replaces another file. @return its new path.
/// Errors: `FileNotWritable`.
[[nodiscard]] Result<QString> putAsideDataFile(const QString &path);

/// Locks the file for one process, with a file `<path>.lock`. The lock of a process that has ended
/// is ignored. Waits some seconds. Errors: `FileNotWritable`.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockDataFile(const QString &path);

/// Creates the folder of the file. Errors: `FileNotWritable`.
[[nodiscard]] Result<void> makeDataFolder(const QString &path);

[[nodiscard]] bool dataFileExists(const QString &path);
/// Whether a file or folder can be written to. False for root, too, if nobody else may.
[[nodiscard]] bool mayBeWritten(const QString &path);

/// The absolute path of the file itself, without symbolic links. If there is none, that of its
/// name.
[[nodiscard]] QString withoutSymbolicLinks(const QString &path);

/// A value in a file. `T` is comparable and default-constructible; the default stands for a missing
/// file.
///
/// A damaged file is put aside, and what could be read of it is written to a new one. A file of a
/// newer version of the program is left as it is.
template<class T>
class DataFile
{
public:
    struct Content
    {
        T value;
        /// Only part of the file could be read.
        bool damaged = false;
    };
    struct Format
    {
        /// Fails with `FileDamaged` if nothing can be read, and with `FileFromNewerVersion`.
        std::function<Result<Content>(const QByteArray &bytes)> read;
        std::function<QByteArray(const T &value)> write;
        qsizetype largest; ///< Bytes; no larger file is read or written.
        ErrorKind tooLarge;
    };
    struct Reading
    {
        T value;
        /// The new path of a damaged file; empty if the file was not damaged.
        QString keptAside;
    };

    DataFile(QString path, Format format)
        : m_path(std::move(path))
        , m_format(std::move(format))
    {
    }

    /// Errors, with the path as subject: `FileNotReadable`, `FileFromNewerVersion`, and for a
    /// damaged file that could not be put aside, those of writing.
    [[nodiscard]] Result<Reading> read() const
    {
        const auto bytes = readDataFile(m_path, m_format.largest);
        if (!bytes)
            return fail(bytes.error());
        // Reading a missing file creates no folder and no lock.
        if (bytes->isEmpty() && !dataFileExists(m_path))
            return Reading();
        const auto content = m_format.read(*bytes);
        if (content && !content->damaged)
            return Reading{.value = content->value, .keptAside = {}};
        const auto lock = lockDataFile(m_path);
        if (!lock)
            return fail(lock.error());
        return readLocked();
    }

    /// Reads the file, changes what is in it and writes it, while no other process does. Nothing is
    /// written if nothing is changed. Errors: as above, `Format::tooLarge`, and those of
    /// `writeSecretFile`.
    [[nodiscard]] Result<Reading> change(const std::function<void(T &)> &how) const
    {
        // A change without effect creates no file, no folder and no lock.
        if (!dataFileExists(m_path)) {
            T value;
            how(value);
            if (value == T())
                return Reading();
        }
        if (const auto made = makeDataFolder(m_path); !made)
            return fail(made.error());
        const auto lock = lockDataFile(m_path);
        if (!lock)
            return fail(lock.error());
        auto reading = readLocked();
        if (!reading)
            return reading;
        const T before = reading->value;
        how(reading->value);
        if (reading->value == before)
            return reading;
        if (const auto written = write(reading->value); !written)
            return fail(written.error());
        return reading;
    }

private:
    [[nodiscard]] Result<void> write(const T &value) const
    {
        const QByteArray bytes = m_format.write(value);
        if (bytes.size() > m_format.largest)
            return fail(Error{.kind = m_format.tooLarge, .subject = ForeignText::path(m_path)});
        return writeSecretFile(m_path, bytes, ExistingFile::Replace);
    }

    [[nodiscard]] Result<Reading> readLocked() const
    {
        const auto bytes = readDataFile(m_path, m_format.largest);
        if (!bytes)
            return fail(bytes.error());
        Reading reading;
        if (bytes->isEmpty() && !dataFileExists(m_path))
            return reading;
        const auto content = m_format.read(*bytes);
        if (!content && content.error().kind != ErrorKind::FileDamaged) {
            Error error = content.error();
            error.subject = ForeignText::path(m_path);
            return fail(error);
        }
        if (content)
            reading.value = content->value;
        if (content && !content->damaged)
            return reading;
        const auto aside = putAsideDataFile(m_path);
        if (!aside)
            return fail(aside.error());
        reading.keptAside = *aside;
        if (content) {
            if (const auto written = write(reading.value); !written)
                return fail(written.error());
        }
        return reading;
    }

    QString m_path;
    Format m_format;
};

} // namespace Sparekey
