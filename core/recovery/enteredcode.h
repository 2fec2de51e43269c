// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <array>

namespace Sparekey {

/// What the check characters of a sheet say about an entered row of a recovery code.
enum class RowCheck {
    Incomplete, ///< Row or check has too few characters yet.
    Unchecked,  ///< The row is complete, and no check characters were entered.
    Correct,    ///< As printed. A wrong row looks right about once in 1 270.
    Wrong,      ///< A wrong, swapped, extra or foreign character, or the rows are swapped.
};

/// A recovery code is printed on a sheet in two rows of 16 characters, each with two check
/// characters (`checkCharactersOfLine`, where row 1 has the label `a` and row 2 the label `b`).
inline constexpr int codeRows = 2;
inline constexpr qsizetype codeRowSize = 16;
inline constexpr qsizetype rowCheckSize = 2;

/// Checks `characters` of row 0 or 1 against `check`. Spaces, hyphens and case do not count in
/// either. No check characters at all give `Unchecked`.
[[nodiscard]] RowCheck checkCodeRow(int row, QByteArrayView characters, QByteArrayView check);

/// A whole code in one text, with the check characters of both rows or without.
struct EnteredCode
{
    /// What servers accept: upper case, without gaps and without check characters.
    SecureBuffer code;
    std::array<RowCheck, codeRows> rows{RowCheck::Incomplete, RowCheck::Incomplete};
};

/// Reads a code as it is printed on a sheet: "SMIP M3G5 Y2F4 YGVB 16 B3PC 2B5L ZAXV F6OT 8M" or the
/// same without "16" and "8M". While it is being entered, the two characters after the first row
/// count as its check if they match it, if they stand between gaps, or once there are more
/// characters than a code has. A text of any other length is only put in upper case, without its
/// gaps.
[[nodiscard]] EnteredCode readEnteredCode(QByteArrayView entered);

/// `text` in upper case without spaces, hyphens, tabs and line ends.
[[nodiscard]] SecureBuffer withoutGaps(QByteArrayView text);

} // namespace Sparekey
