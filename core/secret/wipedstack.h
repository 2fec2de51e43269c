// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

namespace Sparekey {

/// Calls `work` on a stack that nobody reads afterwards, and waits until it has returned.
///
/// Functions of cryptographic libraries leave keys and internal state on the stack. The stack of an
/// ordinary thread keeps them for as long as the thread lives, and glibc keeps it even longer, for
/// the next thread. So `work` runs on a thread of its own, whose stack of 1 MiB is locked in memory
/// and overwritten before it is given back. Costs about 0.1 ms.
///
/// A nested call within `work` runs on the same stack. Any thread; not for the GUI thread if `work`
/// takes long. Passes on what `work` throws, and throws `std::bad_alloc` if no stack or thread can
/// be created.
void callOnWipedStack(const std::function<void()> &work);

/// Returns the unused part of the calling thread's stack to the system, with everything that
/// functions have left there. For long-lived threads, such as the GUI thread after a lock. Any
/// thread; failures are ignored.
void releaseUnusedStack() noexcept;

} // namespace Sparekey
