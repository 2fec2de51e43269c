// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/importedtext.h"

#include <QByteArrayView>
#include <QDate>
#include <QList>

namespace Sparekey {

/// How a code is marked, which often means that it was used.
enum class CodeMark {
    None,
    Asterisk, ///< In front of it or behind it.
    Cross,    ///< A cross or tick, or a box with one: "x", "[x]", "[?]", "✓".
    Word,     ///< "(used)"
    Struck,   ///< Struck through, or between two tildes.
};

/// A part of a line that may hold a code: what stands between tabs, wide gaps, commas, semicolons
/// and bars. List numbers, bullets and marks are not part of `text`.
struct TextCell
{
    QByteArrayView text;
    int line = 0;
    int number = 0; ///< The list number in front of it; 0 if there is none.
    CodeMark mark = CodeMark::None;
    bool isProse = false; ///< Has an address or a date in it.
};

/// The cells of a text, in order; they are views of `text`.
[[nodiscard]] QList<TextCell> cellsOf(const ImportedText &text);

/// The words of a cell.
[[nodiscard]] QList<QByteArrayView> wordsOf(QByteArrayView cell);

/// A single letter or digit of ASCII.
[[nodiscard]] bool isAlphanumeric(char c);
[[nodiscard]] bool isDigit(char c);

/// The address of a page, or an email address. It is never a code.
[[nodiscard]] bool isAddress(QByteArrayView word);

/// The first date of a line or a cell: ISO 8601, with the English name of the month, or with dots,
/// where the day comes first. Not valid if there is none.
[[nodiscard]] QDate dateIn(QByteArrayView text);

} // namespace Sparekey
