// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>

namespace Sparekey {

/// By how many seconds the clock of this computer differs from that of a server, which told
/// `serverTime` (`HttpAnswer::serverTime`) just now. 0 if it did not tell. Any thread.
[[nodiscard]] int clockDifference(const QDateTime &serverTime);

} // namespace Sparekey
