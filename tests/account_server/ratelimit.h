// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <deque>

namespace Sparekey {

/// So many requests in any 60 seconds, for all clients together: they all come from this computer.
class RateLimit
{
public:
    /// @return 0 if the request may pass and is counted, else the seconds to wait.
    /// @p perMinute of 0 lets everything pass.
    [[nodiscard]] int secondsToWait(int perMinute);

private:
    std::deque<std::chrono::steady_clock::time_point> m_passed;
};

} // namespace Sparekey
