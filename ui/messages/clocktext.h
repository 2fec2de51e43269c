// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

/// What to tell somebody who enters codes that depend on the time, where the clocks of this
/// computer and the server differ by `seconds` (`clockDifference`). Empty if they agree well
/// enough.
[[nodiscard]] QString clockText(int seconds);

} // namespace Sparekey
