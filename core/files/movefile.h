// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QString>

namespace Sparekey {

/// Moves a file that holds a secret to `to`, which is a path with a name. Never replaces a file.
///
/// Within a file system this is one rename. To another one the file is copied and read back
/// (`writeSecretFile`), and then the original is deleted; if that is not possible, or the original
/// was changed meanwhile, the copy is deleted. So a program that is killed leaves one of them, or
/// both.
///
/// `largest` is the most bytes that are copied. Blocks on the disk: not for the GUI thread. Errors:
/// those of `writeSecretFile` with `to` as subject; `FileNotReadable` and `FileNotWritable` with
/// `from` as subject, the latter if it cannot be removed from its place.
[[nodiscard]] Result<void> moveSecretFile(const QString &from, const QString &to,
                                          qsizetype largest);

} // namespace Sparekey
