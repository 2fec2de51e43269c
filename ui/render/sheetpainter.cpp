// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetpainter.h"

#include "ui/render/sheetcanvas.h"
#include "ui/render/sheetcodebox.h"
#include "ui/render/sheetfonts.h"
#include "ui/render/sheetform.h"
#include "ui/render/sheetmeasures.h"
#include "ui/render/sheetqr.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <optional>

namespace Sparekey {

namespace {

constexpr qreal qrInBox = 33;  // mm, with its quiet zone
constexpr qreal qrOfPage = 33; // a longer address gets no code
constexpr qreal qrAlone = 46;  // large enough for a setup key
constexpr qreal footTop = sheetHeight - 5.6;
constexpr qreal blockGap = 3;

// Points, from the normal size down to the smallest readable one, for addresses of several lines.
constexpr std::array sizes{sheetBody, 10.0, 9.0, 8.0, 7.0};

// The page of a sheet, from top to bottom. Most parts return where they end.
class Page
{
public:
    Page(SheetCanvas &canvas, const Sheet &sheet)
        : m_canvas(canvas)
        , m_sheet(sheet)
        , m_fonts(canvas.fonts())
    {
    }

    /// Makes the QR codes of the page. Error: `CodeTooLong`.
    [[nodiscard]] Result<void> makeQrCodes()
    {
        if (!m_sheet.qrContent.isEmpty()) {
            auto qr = SheetQr::make(m_sheet.qrContent.view(), isQrInBox() ? qrInBox : qrAlone);
            if (!qr)
                return fail(qr.error());
            m_secretQr.emplace(std::move(*qr));
        }
        if (!m_sheet.pageQrContent.isEmpty()) {
            auto qr = SheetQr::make(m_sheet.pageQrContent.toUtf8(), qrOfPage);
            if (qr && qr->side() <= qrOfPage)
                m_pageQr.emplace(std::move(*qr)); // else only the address is printed
        }
        return {};
    }

    void paint(int copy)
    {
        const SheetCodeBox box(m_canvas, m_sheet,
                               isQrInBox() && m_secretQr ? &*m_secretQr : nullptr);
        qreal y = paintHead(copy);
        y = paintFacts(y, sheetHeight / 2 - 5 - box.height() - blockGap);
        y += blockGap;
        // The code is above the fold, so that it is inside when the sheet is folded.
        const qreal fold = std::max(sheetHeight / 2, y + box.height() + 5);
        box.paint(y, fold - 5);
        paintFold(fold);

        const SheetForm form(m_canvas, m_sheet, footTop - 2.4);
        paintSteps(fold + 6, form.top() - blockGap);
        form.paint();
        paintFoot();
    }

private:
    [[nodiscard]] bool isQrInBox() const
    {
        return m_sheet.grouped && m_sheet.kind == SheetKind::RecoveryCode;
    }

    qreal paintHead(int copy)
    {
        m_canvas.text(-0.3, 7, m_sheet.title, m_fonts.text(19, QFont::Bold));
        m_canvas.text(sheetWidth, 4, m_sheet.sheetIdLine, m_fonts.text(sheetBody, QFont::DemiBold),
                      Qt::AlignRight);
        const QFont small = m_fonts.text(sheetSmall);
        m_canvas.text(sheetWidth, 8.4, m_sheet.madeLine, small, Qt::AlignRight);
        m_canvas.text(sheetWidth, 12.4, m_sheet.copyLines.value(copy), small, Qt::AlignRight);
        m_canvas.line(0, 14.6, sheetWidth, 14.6, SheetCanvas::heavyRule);
        return 18.4;
    }

    // Account and server are never cut: long ones get more lines and, if necessary, smaller
    // letters, so that they end above `limit`.
    qreal paintFacts(qreal y, qreal limit)
    {
        const QFont labelFont = m_fonts.text(sheetBody);
        qreal labelWidth = 0;
        for (const SheetFact &fact : m_sheet.facts)
            labelWidth = std::max(labelWidth, m_canvas.widthOf(fact.label, labelFont) + 5);
        const qreal width = sheetWidth - labelWidth;
        const qreal purpose = m_canvas.heightOfParagraph(sheetWidth, m_sheet.purpose, labelFont);
        const qreal least = heightOfFacts(width, sizes.back());
        qreal points = sizes.back();
        for (const qreal size : sizes) {
            const qreal height = heightOfFacts(width, size);
            if (height <= least || y + height + 1.5 + purpose <= limit) {
                points = size;
                break;
            }
        }
        const QFont font = m_fonts.text(points, QFont::DemiBold);
        for (const SheetFact &fact : m_sheet.facts) {
            m_canvas.text(0, y + 4, fact.label, labelFont);
            if (fact.value.isEmpty())
                m_canvas.line(labelWidth, y + 4.6, 130, y + 4.6, SheetCanvas::rule);
            const qreal begin = y;
            for (const QString &value : {fact.value, fact.ascii}) {
                if (!value.isEmpty())
                    y += m_canvas.address(labelWidth, y, width, value, font);
            }
            y = std::max(y, begin + factHeight) + factGap;
        }
        y += 1.5;
        return y + m_canvas.paragraph(0, y, sheetWidth, m_sheet.purpose, labelFont);
    }

    qreal heightOfFacts(qreal width, qreal points)
    {
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

    void paintFold(qreal y)
    {
        const QFont font = m_fonts.text(sheetSmall);
        const qreal half = m_canvas.widthOf(m_sheet.foldLabel, font) / 2 + 3;
        m_canvas.line(0, y, sheetWidth / 2 - half, y, SheetCanvas::hairline, Qt::CustomDashLine);
        m_canvas.line(sheetWidth, y, sheetWidth / 2 + half, y, SheetCanvas::hairline,
                      Qt::CustomDashLine);
        m_canvas.text(sheetWidth / 2, y + 1.1, m_sheet.foldLabel, font, Qt::AlignHCenter);
    }

    // The QR code of the recovery page is left of the steps. The QR code of the secret is right of
    // them, if it does not fit into the box.
    void paintSteps(qreal y, qreal limit)
    {
        const bool secretQr = m_secretQr && !isQrInBox();
        const qreal left = m_pageQr ? m_pageQr->dark() + 7 : 0;
        const qreal right = secretQr ? m_secretQr->dark() + 7 : 0;
        const qreal width = sheetWidth - left - right;
        qreal qrBottom = y;
        if (m_pageQr) {
            m_pageQr->paint(m_canvas, 0, y);
            qrBottom = paintQrCaption(0, y, *m_pageQr, m_sheet.pageQrCaption);
        }
        if (secretQr) {
            const qreal x = sheetWidth - m_secretQr->dark();
            m_secretQr->paint(m_canvas, x, y);
            qrBottom = std::max(qrBottom, paintQrCaption(x, y, *m_secretQr, m_sheet.qrCaption));
        }
        qreal points = sizes.back();
        for (const qreal size : sizes) {
            if (std::max(qrBottom, y + heightOfSteps(width, size)) + heightOfRest(size) <= limit) {
                points = size;
                break;
            }
        }
        const qreal stepsBottom = paintList(left, y, width, points);
        paintRest(std::max(qrBottom, stepsBottom), points);
    }

    qreal paintQrCaption(qreal x, qreal y, const SheetQr &qr, const QString &caption)
    {
        const qreal top = y + qr.dark() + 1;
        return top + m_canvas.paragraph(x, top, qr.dark(), caption, m_fonts.text(sheetSmall));
    }

    qreal heightOfSteps(qreal width, qreal points)
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

    qreal paintList(qreal x, qreal y, qreal width, qreal points)
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

    qreal heightOfRest(qreal points)
    {
        qreal height = 2 * blockGap + headingHeight
            + m_canvas.heightOfParagraph(sheetWidth - ruleIndent, m_sheet.rule,
                                         m_fonts.text(sheetBody, QFont::Bold));
        for (const QString &problem : m_sheet.problems)
            height += m_canvas.heightOfParagraph(sheetWidth - indent, problem,
                                                 m_fonts.text(points));
        return height;
    }

    // The rule, and what to try when the steps do not work.
    void paintRest(qreal y, qreal points)
    {
        y += blockGap;
        const qreal height = m_canvas.paragraph(ruleIndent, y, sheetWidth - ruleIndent,
                                                m_sheet.rule, m_fonts.text(sheetBody, QFont::Bold));
        m_canvas.fill(QRectF(0, y, 1.4, height));
        y += height + blockGap;
        m_canvas.text(0, y + 3.4, m_sheet.problemsHeading, m_fonts.text(sheetBody, QFont::Bold));
        y += headingHeight;
        const QFont font = m_fonts.text(points);
        for (const QString &problem : m_sheet.problems) {
            m_canvas.fill(QRectF(1.2, y + points * 0.365 - 1.7, 1, 1));
            y += m_canvas.paragraph(indent, y, sheetWidth - indent, problem, font);
        }
    }

    void paintFoot()
    {
        const QFont font = m_fonts.text(sheetSmall);
        m_canvas.line(0, footTop, sheetWidth, footTop, SheetCanvas::hairline);
        m_canvas.text(0, sheetHeight - 1, m_sheet.footer, font);
        m_canvas.text(sheetWidth, sheetHeight - 1, m_sheet.sheetId, font, Qt::AlignRight);
    }

    static constexpr qreal factHeight = 5.3;
    static constexpr qreal factGap = 1;
    static constexpr qreal headingHeight = 6;
    static constexpr qreal stepGap = 1.2;
    static constexpr qreal indent = 6;
    static constexpr qreal ruleIndent = 5;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    const SheetFonts &m_fonts;
    std::optional<SheetQr> m_secretQr;
    std::optional<SheetQr> m_pageQr;
};

} // namespace

QSizeF paperSizeMm(PaperSize paper)
{
    switch (paper) {
    case PaperSize::A4: return {210, 297};
    case PaperSize::Letter: return {215.9, 279.4};
    }
    Q_UNREACHABLE();
}

Result<void> paintSheet(QPainter &painter, const Sheet &sheet, int copy, qreal dotsPerMm)
{
    const QSizeF paper = paperSizeMm(sheet.options.paper);
    const SheetFonts fonts;
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.scale(dotsPerMm / unitsPerMm, dotsPerMm / unitsPerMm);
    painter.translate((paper.width() - sheetWidth) / 2 * unitsPerMm,
                      (paper.height() - sheetHeight) / 2 * unitsPerMm);
    SheetCanvas canvas(painter, fonts);
    Page page(canvas, sheet);
    const Result<void> made = page.makeQrCodes();
    if (made)
        page.paint(copy);
    painter.restore();
    return made;
}

} // namespace Sparekey
