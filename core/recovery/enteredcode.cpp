// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/enteredcode.h"

#include "core/recovery/checkcharacters.h"

namespace Sparekey {

namespace {

constexpr qsizetype checkedRowSize = codeRowSize + rowCheckSize;

bool isGap(char c)
{
    return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n';
}

/// Whether the first row is followed by a complete group with as many characters as a check has.
bool hasCheckBetweenGaps(QByteArrayView entered)
{
    qsizetype characters = 0;
    qsizetype inGroup = 0;
    for (const char c : entered) {
        if (!isGap(c)) {
            ++characters;
            ++inGroup;
            continue;
        }
        if (characters == checkedRowSize)
            return inGroup == rowCheckSize;
        inGroup = 0;
    }
    return false;
}

char toUpper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

SecureBuffer withoutGaps(QByteArrayView text)
{
    SecureBuffer stripped(text.size());
    qsizetype size = 0;
    for (const char c : text) {
        if (!isGap(c))
            stripped.data()[size++] = static_cast<unsigned char>(toUpper(c));
    }
    stripped.truncate(size);
    return stripped;
}

RowCheck checkCodeRow(int row, QByteArrayView characters, QByteArrayView check)
{
    Q_ASSERT(row >= 0 && row < codeRows);
    const SecureBuffer text = withoutGaps(characters);
    const SecureBuffer entered = withoutGaps(check);
    const auto expected = checkCharactersOfLine(static_cast<char>('a' + row), text.view());
    if (!expected || text.size() > codeRowSize || entered.size() > rowCheckSize)
        return RowCheck::Wrong;
    if (text.size() < codeRowSize)
        return RowCheck::Incomplete;
    if (entered.isEmpty())
        return RowCheck::Unchecked;
    if (entered.size() < rowCheckSize)
        return RowCheck::Incomplete;
    return entered.equals(expected->toLatin1()) ? RowCheck::Correct : RowCheck::Wrong;
}

EnteredCode readEnteredCode(QByteArrayView entered)
{
    EnteredCode result{.code = withoutGaps(entered)};
    const SecureBuffer whole = result.code.clone();
    const QByteArrayView text = whole.view();

    const auto checkRow = [&](int row, qsizetype at, qsizetype checkSize) {
        return checkCodeRow(row, text.sliced(at, codeRowSize),
                            text.sliced(at + codeRowSize, checkSize));
    };
    if (text.size() == codeRows * codeRowSize) {
        for (int row = 0; row < codeRows; ++row)
            result.rows.at(static_cast<std::size_t>(row)) = checkRow(row, row * codeRowSize, 0);
    } else if (text.size() == codeRows * checkedRowSize) {
        result.code = SecureBuffer();
        for (int row = 0; row < codeRows; ++row) {
            const qsizetype at = row * checkedRowSize;
            result.rows.at(static_cast<std::size_t>(row)) = checkRow(row, at, rowCheckSize);
            result.code.append(text.sliced(at, codeRowSize));
        }
    } else if (text.size() >= checkedRowSize && text.size() < codeRows * checkedRowSize) {
        const RowCheck first = checkRow(0, 0, rowCheckSize);
        if (first == RowCheck::Correct || text.size() > codeRows * codeRowSize
            || hasCheckBetweenGaps(entered))
            result.rows[0] = first;
    }
    return result;
}

} // namespace Sparekey
