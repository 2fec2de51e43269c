// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetcodebox.h"

#include "ui/render/sheetmeasures.h"

#include <QStringList>

#include <algorithm>

namespace Sparekey {

namespace {

constexpr qreal inset = 6;
constexpr qreal headingHeight = 9.5;
constexpr qreal legendGap = 3;
constexpr qreal captionWidth = 15;
constexpr qreal glyphRowHeight = 5.6;
// From one character to the next.
constexpr qreal groupedPitch = 5.1;
constexpr qreal wholePitch = 3.7;

} // namespace

SheetCodeBox::SheetCodeBox(SheetCanvas &canvas, const Sheet &sheet, const SheetQr *qr)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_qr(qr)
    , m_textWidth(sheetWidth - 2 * inset - (qr ? qr->dark() + inset : 0))
    , m_height(std::max(headingHeight + rowsHeight() + legendGap + legendsHeight() + 3.5,
                        qr ? 2 * inset + qr->dark() + 5 : 0))
{
}

qreal SheetCodeBox::rowsHeight() const
{
    return rowPitch() * static_cast<qreal>(m_sheet.lines.size());
}

qreal SheetCodeBox::legendsHeight() const
{
    const QFont font = m_canvas.fonts().text(sheetBody);
    qreal height = m_sheet.glyphs.isEmpty() ? 0 : glyphRowHeight;
    for (const QString &legend : {m_sheet.formNote, m_sheet.breakLegend, m_sheet.checkLegend}) {
        if (!legend.isEmpty())
            height += m_canvas.heightOfParagraph(m_textWidth, legend, font);
    }
    return height;
}

void SheetCodeBox::paint(qreal top, qreal bottom) const
{
    m_canvas.box(QRectF(0, top, sheetWidth, bottom - top), 0.5, 2.5);
    m_canvas.text(inset, top + 7.2, m_sheet.secretHeading,
                  m_canvas.fonts().text(sheetBody, QFont::Bold));

    // The rows are centered between the heading and the legends at the lower edge.
    const qreal legends = bottom - 3.5 - legendsHeight();
    const qreal rowsTop = top + headingHeight;
    qreal y = rowsTop + (legends - legendGap - rowsTop - rowsHeight()) / 2;
    for (const SheetLine &line : m_sheet.lines) {
        paintRow(line, y);
        y += rowPitch();
    }
    paintLegends(legends);

    if (m_qr) {
        const qreal x = sheetWidth - inset - m_qr->dark();
        const qreal height = m_qr->dark() + 5;
        const qreal qrTop = top + (bottom - top - height) / 2;
        m_qr->paint(m_canvas, x, qrTop);
        m_canvas.text(x + m_qr->dark() / 2, qrTop + m_qr->dark() + 4.4, m_sheet.qrCaption,
                      m_canvas.fonts().text(sheetSmall), Qt::AlignHCenter);
    }
}

// `y` is the top of the row. Captions and check characters are light and set apart, so that nobody
// mistakes them for a part of the code. The caption of large groups is above them: beside them,
// poppler would extract it as a separate column.
void SheetCodeBox::paintRow(const SheetLine &line, qreal y) const
{
    const SheetFonts &fonts = m_canvas.fonts();
    const QFont captionFont = fonts.text(sheetBody);
    const bool grouped = m_sheet.grouped;
    const qreal pitch = grouped ? groupedPitch : wholePitch;
    const qreal baseline = y + (grouped ? 13.4 : 5.4);
    const QFont codeFont = fonts.code(grouped ? 24 : 15, QFont::DemiBold);
    m_canvas.text(inset, grouped ? y + 4 : baseline, line.caption, captionFont);
    qreal x = inset + (grouped ? 0 : captionWidth);
    for (const SheetGroup &group : line.groups) {
        x += m_canvas.code(x, baseline, m_sheet.secret.view().sliced(group.offset, group.size),
                           codeFont, pitch);
        x += pitch;
    }
    if (line.check.isEmpty())
        return;
    x += grouped ? 0 : pitch;
    x += m_canvas.text(x, baseline, m_sheet.checkLabel + u' ', captionFont);
    m_canvas.text(x, baseline, line.check, fonts.code(14, QFont::Light));
}

void SheetCodeBox::paintLegends(qreal y) const
{
    const SheetFonts &fonts = m_canvas.fonts();
    const QFont font = fonts.text(sheetBody);
    qreal x = inset;
    for (const SheetFact &glyph : m_sheet.glyphs) {
        x += m_canvas.text(x, y + 4, glyph.label, fonts.code(12, QFont::DemiBold));
        x += m_canvas.text(x, y + 4, u' ' + glyph.value, font) + 4;
    }
    if (!m_sheet.glyphs.isEmpty())
        y += glyphRowHeight;
    for (const QString &legend : {m_sheet.formNote, m_sheet.breakLegend, m_sheet.checkLegend}) {
        if (!legend.isEmpty())
            y += m_canvas.paragraph(inset, y, m_textWidth, legend, font);
    }
}

} // namespace Sparekey
