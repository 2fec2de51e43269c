// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>

namespace Sparekey {

/// The difference in seconds, without sign, between the clock of this computer and that of a server
/// that has just sent `serverTime` (`HttpAnswer::serverTime`). 0 if that is invalid. Any thread.
[[nodiscard]] int clockDifference(const QDateTime &serverTime);

} // namespace Sparekey
