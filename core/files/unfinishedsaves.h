// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Sparekey {

/// Sets the folder for notes about files that have a name before they are complete, so that the
/// next start finds those of a program that was killed. Call once, before the first save and before
/// other threads start; without it nothing is noted. The folder is created when it is needed.
void setUnfinishedSavesFolder(const QString &folder);

/// Deletes files that earlier runs did not complete. Files that another process is writing are
/// kept, and so are notes about missing folders (such as a USB stick that is not plugged in).
/// Blocks on the disk; any thread.
void removeUnfinishedSaves();

/// The name of an incomplete file: hidden, and unpredictable because of `random`.
[[nodiscard]] QByteArray unfinishedName(QByteArrayView random);

/// The note about one file, from before it gets its name until it is complete or deleted.
///
/// It is a symbolic link to the file, because one system call creates it. The writer must lock the
/// file (`flock`). If the note cannot be created, the file is saved without one.
class UnfinishedSave
{
public:
    /// `file`: absolute path, in the encoding of file names, with a name from `unfinishedName`.
    explicit UnfinishedSave(const QByteArray &file);
    ~UnfinishedSave();
    UnfinishedSave(const UnfinishedSave &) = delete;
    UnfinishedSave &operator=(const UnfinishedSave &) = delete;

private:
    QByteArray m_note;
};

} // namespace Sparekey
