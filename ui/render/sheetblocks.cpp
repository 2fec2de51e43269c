// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetblocks.h"

#include <algorithm>

namespace Sparekey {

namespace {

constexpr qreal factHeight = 5.3;
constexpr qreal factGap = 1;
constexpr qreal headingHeight = 6;
constexpr qreal stepGap = 1.2;
constexpr qreal indent = 6;
constexpr qreal ruleIndent = 5;

} // namespace

SheetBlocks::SheetBlocks(SheetCanvas &canvas, const Sheet &sheet)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_fonts(canvas.fonts())
{
}

qreal SheetBlocks::labelWidth() const
{
    qreal width = 0;
    for (const SheetFact &fact : m_sheet.facts)
        width = std::max(width, m_canvas.widthOf(fact.label, m_fonts.text(sheetBody)) + 5);
    return width;
}

qreal SheetBlocks::heightOfFacts(qreal points) const
{
    const qreal width = sheetWidth - labelWidth();
    const QFont font = m_fonts.text(points, QFont::DemiBold);
    qreal height = 0;
    for (const SheetFact &fact : m_sheet.facts) {
        qreal values = 0;
        for (const QString &value : {fact.value, fact.ascii}) {
            if (!value.isEmpty())
                values += m_canvas.heightOfAddress(width, value, font);
        }
        height += std::max(values, factHeight) + factGap;
    }
    return height;
}

qreal SheetBlocks::paintFacts(qreal y, qreal points) const
{
    const QFont labelFont = m_fonts.text(sheetBody);
    const QFont font = m_fonts.text(points, QFont::DemiBold);
    const qreal left = labelWidth();
    for (const SheetFact &fact : m_sheet.facts) {
        m_canvas.text(0, y + 4, fact.label, labelFont);
        if (fact.value.isEmpty())
            m_canvas.line(left, y + 4.6, 130, y + 4.6, SheetCanvas::rule);
        const qreal begin = y;
        for (const QString &value : {fact.value, fact.ascii}) {
            if (!value.isEmpty())
                y += m_canvas.address(left, y, sheetWidth - left, value, font);
        }
        y = std::max(y, begin + factHeight) + factGap;
    }
    return y;
}

qreal SheetBlocks::heightOfSteps(qreal width, qreal points) const
{
    qreal height = headingHeight;
    for (const SheetStep &step : m_sheet.steps) {
        height += stepGap
            + m_canvas.heightOfParagraph(width - indent, step.text, m_fonts.text(points));
        if (!step.address.isEmpty()) {
            height += m_canvas.heightOfAddress(width - indent, step.address,
                                               m_fonts.text(points, QFont::DemiBold));
        }
    }
    return height;
}

qreal SheetBlocks::paintSteps(qreal x, qreal y, qreal width, qreal points) const
{
    m_canvas.text(x, y + 3.4, m_sheet.stepsHeading, m_fonts.text(sheetBody, QFont::Bold));
    y += headingHeight;
    int number = 1;
    for (const SheetStep &step : m_sheet.steps) {
        m_canvas.text(x, y + points * 0.365, QString::number(number++),
                      m_fonts.text(points, QFont::Bold));
        y += m_canvas.paragraph(x + indent, y, width - indent, step.text, m_fonts.text(points));
        if (!step.address.isEmpty()) {
            y += m_canvas.address(x + indent, y, width - indent, step.address,
                                  m_fonts.text(points, QFont::DemiBold));
        }
        y += stepGap;
    }
    return y;
}

qreal SheetBlocks::heightOfRule() const
{
    return m_canvas.heightOfParagraph(sheetWidth - ruleIndent, m_sheet.rule,
                                      m_fonts.text(sheetBody, QFont::Bold));
}

qreal SheetBlocks::paintRule(qreal y) const
{
    const qreal height = m_canvas.paragraph(ruleIndent, y, sheetWidth - ruleIndent, m_sheet.rule,
                                            m_fonts.text(sheetBody, QFont::Bold));
    m_canvas.fill(QRectF(0, y, 1.4, height));
    return y + height;
}

qreal SheetBlocks::heightOfProblems(qreal points) const
{
    qreal height = headingHeight;
    for (const QString &problem : m_sheet.problems)
        height += m_canvas.heightOfParagraph(sheetWidth - indent, problem, m_fonts.text(points));
    return height;
}

qreal SheetBlocks::paintProblems(qreal y, qreal points) const
{
    m_canvas.text(0, y + 3.4, m_sheet.problemsHeading, m_fonts.text(sheetBody, QFont::Bold));
    y += headingHeight;
    for (const QString &problem : m_sheet.problems) {
        m_canvas.fill(QRectF(1.2, y + points * 0.365 - 1.7, 1, 1));
        y += m_canvas.paragraph(indent, y, sheetWidth - indent, problem, m_fonts.text(points));
    }
    return y;
}

void SheetBlocks::paintFold(qreal y) const
{
    const QFont font = m_fonts.text(sheetSmall);
    const qreal half = m_canvas.widthOf(m_sheet.foldLabel, font) / 2 + 3;
    m_canvas.line(0, y, sheetWidth / 2 - half, y, SheetCanvas::hairline, Qt::CustomDashLine);
    m_canvas.line(sheetWidth, y, sheetWidth / 2 + half, y, SheetCanvas::hairline,
                  Qt::CustomDashLine);
    m_canvas.text(sheetWidth / 2, y + 1.1, m_sheet.foldLabel, font, Qt::AlignHCenter);
}

void SheetBlocks::paintFoot(const QString &middle) const
{
    const QFont font = m_fonts.text(sheetSmall);
    m_canvas.line(0, footTop, sheetWidth, footTop, SheetCanvas::hairline);
    m_canvas.text(0, sheetHeight - 1, m_sheet.footer, font);
    if (!middle.isEmpty())
        m_canvas.text(sheetWidth / 2, sheetHeight - 1, middle, font, Qt::AlignHCenter);
    m_canvas.text(sheetWidth, sheetHeight - 1, m_sheet.sheetId, font, Qt::AlignRight);
}

} // namespace Sparekey
