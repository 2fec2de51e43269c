// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/characters.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace Sparekey {

QStringView firstCharacters(QStringView text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    QTextBoundaryFinder ends(QTextBoundaryFinder::Grapheme, text);
    qsizetype end = 0;
    for (qsizetype count = 0; count < most && end < text.size(); ++count)
        end = ends.toNextBoundary();
    return text.first(end);
}

QStringView charactersWithin(QStringView text, qsizetype units)
{
    if (text.size() <= units)
        return text;
    QTextBoundaryFinder ends(QTextBoundaryFinder::Grapheme, text);
    ends.setPosition(units);
    const qsizetype end = ends.isAtBoundary() ? units : ends.toPreviousBoundary();
    if (end > 0)
        return text.first(end);
    const bool cutsAPair = units > 0 && text.at(units - 1).isHighSurrogate();
    return text.first(cutsAPair ? units - 1 : units);
}

} // namespace Sparekey
