// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/librarykey.h"
#include "core/result.h"

#include <QCoroTask>
#include <QString>

namespace Sparekey {

/// Where a new library is proposed: in the program's data folder.
[[nodiscard]] QString suggestedLibraryPath();
/// `path` as entered: "~" is expanded, and a missing extension is added.
[[nodiscard]] QString libraryPath(const QString &path);
/// "~/Documents" for a folder of the user's.
[[nodiscard]] QString shownFolder(const QString &path);

/// Reads a file that the user has chosen, of at most `largest` bytes, on a worker thread. Errors,
/// with the path as subject: `FileNotReadable`, also if it is larger or missing.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>> readChosenFile(QString path, qsizetype largest);
/// The passphrase, and the content of the key file unless `keyFile` is empty. Errors as above.
[[nodiscard]] QCoro::Task<Result<LibraryKey>> readLibraryKey(SecureBuffer passphrase,
                                                             QString keyFile);
/// Writes a key file with a new random key, and returns its content. Errors: `FileExists` and those
/// of `writeSecretFile`.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>> makeKeyFile(QString path);

} // namespace Sparekey
