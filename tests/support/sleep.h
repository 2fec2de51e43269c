// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace Sparekey {

/// Lets this computer have slept for so long, as far as the program can tell that it is part of:
/// `CLOCK_BOOTTIME` goes ahead, `CLOCK_MONOTONIC` and timers do not. Programs with this file have
/// its `clock_gettime` in place of glibc's.
void letTheComputerSleep(std::chrono::seconds duration);

} // namespace Sparekey
