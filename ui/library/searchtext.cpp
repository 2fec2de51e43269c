// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/searchtext.h"

namespace Sparekey {

QString foldedForSearch(const QString &text)
{
    // Letters that Unicode does not decompose.
    static constexpr std::pair<char16_t, char16_t> plain[] = {{u'ø', u'o'}, {u'ł', u'l'},
                                                              {u'đ', u'd'}, {u'ħ', u'h'},
                                                              {u'ı', u'i'}, {u'ŧ', u't'}};
    const QString decomposed = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    QString folded;
    folded.reserve(decomposed.size());
    for (QChar character : decomposed) {
        if (character.isMark())
            continue;
        for (const auto &[accented, letter] : plain) {
            if (character == accented)
                character = letter;
        }
        folded += character;
    }
    return folded;
}

} // namespace Sparekey
