// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Sparekey {

/// Where files are noted that have a name before they are complete, so that one of a program that
/// was killed is found by its next start. Call once, before the first save and before other
/// threads; without it nothing is noted. The folder is made when it is needed.
void setUnfinishedSavesFolder(const QString &folder);

/// Deletes the files that earlier runs have not completed. Those that another process is writing
/// just now stay, and so do notes about folders that are not there (a stick that is not plugged
/// in). Blocks on the disk; any thread.
void removeUnfinishedSaves();

/// The name of a file that is not complete: hidden, and `random` makes it impossible to guess.
[[nodiscard]] QByteArray unfinishedName(QByteArrayView random);

/// The note about one file, from before it gets its name until it is complete or deleted.
///
/// It is a symbolic link to the file, because that is made by one system call. The file must be
/// locked (`flock`) by who writes it. A note that cannot be made is done without.
class UnfinishedSave
{
public:
    /// `file`: absolute path, in the encoding of file names, with a name of `unfinishedName`.
    explicit UnfinishedSave(const QByteArray &file);
    ~UnfinishedSave();
    UnfinishedSave(const UnfinishedSave &) = delete;
    UnfinishedSave &operator=(const UnfinishedSave &) = delete;

private:
    QByteArray m_note;
};

} // namespace Sparekey
