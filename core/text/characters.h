// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace Sparekey {

// Characters as people count them: grapheme clusters (UAX #29). A letter with its combining marks
// is one character, and so is an emoji joined from several. Any thread.

/// The first `most` characters.
[[nodiscard]] QStringView firstCharacters(QStringView text, qsizetype most);

/// The first characters that fit into `units` UTF-16 units, each as a whole. If even the first one
/// is too long, as much of it as fits.
[[nodiscard]] QStringView charactersWithin(QStringView text, qsizetype units);

} // namespace Sparekey
