// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QByteArrayView>
#include <QString>

#include <functional>

namespace Sparekey {

/// What to do if a file of that name exists.
enum class ExistingFile {
    Keep,    ///< Refuse with `FileExists`.
    Replace, ///< The user has agreed to lose it.
};

/// Writes a file that holds a secret so that it is there completely or not at all.
///
/// The bytes go into a new file without a name (`O_TMPFILE`) in the folder of the target. Only the
/// user may read the file (0600). It is synced and read back before it takes the name of the
/// target; until then a file of that name stays as it was. On any failure, and when the program is
/// killed, nothing of the new file is left.
///
/// On file systems without such files, and for the moment in which another file is replaced, the
/// new file has a hidden name. A hidden file that a killed program leaves behind is deleted by
/// `removeUnfinishedSaves` at the next start.
///
/// Blocks on the disk: not for the GUI thread. Errors, with the path as subject: `FileExists`,
/// `FolderMissing`, `FolderReadOnly`, `FileNotWritable`, `DiskFull`, `FileReadBackFailed`.
[[nodiscard]] Result<void> writeSecretFile(const QString &path, QByteArrayView bytes,
                                           ExistingFile existing);

/// The same, and replaces an existing file. `beforeReplacing` is called when the new file is
/// complete and only its name is missing; if it fails, so does this, and the old file stays.
[[nodiscard]] Result<void> replaceSecretFile(const QString &path, QByteArrayView bytes,
                                             const std::function<Result<void>()> &beforeReplacing);

/// As `writeSecretFile`, on a worker thread. The bytes are wiped afterwards.
[[nodiscard]] QCoro::Task<Result<void>> saveSecretFile(QString path, SecureBuffer bytes,
                                                       ExistingFile existing);

} // namespace Sparekey
