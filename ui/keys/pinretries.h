// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

namespace Sparekey {

/// Whether a person has to be careful with the tries that are left for the PIN of a key, if those
/// are known.
[[nodiscard]] constexpr bool areFewRetries(std::optional<int> left)
{
    constexpr int few = 3;
    return left && *left <= few;
}

} // namespace Sparekey
