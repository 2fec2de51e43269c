// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <deque>

namespace Sparekey {

/// Limits the requests in any 60 seconds, for all clients together, because all are on this
/// computer.
class RateLimit
{
public:
    /// @return 0 if the request may pass and is counted, else the seconds to wait.
    /// A @p perMinute of 0 means no limit.
    [[nodiscard]] int secondsToWait(int perMinute);

private:
    std::deque<std::chrono::steady_clock::time_point> m_passed;
};

} // namespace Sparekey
