// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <array>

namespace Sparekey {

inline constexpr std::size_t wordListSize = 2048;

/// Made by the build from `resources/wordlists/english.txt`.
extern const std::array<QByteArrayView, wordListSize> wordList;

} // namespace Sparekey
