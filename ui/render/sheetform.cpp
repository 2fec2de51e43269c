// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetform.h"

#include "ui/render/sheetmeasures.h"

#include <algorithm>

namespace Sparekey {

namespace {

constexpr qreal blankHeight = 10;
constexpr qreal blankGap = 5;

// The boxes to tick at the end of the form.
class BoxRows
{
public:
    // In one row, or in several rows if a language has long words.
    BoxRows(const SheetCanvas &canvas, const QList<SheetBox> &boxes)
        : m_font(canvas.fonts().text(sheetBody))
    {
        constexpr qreal leastSpare = 2;
        for (const SheetBox &box : boxes) {
            const qreal width = side + gap + canvas.widthOf(box.label, m_font) + gap + date
                + (date + 2 * gap) * (box.dates - 1);
            if (m_rows.isEmpty() || m_rows.last().width + leastSpare + width > sheetWidth)
                m_rows.append(Row());
            Row &row = m_rows.last();
            row.width += width + (row.boxes.isEmpty() ? 0 : leastSpare);
            row.boxes.append({box, width});
        }
        for (Row &row : m_rows) {
            const auto gaps = static_cast<qreal>(row.boxes.size() - 1);
            row.spare = gaps > 0 ? leastSpare + (sheetWidth - row.width) / gaps : 0;
        }
    }

    [[nodiscard]] qreal height() const
    {
        return side + pitch * static_cast<qreal>(std::max<qsizetype>(0, m_rows.size() - 1));
    }

    void paint(SheetCanvas &canvas, qreal y) const
    {
        for (const Row &row : m_rows) {
            qreal x = 0;
            for (const auto &[box, width] : row.boxes) {
                canvas.box(QRectF(x, y, side, side), SheetCanvas::rule);
                qreal at = x + side + gap;
                at += canvas.text(at, y + 3.2, box.label, m_font) + gap;
                for (int i = 0; i < box.dates; ++i)
                    at += canvas.dateBlank(at, y + 3.8) + 2 * gap;
                x += width + row.spare;
            }
            y += pitch;
        }
    }

private:
    struct Row
    {
        QList<std::pair<SheetBox, qreal>> boxes; // each with its width
        qreal width = 0;                         // with the least space between the boxes
        qreal spare = 0;
    };

    static constexpr qreal side = 4;
    static constexpr qreal gap = 2;
    static constexpr qreal date = SheetCanvas::dateWidth;
    static constexpr qreal pitch = 5.8;

    QFont m_font;
    QList<Row> m_rows;
};

qsizetype rowsOf(const QList<SheetBlank> &blanks)
{
    const auto wide = std::count_if(blanks.begin(), blanks.end(),
                                    [](const SheetBlank &blank) { return blank.wide; });
    return wide + (wide < blanks.size() ? 1 : 0);
}

} // namespace

SheetForm::SheetForm(SheetCanvas &canvas, const Sheet &sheet, qreal bottom)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_bottom(bottom)
    , m_top(bottom - BoxRows(canvas, sheet.boxes).height()
            - blankHeight * static_cast<qreal>(rowsOf(sheet.blanks)))
{
}

void SheetForm::paint() const
{
    paintBlanks(m_top);
    const BoxRows boxes(m_canvas, m_sheet.boxes);
    boxes.paint(m_canvas, m_bottom - boxes.height());
}

// Each blank is a label followed by a line. Blanks that are not wide share a row.
qreal SheetForm::paintBlanks(qreal y) const
{
    const QFont font = m_canvas.fonts().text(sheetBody);
    const auto paintBlank = [&](const SheetBlank &blank, qreal x, qreal width) {
        const qreal label = m_canvas.text(x, y + 5, blank.label, font);
        m_canvas.line(x + label + 2, y + 5.6, x + width, y + 5.6, SheetCanvas::rule);
    };
    QList<SheetBlank> shared;
    for (const SheetBlank &blank : m_sheet.blanks) {
        if (!blank.wide) {
            shared.append(blank);
            continue;
        }
        paintBlank(blank, 0, sheetWidth);
        y += blankHeight;
    }
    if (shared.isEmpty())
        return y;
    const auto count = static_cast<qreal>(shared.size());
    qreal labels = 0;
    for (const SheetBlank &blank : shared)
        labels += m_canvas.widthOf(blank.label, font);
    // The space that the labels leave is shared evenly.
    const qreal line = std::max(0.0, (sheetWidth - labels - blankGap * (count - 1)) / count);
    qreal x = 0;
    for (const SheetBlank &blank : shared) {
        const qreal width = m_canvas.widthOf(blank.label, font) + line;
        paintBlank(blank, x, width);
        x += width + blankGap;
    }
    return y + blankHeight;
}

} // namespace Sparekey
