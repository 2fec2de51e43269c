// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

namespace Sparekey {

/// Whether Caps Lock is on: asked from the X server, or else read from the keyboard's light, which
/// Linux shows to everybody. Nothing if neither can tell. GUI thread; takes well below 1 ms.
[[nodiscard]] std::optional<bool> isCapsLockOn();

} // namespace Sparekey
