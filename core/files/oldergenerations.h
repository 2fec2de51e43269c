// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QString>
#include <QStringList>

namespace Sparekey {

/// The path of an older generation of a file: `codes.old-1.kdbx` beside `codes.kdbx`. It keeps the
/// suffix, so that the desktop opens it with the same programs. 1 is the newest one.
[[nodiscard]] QString olderGeneration(const QString &path, int number);

/// The older generations that exist, the newest first.
[[nodiscard]] QStringList olderGenerations(const QString &path, int most);

/// Makes the file generation 1, which it shares with `path` until that name is given to a new file.
/// The others are renumbered; beyond `most` they are deleted. `path` has the same content at every
/// moment. Blocks on the disk. Errors, with the path as subject: those of `writeSecretFile`.
[[nodiscard]] Result<void> keepAsOlderGeneration(const QString &path, int most);

/// Puts the older generations of `from` beside `to`, as those of `to`, without replacing a file.
/// Returns those that stay where they are, because they could not be moved. Blocks on the disk.
[[nodiscard]] QStringList moveOlderGenerations(const QString &from, const QString &to, int most);

/// Deletes them. Returns those that are still there. Blocks on the disk.
[[nodiscard]] QStringList removeOlderGenerations(const QString &path, int most);

} // namespace Sparekey
