// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/clock/clockdifference.h"

#include <algorithm>
#include <cstdlib>

namespace Sparekey {

int clockDifference(const QDateTime &serverTime)
{
    constexpr qint64 most = 999'999;
    if (!serverTime.isValid())
        return 0;
    const qint64 seconds = std::llabs(serverTime.secsTo(QDateTime::currentDateTimeUtc()));
    return static_cast<int>(std::min(seconds, most));
}

} // namespace Sparekey
