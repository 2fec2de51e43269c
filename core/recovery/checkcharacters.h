// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Sparekey {

/// The two check characters of ISO/IEC 7064, system MOD 1271-36, over `text`. Lower case counts
/// as upper case. Nothing if `text` has a character other than a letter or digit of ASCII.
///
/// The system finds every single wrong character and every swap of two neighbors; another line
/// passes by chance about once in 1 270. Test value of the standard: `ISO79` gives `3W`.
[[nodiscard]] std::optional<QString> checkCharacters(QByteArrayView text);

/// The check characters that a sheet prints beside a line: over the line's label (`a` for the first
/// line, `b` for the second) and its text, so that lines entered in the wrong order are found as
/// well.
[[nodiscard]] std::optional<QString> checkCharactersOfLine(char label, QByteArrayView text);

} // namespace Sparekey
