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

// Files of this program that are read and changed again and again, by several processes too. All of
// it blocks on the disk: not for the GUI thread.

/// Reads a plain file of at most `largest` bytes, whole. Empty if there is none. What is no plain
/// file (a FIFO, say) is not waited for. Errors, with the path as subject: `FileNotReadable`.
[[nodiscard]] Result<QByteArray> readDataFile(const QString &path, qsizetype largest);

/// Gives a damaged file another name beside it, never that of another file. @return its new path.
/// Errors: `FileNotWritable`.
[[nodiscard]] Result<QString> putAsideDataFile(const QString &path);

/// Held by one process at a time, in a file `<path>.lock`; that of a process which has ended counts
/// for nothing. Waits some seconds. Errors: `FileNotWritable`.
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockDataFile(const QString &path);

/// Makes the folder of the file. Errors: `FileNotWritable`.
[[nodiscard]] Result<void> makeDataFolder(const QString &path);

[[nodiscard]] bool dataFileExists(const QString &path);

/// A value in a file. `T` is default-constructible, which stands for a file that is not there, and
/// comparable.
///
/// A file that is damaged is put aside, and what could be read of it goes into a new one. One of a
/// newer version of the program stays as it is.
template<class T>
class DataFile
{
public:
    struct Content
    {
        T value;
        /// Some of the file could be read, but not all.
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
        /// Where a damaged file was put; empty if it was not.
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
        // A look alone makes no folder and no lock.
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
        // What changes nothing makes no file, no folder and no lock.
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
