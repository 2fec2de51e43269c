// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/codelikeness.h"

#include <algorithm>

namespace Sparekey {

bool hasDigit(QByteArrayView text)
{
    return std::ranges::any_of(text, isDigit);
}

bool isNumber(QByteArrayView word)
{
    return !word.isEmpty() && std::ranges::all_of(word, isDigit);
}

bool isYear(QByteArrayView word)
{
    return word.size() == 4 && isNumber(word) && (word.startsWith("19") || word.startsWith("20"));
}

bool looksLikeCode(const TextCell &textCell)
{
    const auto cell = textCell.text;
    if (cell.size() < 4 || cell.size() > 400 || textCell.isProse || isYear(cell))
        return false;
    qsizetype withDigits = 0;
    const auto words = wordsOf(cell);
    if (words.size() > 16)
        return false;
    for (const auto word : words) {
        const bool good = std::ranges::all_of(word, [](char c) {
            return isAlphanumeric(c) || QByteArrayView("-_.+/=#").contains(c);
        });
        if (!good || word.endsWith(':'))
            return false;
        if (hasDigit(word))
            ++withDigits;
    }
    if (withDigits > 0)
        return withDigits * 2 >= words.size();
    // One word without digits: in upper case, or in parts.
    return words.size() == 1 && cell.size() >= 8
        && (cell.contains('-')
            || std::ranges::none_of(cell, [](char c) { return c >= 'a' && c <= 'z'; }));
}

std::string shapeOf(QByteArrayView cell)
{
    std::string shape;
    qsizetype length = 0;
    for (const char c : cell) {
        if (isAlphanumeric(c)) {
            ++length;
            continue;
        }
        shape += std::to_string(length) + c;
        length = 0;
    }
    return shape + std::to_string(length);
}

qsizetype countCodeLike(const QList<TextCell> &cells)
{
    return std::ranges::count_if(cells, [](const TextCell &cell) { return looksLikeCode(cell); });
}

} // namespace Sparekey
