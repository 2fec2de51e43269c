// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace Sparekey {

/// Time since the computer was started, sleep included (`CLOCK_BOOTTIME`, clock_gettime(2)): for
/// what grows old and for what is waited for. `std::chrono::steady_clock` stands still while the
/// computer sleeps. Never set back. Any thread.
struct BootClock
{
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;

    static constexpr bool is_steady = true;

    [[nodiscard]] static time_point now();
};

} // namespace Sparekey
