// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QMutex>
#include <QString>
#include <QThreadPool>
#include <QVariant>

#include <optional>

namespace Sparekey {

/// In bytes. No larger settings file is read or written.
constexpr qsizetype largestSettings = qsizetype(1) * 1024 * 1024;

/// Reads what `settingsToJson` has written: one object of texts, numbers, booleans and lists of
/// texts, with names such as "server/region". Nothing if it is something else.
[[nodiscard]] std::optional<QJsonObject> settingsFromJson(const QByteArray &json);
[[nodiscard]] QByteArray settingsToJson(const QJsonObject &values);

/// Values by name, in memory and in a file that only its owner can read. The file is read once, in
/// the constructor. A thread of its own writes it, so that no change waits for the disk. Values
/// that another process wrote meanwhile are kept, except those that were changed here.
///
/// Anything but a regular file, such as a FIFO, is neither waited for nor replaced. A damaged file
/// is put aside, as `DataFile` does. Use from one thread.
class SettingsFile
{
public:
    /// `path` need not exist; its folder is made when something is written.
    explicit SettingsFile(QString path);
    /// Waits until all changes are written.
    ~SettingsFile();
    Q_DISABLE_COPY_MOVE(SettingsFile)

    [[nodiscard]] QString path() const { return m_path; }

    [[nodiscard]] bool contains(const QString &name) const { return m_values.contains(name); }
    /// Invalid if there is none.
    [[nodiscard]] QVariant value(const QString &name) const
    {
        return m_values.value(name).toVariant();
    }
    /// A text, a number, a boolean, or a list of texts.
    void set(const QString &name, const QVariant &value);
    void remove(const QString &name);
    /// Removes all values whose names begin with `prefix`.
    void removeAll(const QString &prefix);

    /// Waits until the changes are written. False if some could not be written; they are retried
    /// with the next change.
    bool flush();

private:
    /// An undefined value means that the name is removed.
    using Changes = QHash<QString, QJsonValue>;

    void schedule(const QString &name, const QJsonValue &value);
    void writePending();
    [[nodiscard]] bool write(const Changes &changes) const;

    const QString m_path;
    QJsonObject m_values;
    QMutex m_mutex;
    Changes m_pending;      ///< Guarded by the mutex.
    bool m_writing = false; ///< Guarded by the mutex.
    QThreadPool m_disk;     ///< One thread.
};

} // namespace Sparekey
