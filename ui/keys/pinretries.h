// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

namespace Sparekey {

/// Whether so few PIN retries are left that the user should be warned. False if they are not known.
[[nodiscard]] constexpr bool areFewRetries(std::optional<int> left)
{
    constexpr int few = 3;
    return left && *left <= few;
}

} // namespace Sparekey
