// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

namespace Sparekey {

/// Whether Caps Lock is on. Asks the X server or, without one, reads the keyboard's LED, which any
/// user may do on Linux. Empty if the state is unknown. GUI thread; takes well below 1 ms.
[[nodiscard]] std::optional<bool> isCapsLockOn();

} // namespace Sparekey
