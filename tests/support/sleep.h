// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace Sparekey {

/// Simulates a system sleep of `duration` for this program: advances `CLOCK_BOOTTIME`, but not
/// `CLOCK_MONOTONIC` and timers. Programs that link this file use its `clock_gettime` instead of
/// glibc's.
void simulateSystemSleep(std::chrono::seconds duration);

} // namespace Sparekey
