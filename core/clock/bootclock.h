// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace Sparekey {

/// Time since the computer was started, including sleep (`CLOCK_BOOTTIME`, clock_gettime(2)), for
/// expiry and timeouts. `std::chrono::steady_clock` stops while the computer sleeps. Never goes
/// back. Any thread.
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
