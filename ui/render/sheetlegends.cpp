// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetlegends.h"

#include "ui/render/sheetmeasures.h"

namespace Sparekey {

namespace {

constexpr qreal glyphRowHeight = 5.6;
constexpr qreal glyphGap = 4;

} // namespace

SheetLegends::SheetLegends(SheetCanvas &canvas, const Sheet &sheet, qreal width)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_width(width)
{
}

QStringList SheetLegends::notes() const
{
    QStringList notes{m_sheet.formNote, m_sheet.breakLegend, m_sheet.checkLegend, m_sheet.qrNote};
    notes.removeAll(QString());
    return notes;
}

qreal SheetLegends::height() const
{
    const QFont font = m_canvas.fonts().text(sheetBody);
    qreal height = glyphs(0, 0, false);
    for (const QString &note : notes())
        height += m_canvas.heightOfParagraph(m_width, note, font);
    return height;
}

void SheetLegends::paint(qreal x, qreal y) const
{
    const QFont font = m_canvas.fonts().text(sheetBody);
    y += glyphs(x, y, true);
    for (const QString &note : notes())
        y += m_canvas.paragraph(x, y, m_width, note, font);
}

// In several rows, if they are many. Returns the height.
qreal SheetLegends::glyphs(qreal x, qreal y, bool draw) const
{
    if (m_sheet.glyphs.isEmpty())
        return 0;
    const QFont font = m_canvas.fonts().text(sheetBody);
    const QFont glyphFont = m_canvas.fonts().code(12, QFont::DemiBold);
    const qreal top = y;
    qreal at = x;
    for (const SheetFact &glyph : m_sheet.glyphs) {
        const QString meaning = u' ' + glyph.value;
        const qreal width = m_canvas.widthOf(glyph.label, glyphFont)
            + m_canvas.widthOf(meaning, font);
        if (at > x && at + width > x + m_width) {
            at = x;
            y += glyphRowHeight;
        }
        if (draw) {
            const qreal label = m_canvas.text(at, y + 4, glyph.label, glyphFont);
            m_canvas.text(at + label, y + 4, meaning, font);
        }
        at += width + glyphGap;
    }
    return y + glyphRowHeight - top;
}

} // namespace Sparekey
