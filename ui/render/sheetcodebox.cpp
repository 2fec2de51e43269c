// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetcodebox.h"

#include "ui/render/sheetmeasures.h"

#include <algorithm>

namespace Sparekey {

namespace {

constexpr qreal inset = 6;
constexpr qreal headingHeight = 9.5;
constexpr qreal legendGap = 3;
constexpr qreal captionWidth = 15;
// The type of the lines. `pitch` is from one character to the next. The caption of large groups is
// above them: beside them, poppler would extract it as a separate column.
struct LineType
{
    qreal points;
    qreal pitch;
    qreal baseline; ///< Below the top of the line.
    qreal height;
    bool captionAbove;
};

constexpr LineType largeType{
    .points = 24, .pitch = 5.1, .baseline = 13.4, .height = 16.5, .captionAbove = true};
constexpr LineType denseType{
    .points = 18, .pitch = 3.9, .baseline = 10.6, .height = 13, .captionAbove = true};
constexpr LineType smallType{
    .points = 15, .pitch = 3.7, .baseline = 5.4, .height = 7.5, .captionAbove = false};

const LineType &typeOf(const Sheet &sheet)
{
    if (!sheet.grouped)
        return smallType;
    return sheet.dense ? denseType : largeType;
}

} // namespace

SheetCodeBox::SheetCodeBox(SheetCanvas &canvas, const Sheet &sheet, const SheetQr *qr)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_qr(qr)
    , m_legends(canvas, sheet, sheetWidth - 2 * inset - (qr ? qr->dark() + inset : 0))
    , m_height(std::max(headingHeight + rowsHeight() + legendGap + m_legends.height() + 3.5,
                        qr ? 2 * inset + qr->dark() + 5 : 0))
{
}

qreal SheetCodeBox::rowsHeight() const
{
    return typeOf(m_sheet).height * static_cast<qreal>(m_sheet.lines.size());
}

void SheetCodeBox::paint(qreal top, qreal bottom) const
{
    m_canvas.box(QRectF(0, top, sheetWidth, bottom - top), 0.5, 2.5);
    m_canvas.text(inset, top + 7.2, m_sheet.secretHeading,
                  m_canvas.fonts().text(sheetBody, QFont::Bold));

    // The rows are centered between the heading and the legends at the lower edge.
    const qreal legends = bottom - 3.5 - m_legends.height();
    const qreal rowsTop = top + headingHeight;
    qreal y = rowsTop + (legends - legendGap - rowsTop - rowsHeight()) / 2;
    for (const SheetLine &line : m_sheet.lines) {
        paintRow(line, y);
        y += typeOf(m_sheet).height;
    }
    m_legends.paint(inset, legends);

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
// mistakes them for a part of the code.
void SheetCodeBox::paintRow(const SheetLine &line, qreal y) const
{
    const SheetFonts &fonts = m_canvas.fonts();
    const QFont captionFont = fonts.text(sheetBody);
    const LineType &type = typeOf(m_sheet);
    const qreal baseline = y + type.baseline;
    const QFont codeFont = fonts.code(type.points, QFont::DemiBold);
    m_canvas.text(inset, type.captionAbove ? y + 4 : baseline, line.caption, captionFont);
    qreal x = inset + (type.captionAbove ? 0 : captionWidth);
    for (const SheetGroup &group : line.groups) {
        x += m_canvas.code(x, baseline, m_sheet.secret.view().sliced(group.offset, group.size),
                           codeFont, type.pitch);
        x += type.pitch;
    }
    if (line.check.isEmpty())
        return;
    x += type.captionAbove ? 0 : type.pitch;
    x += m_canvas.text(x, baseline, m_sheet.checkLabel + u' ', captionFont);
    m_canvas.text(x, baseline, line.check, fonts.code(14, QFont::Light));
}

} // namespace Sparekey
