// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace Sparekey {

// Characters as people count them: grapheme clusters (UAX #29). A letter with its marks is one, and
// so is an emoji made of several that are joined. Any thread.

/// The first `most` characters.
[[nodiscard]] QStringView firstCharacters(QStringView text, qsizetype most);

/// The first characters that fit into `units` UTF-16 units, each as a whole. Where even the first
/// is longer, as much of it as fits.
[[nodiscard]] QStringView charactersWithin(QStringView text, qsizetype units);

} // namespace Sparekey
