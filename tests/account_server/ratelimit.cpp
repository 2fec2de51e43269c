// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/ratelimit.h"

namespace Sparekey {

int RateLimit::secondsToWait(int perMinute)
{
    using namespace std::chrono;
    constexpr auto window = seconds(60);
    const auto now = steady_clock::now();
    while (!m_passed.empty() && m_passed.front() + window <= now)
        m_passed.pop_front();
    if (perMinute > 0 && m_passed.size() >= size_t(perMinute))
        return int(ceil<seconds>(m_passed.front() + window - now).count());
    m_passed.push_back(now);
    return 0;
}

} // namespace Sparekey
