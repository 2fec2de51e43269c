// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// The capacity up to which a `SecureBuffer` is locked in memory. A larger one, such as the answer
/// with a whole vault, is wiped but not locked: a process may lock some MiB in all, and those are
/// for passwords and keys.
inline constexpr qsizetype largestLockedBuffer = qsizetype{256} * 1024;

/// How often the system refused to lock memory since the program was started (`RLIMIT_MEMLOCK`).
/// Such a secret may have been swapped out. Any thread.
[[nodiscard]] int failedMemoryLocks() noexcept;

} // namespace Sparekey
