// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/enteredtext.h"

#include <algorithm>

namespace Sparekey {

bool isGap(QChar character)
{
    return character.isSpace() || character.category() == QChar::Punctuation_Dash;
}

SecureBuffer digitsFrom(QStringView entered, qsizetype least, qsizetype most)
{
    SecureBuffer digits;
    for (const QChar character : entered) {
        if (isGap(character))
            continue;
        const int value = character.digitValue();
        if (value < 0)
            return {};
        const char digit = static_cast<char>('0' + value);
        digits.append(QByteArrayView(&digit, 1));
    }
    if (digits.size() < least || digits.size() > most)
        return {};
    return digits;
}

SecureBuffer authenticatorCodeFrom(QStringView entered)
{
    return digitsFrom(entered, 6, 6);
}

SecureBuffer emailedCodeFrom(QStringView entered)
{
    return digitsFrom(entered, 4, 255);
}

bool isModhex(QStringView text)
{
    return std::ranges::all_of(text, [](QChar letter) {
        return QStringView(modhexLetters).contains(letter);
    });
}

bool isEmailShaped(QStringView text)
{
    const auto at = text.indexOf(u'@');
    return at > 0 && at < text.size() - 1 && text.indexOf(u'@', at + 1) < 0
        && std::ranges::none_of(text, [](QChar character) { return character.isSpace(); });
}

} // namespace Sparekey
