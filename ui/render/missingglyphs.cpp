// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/missingglyphs.h"

#include "ui/render/sheetfonts.h"
#include "ui/render/sheetmeasures.h"

#include <QGlyphRun>
#include <QRawFont>
#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Glyph 0 is used for characters that the font lacks (OpenType, table `cmap`). For scripts that
// need shaping, Qt draws the boxes with a font engine that has no tables.
bool canBeDrawn(const QString &character, const QFont &font)
{
    QTextLayout layout(character, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    const QList<QGlyphRun> runs = layout.glyphRuns();
    return std::all_of(runs.begin(), runs.end(), [](const QGlyphRun &run) {
        return !run.glyphIndexes().contains(0) && !run.rawFont().fontTable("cmap").isEmpty();
    });
}

QString packageFor(char32_t character)
{
    switch (QChar::script(character)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo: return u"fonts-noto-cjk"_s;
    default: break;
    }
    return QChar::category(character) == QChar::Symbol_Other ? u"fonts-symbola"_s
                                                             : u"fonts-noto-core"_s;
}

} // namespace

QString missingFontPackage(const QString &text)
{
    const QFont font = SheetFonts().text(sheetBody);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype begin = 0;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        const QString character = text.sliced(begin, end - begin);
        if (!canBeDrawn(character, font))
            return packageFor(character.toUcs4().first());
        begin = end;
    }
    return {};
}

} // namespace Sparekey
