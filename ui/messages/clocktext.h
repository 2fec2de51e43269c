// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

/// A warning for fields for time-based codes if the clocks of this computer and the server differ
/// by `seconds` (`clockDifference`). Empty if the difference is small enough.
[[nodiscard]] QString clockText(int seconds);

} // namespace Sparekey
