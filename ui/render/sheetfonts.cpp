// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetfonts.h"

#include <QFontDatabase>
#include <QPainterPath>
#include <QRawFont>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QFont sized(const QString &family, qreal points, QFont::Weight weight)
{
    constexpr qreal mmInPoint = 25.4 / 72;
    QFont font(family);
    font.setPixelSize(qRound(points * mmInPoint * unitsPerMm));
    font.setWeight(weight);
    // The preview has to break lines at the same places as the printout.
    font.setHintingPreference(QFont::PreferNoHinting);
    // Contextual forms (Inter's raised hyphen between digits) have no code point, so the text could
    // not be searched in or copied from the PDF. Scripts that need shaping are still shaped.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

QString firstFamily(const QStringList &families, bool (*accepts)(const QString &),
                    QFontDatabase::SystemFont last)
{
    for (const QString &family : families) {
        if (QFontDatabase::hasFamily(family) && accepts(family))
            return family;
    }
    return QFontDatabase::systemFont(last).family();
}

bool acceptsAll(const QString &)
{
    return true;
}

} // namespace

SheetFonts::SheetFonts()
    : m_text(firstFamily({u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s, u"Liberation Sans"_s},
                         acceptsAll, QFontDatabase::GeneralFont))
    , m_code(firstFamily({u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s, u"Noto Sans Mono"_s,
                          u"Liberation Mono"_s},
                         hasDistinctGlyphs, QFontDatabase::FixedFont))
{
}

QFont SheetFonts::text(qreal points, QFont::Weight weight) const
{
    return sized(m_text, points, weight);
}

QFont SheetFonts::code(qreal points, QFont::Weight weight) const
{
    QFont font = sized(m_code, points, weight);
    font.setFixedPitch(true);
    font.setStyleHint(QFont::Monospace);
    return font;
}

bool hasDistinctGlyphs(const QString &family)
{
    const QString characters = u"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"_s;
    const QRawFont font = QRawFont::fromFont(sized(family, 12, QFont::Normal));
    const QList<quint32> glyphs = font.glyphIndexesForString(characters);
    QList<QPainterPath> shapes;
    for (const quint32 glyph : glyphs) {
        const QPainterPath shape = font.pathForGlyph(glyph);
        if (glyph == 0 || shapes.contains(shape))
            return false;
        shapes.append(shape);
    }
    return shapes.size() == characters.size();
}

} // namespace Sparekey
