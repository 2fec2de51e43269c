// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

namespace Sparekey {

/// Calls `work` on a stack that nobody reads afterwards, and waits until it has returned.
///
/// Functions of cryptographic libraries leave keys and inner states on the stack. The stack of an
/// ordinary thread keeps them for as long as the thread lives, and glibc keeps it even longer, for
/// the next thread. So `work` runs on a thread of its own, whose stack of 1 MiB is locked in memory
/// and overwritten before it is given back. Costs some 0.1 ms.
///
/// Within `work` a further call runs on the same stack. Any thread; not for the GUI thread if
/// `work` takes long. Passes on what `work` throws, and throws `std::bad_alloc` if there is no
/// stack or thread to be had.
void callOnWipedStack(const std::function<void()> &work);

/// Gives the part of the calling thread's stack that is not in use back to the system, with all
/// that functions have left there. For threads that live long: the GUI thread after a lock. Main
/// thread and others; never fails in a way that matters.
void releaseUnusedStack() noexcept;

} // namespace Sparekey
