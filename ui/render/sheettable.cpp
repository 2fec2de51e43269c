// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheettable.h"

#include "ui/render/sheetmeasures.h"

#include <algorithm>

namespace Sparekey {

namespace {

constexpr qreal inset = 5;
constexpr qreal columnGap = 6;
constexpr qreal columnWidth = (sheetWidth - 2 * inset - columnGap) / 2;
constexpr qreal labelsTop = 9.5;
constexpr qreal rowsTop = 15;
constexpr qreal legendGap = 3;
constexpr qreal bottomGap = 3.5;
constexpr qreal lineHeight = 6.5;

constexpr qreal codePoints = 14;
constexpr qreal codePitch = 3;
// From the left edge of a column.
constexpr qreal numberRight = 5.6;
constexpr qreal codeLeft = 7.2;
// From the left edge of the check characters.
constexpr qreal checkGap = 2.5;
constexpr qreal boxLeft = 6.5;
constexpr qreal boxSide = 4;
/// Between the codes and a QR code right of them.
constexpr qreal qrGap = 8;
/// From the first row to that QR code; negative because nothing is above it.
constexpr qreal qrRaise = -4;
constexpr qreal dateLeft = boxLeft + boxSide + 1.6;

} // namespace

SheetTable::SheetTable(SheetCanvas &canvas, const Sheet &sheet, qreal rowHeight, const SheetQr *qr)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_legends(canvas, sheet, sheetWidth - 2 * inset)
    , m_rowHeight(rowHeight)
{
    const QFont font = m_canvas.fonts().code(codePoints, QFont::DemiBold);
    bool singleLines = true;
    for (const SheetRow &row : m_sheet.rows) {
        singleLines = singleLines && row.lines.size() == 1;
        for (const SheetGroup &line : row.lines) {
            const QByteArrayView text = m_sheet.secret.view().sliced(line.offset, line.size);
            m_codeWidth = std::max(m_codeWidth, m_canvas.widthOfCode(text, font, codePitch));
        }
    }
    if (singleLines && m_sheet.rows.size() > 1
        && checkX() + dateLeft + SheetCanvas::dateWidth <= columnWidth)
        m_columns = 2;
    const qreal free = sheetWidth - 2 * inset - (checkX() + dateLeft + SheetCanvas::dateWidth);
    if (m_columns == 1 && qr && free >= qr->dark() + qrGap)
        m_qr = qr;
}

qreal SheetTable::checkX() const
{
    return codeLeft + m_codeWidth + checkGap;
}

qreal SheetTable::heightOfRow(const SheetRow &row) const
{
    return m_rowHeight + lineHeight * static_cast<qreal>(row.lines.size() - 1);
}

qsizetype SheetTable::rowsPerColumn(qsizetype count) const
{
    return (count + m_columns - 1) / m_columns;
}

qreal SheetTable::heightOfRows(qsizetype first, qsizetype count) const
{
    // All rows of two columns have one line.
    if (m_columns > 1)
        return m_rowHeight * static_cast<qreal>(rowsPerColumn(count));
    qreal height = 0;
    for (qsizetype i = first; i < first + count; ++i)
        height += heightOfRow(m_sheet.rows.at(i));
    return height;
}

qreal SheetTable::heightOf(qsizetype first, qsizetype count) const
{
    qreal rows = heightOfRows(first, count);
    if (m_qr && first == 0)
        rows = std::max(rows, m_qr->heightWithCaption(m_canvas, m_sheet.qrCaption) + qrRaise);
    const qreal height = rowsTop + rows + bottomGap;
    const bool isLast = first + count == m_sheet.rows.size();
    const qreal legends = isLast ? m_legends.height() : 0;
    return height + (legends > 0 ? legendGap + legends : 0);
}

qsizetype SheetTable::fitting(qsizetype first, qreal height) const
{
    // The legends belong to the last code, so they are never alone on a page.
    const qsizetype rest = m_sheet.rows.size() - first;
    qsizetype count = 0;
    while (count < rest && heightOf(first, count + 1) <= height)
        ++count;
    return count;
}

void SheetTable::paint(qreal top, qreal bottom, qsizetype first, qsizetype count) const
{
    m_canvas.box(QRectF(0, top, sheetWidth, bottom - top), 0.5, 2.5);
    m_canvas.text(inset, top + 7.2, m_sheet.secretHeading,
                  m_canvas.fonts().text(sheetBody, QFont::Bold));
    const qsizetype perColumn = rowsPerColumn(count);
    for (qsizetype column = 0; column * perColumn < count; ++column) {
        const qreal x = inset + static_cast<qreal>(column) * (columnWidth + columnGap);
        paintLabels(x, top + labelsTop);
        qreal y = top + rowsTop;
        const qsizetype end = std::min(count, (column + 1) * perColumn);
        for (qsizetype i = column * perColumn; i < end; ++i) {
            const SheetRow &row = m_sheet.rows.at(first + i);
            paintRow(row, x, y);
            y += heightOfRow(row);
        }
    }
    if (m_qr && first == 0) {
        m_qr->paintWithCaption(m_canvas, sheetWidth - inset - m_qr->dark(), top + rowsTop + qrRaise,
                               m_sheet.qrCaption);
    }
    if (first + count == m_sheet.rows.size())
        m_legends.paint(inset, bottom - bottomGap - m_legends.height());
}

void SheetTable::paintLabels(qreal x, qreal y) const
{
    const QFont font = m_canvas.fonts().text(sheetSmall);
    const auto hasCheck = [](const SheetRow &row) {
        return !row.check.isEmpty();
    };
    m_canvas.text(x + codeLeft, y + 4, m_sheet.codeLabel, font);
    if (std::any_of(m_sheet.rows.cbegin(), m_sheet.rows.cend(), hasCheck))
        m_canvas.text(x + checkX(), y + 4, m_sheet.checkLabel, font);
    m_canvas.text(x + checkX() + dateLeft, y + 4, m_sheet.usedOnLabel, font);
}

// `x` is the left edge of the column, `y` the top of the row. What belongs to a code is painted one
// after the other, so that readers of the file find it in this order.
void SheetTable::paintRow(const SheetRow &row, qreal x, qreal y) const
{
    const SheetFonts &fonts = m_canvas.fonts();
    const QFont codeFont = fonts.code(codePoints, QFont::DemiBold);
    const qreal first = y + m_rowHeight - 2.8;
    m_canvas.text(x + numberRight, first, QString::number(row.number), fonts.text(10),
                  Qt::AlignRight);
    qreal baseline = first;
    for (const SheetGroup &line : row.lines) {
        const qreal width = m_canvas.code(x + codeLeft, baseline,
                                          m_sheet.secret.view().sliced(line.offset, line.size),
                                          codeFont, codePitch);
        if (row.state == SheetCodeState::Used) {
            const qreal middle = baseline - 1.8;
            m_canvas.line(x + codeLeft - 0.8, middle, x + codeLeft + width + 0.4, middle, 0.5);
        }
        baseline += lineHeight;
    }
    const qreal checkLeft = x + checkX();
    if (!row.check.isEmpty())
        m_canvas.text(checkLeft, first, row.check, fonts.code(11, QFont::Light));
    const QRectF box(checkLeft + boxLeft, first - 3.6, boxSide, boxSide);
    m_canvas.box(box, SheetCanvas::rule);
    if (row.state == SheetCodeState::Used) {
        m_canvas.line(box.left(), box.top(), box.right(), box.bottom(), 0.4);
        m_canvas.line(box.left(), box.bottom(), box.right(), box.top(), 0.4);
    }
    if (row.mark.isEmpty())
        m_canvas.dateBlank(checkLeft + dateLeft, first + 0.6);
    else
        m_canvas.text(checkLeft + dateLeft, first, row.mark, fonts.text(sheetSmall));
    const qreal bottom = y + heightOfRow(row);
    qreal right = m_columns > 1 ? x + columnWidth : sheetWidth - inset;
    if (m_qr)
        right -= m_qr->dark() + qrGap;
    m_canvas.line(x, bottom, right, bottom, 0.1);
}

} // namespace Sparekey
