// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/checkcharacters.h"

namespace Sparekey {

namespace {

constexpr int modulus = 1271;
constexpr int radix = 36;

int valueOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    return -1;
}

QChar characterOf(int value)
{
    return QChar(static_cast<char16_t>(value < 10 ? u'0' + value : u'A' + value - 10));
}

// The sum so far, weighted for one more character to come; -1 after a character without a value.
int addCharacter(int sum, char c)
{
    const int value = valueOf(c);
    return sum < 0 || value < 0 ? -1 : (sum + value) * radix % modulus;
}

std::optional<QString> finish(int sum)
{
    if (sum < 0)
        return std::nullopt;
    // Pure system with two check characters: the text together with them is 1 modulo 1271.
    const int check = (modulus + 1 - sum * radix % modulus) % modulus;
    return QString(characterOf(check / radix)) + characterOf(check % radix);
}

} // namespace

std::optional<QString> checkCharacters(QByteArrayView text)
{
    int sum = 0;
    for (const char c : text)
        sum = addCharacter(sum, c);
    return finish(sum);
}

std::optional<QString> checkCharactersOfLine(char label, QByteArrayView text)
{
    int sum = addCharacter(0, label);
    for (const char c : text)
        sum = addCharacter(sum, c);
    return finish(sum);
}

} // namespace Sparekey
