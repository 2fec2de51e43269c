// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Renames a file unless the new name exists; `errno` is `EEXIST` then. The arguments are those of
/// renameat(2). Where a file system cannot do this in one step, it checks before it renames.
[[nodiscard]] bool renameUnlessExists(int fromFolder, const char *from, int toFolder,
                                      const char *to);

} // namespace Sparekey
