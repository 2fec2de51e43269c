// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QByteArrayView>
#include <QString>

namespace Sparekey {

enum class ExistingFile {
    Keep,    ///< Refuse with `FileExists`.
    Replace, ///< The user has agreed to lose it.
};

/// Writes a file that holds a secret so that it is there whole, or not at all.
///
/// The bytes go into a new hidden file beside the target, which only the user may read (0600), so
/// no copy ever lies in another folder. It is synced and read back before it takes the name of
/// the target; until then a file of that name stays as it was, and on any failure the new one is
/// deleted.
///
/// Blocks on the disk: not for the GUI thread. Errors, with the path as subject: `FileExists`,
/// `FolderMissing`, `FolderReadOnly`, `FileNotWritable`, `DiskFull`, `FileReadBackFailed`.
[[nodiscard]] Result<void> writeSecretFile(const QString &path, QByteArrayView bytes,
                                           ExistingFile existing);

/// The same on a worker thread. The bytes are wiped afterwards.
[[nodiscard]] QCoro::Task<Result<void>> saveSecretFile(QString path, SecureBuffer bytes,
                                                       ExistingFile existing);

} // namespace Sparekey
