// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/servicepages.h"

#include "ui/render/sheetform.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace Sparekey {

namespace {

constexpr qreal contentBottom = SheetBlocks::footTop - 2.4;
constexpr qreal titleWidth = 130; ///< Leaves room for the sheet id.
constexpr qreal headGap = 3.8;
constexpr qreal purposeGap = 1.5;
constexpr qreal foldGap = 5; ///< Above and below the fold line.
/// Below this, a fold would not hide the code.
constexpr qreal lowestFold = sheetHeight * 0.62;

// Each size with the most lines that a title may have in it.
struct TitleSize
{
    qreal points;
    qreal mostHeight; ///< In millimeters
};
constexpr std::array titleSizes{TitleSize{19, 10}, TitleSize{15, 16}, TitleSize{11, 27},
                                TitleSize{9, 40}, TitleSize{7, sheetHeight}};
struct OnePageSize
{
    qreal points;
    qreal rowHeight; ///< Of a list of codes, in millimeters.
};
constexpr OnePageSize usualSize{sheetBody, SheetTable::usualRow};
// Everything that is needed in an emergency should be no smaller.
constexpr std::array onePageSizes{usualSize, OnePageSize{10, SheetTable::lowRow},
                                  OnePageSize{9, SheetTable::lowRow}};

} // namespace

ServicePages::ServicePages(SheetCanvas &canvas, const Sheet &sheet)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_fonts(canvas.fonts())
    , m_blocks(canvas, sheet)
{
}

Result<void> ServicePages::layOut()
{
    if (!m_sheet.qrContent.isEmpty()) {
        const qreal least = isQrInBox() ? SheetQr::inBox : SheetQr::ofList;
        auto qr = SheetQr::make(m_sheet.qrContent.view(), least);
        if (qr && qr->side() > least && !isQrInBox())
            qr = SheetQr::make(m_sheet.qrContent.view(), SheetQr::alone);
        if (!qr)
            return fail(qr.error());
        m_secretQr.emplace(std::move(*qr));
    }
    m_pageQr = SheetQr::ofAddress(m_sheet.pageQrContent);
    layOutHead();
    for (const auto &[points, rowHeight] : onePageSizes) {
        for (const bool fold : {true, false}) {
            arrange(points, rowHeight, fold);
            if (m_page == 0)
                return {};
        }
    }
    arrange(usualSize.points, usualSize.rowHeight, false);
    return {};
}

void ServicePages::paint(int copy, int page)
{
    paintHead(copy);
    for (const Part &part : std::as_const(m_parts)) {
        if (part.page == page)
            part.paint();
    }
    m_blocks.paintFoot(m_sheet.pageLine.arg(page + 1).arg(count()));
}

bool ServicePages::isQrInBox() const
{
    return m_sheet.grouped && m_sheet.kind == SheetKind::ServiceCode;
}

// ---- Head

void ServicePages::layOutHead()
{
    qreal height = 0;
    for (const auto &[points, mostHeight] : titleSizes) {
        m_titlePoints = points;
        height = m_canvas.heightOfParagraph(titleWidth, m_sheet.title,
                                            m_fonts.text(points, QFont::Bold));
        if (height <= mostHeight)
            break;
    }
    m_headBottom = std::max(14.6, height + 2) + headGap;
}

void ServicePages::paintHead(int copy)
{
    const QFont titleFont = m_fonts.text(m_titlePoints, QFont::Bold);
    if (m_titlePoints >= titleSizes.front().points)
        m_canvas.text(-0.3, 7, m_sheet.title, titleFont);
    else
        m_canvas.paragraph(0, 0, titleWidth, m_sheet.title, titleFont);
    m_canvas.text(sheetWidth, 4, m_sheet.sheetIdLine, m_fonts.text(sheetBody, QFont::DemiBold),
                  Qt::AlignRight);
    const QFont small = m_fonts.text(sheetSmall);
    m_canvas.text(sheetWidth, 8.4, m_sheet.madeLine, small, Qt::AlignRight);
    m_canvas.text(sheetWidth, 12.4, m_sheet.copyLines.value(copy), small, Qt::AlignRight);
    const qreal line = m_headBottom - headGap;
    m_canvas.line(0, line, sheetWidth, line, SheetCanvas::heavyRule);
}

// ---- Parts

qreal ServicePages::take(qreal height)
{
    if (m_y + height > contentBottom && m_y > m_headBottom) {
        ++m_page;
        m_y = m_headBottom;
    }
    const qreal y = m_y;
    m_y += height;
    return y;
}

void ServicePages::add(std::function<void()> paint)
{
    m_parts.append({m_page, std::move(paint)});
}

void ServicePages::arrange(qreal points, qreal rowHeight, bool fold)
{
    m_fold = fold;
    m_parts.clear();
    m_page = 0;
    m_y = m_headBottom;
    addFacts(points);
    if (m_sheet.rows.isEmpty())
        addCode();
    else
        addTable(rowHeight);
    addSteps(points);
    addForm();
}

void ServicePages::addFacts(qreal points)
{
    const qreal y = take(m_blocks.heightOfFacts(points));
    add([this, y, points] { m_blocks.paintFacts(y, points); });
    m_y += purposeGap;
    const QFont font = m_fonts.text(sheetBody);
    for (const QString &text : QStringList(m_sheet.purpose) + m_sheet.notes) {
        const qreal top = take(m_canvas.heightOfParagraph(sheetWidth, text, font));
        add([this, top, text, font] { m_canvas.paragraph(0, top, sheetWidth, text, font); });
    }
    m_y += SheetBlocks::gap;
}

void ServicePages::addCode()
{
    const auto box = std::make_shared<SheetCodeBox>(m_canvas, m_sheet,
                                                    isQrInBox() && m_secretQr ? &*m_secretQr
                                                                              : nullptr);
    const qreal top = take(box->height());
    // The code is above the fold, so that it is inside when the sheet is folded.
    if (m_fold)
        m_y = std::max(m_y, sheetHeight / 2 - foldGap);
    const qreal bottom = m_y;
    add([box, top, bottom] { box->paint(top, bottom); });
    addFoldBelow(bottom);
}

void ServicePages::addTable(qreal rowHeight)
{
    const auto table = std::make_shared<SheetTable>(m_canvas, m_sheet, rowHeight,
                                                    m_secretQr ? &*m_secretQr : nullptr);
    m_qrInTable = table->hasQr();
    const qsizetype all = m_sheet.rows.size();
    for (qsizetype first = 0; first < all;) {
        qsizetype count = table->fitting(first, contentBottom - m_y);
        if (count == 0) { // nothing is left of this page
            take(contentBottom);
            m_y = m_headBottom;
            count = std::max<qsizetype>(1, table->fitting(first, contentBottom - m_y));
        }
        const bool isWhole = count == all;
        const qreal top = take(table->heightOf(first, count));
        if (isWhole && m_fold)
            m_y = std::max(m_y, sheetHeight / 2 - foldGap);
        const qreal bottom = m_y;
        add([table, top, bottom, first, count] { table->paint(top, bottom, first, count); });
        first += count;
        if (first < all)
            m_y = contentBottom;
        else if (isWhole)
            addFoldBelow(bottom);
        else
            m_y += SheetBlocks::gap;
    }
}

void ServicePages::addFoldBelow(qreal bottom)
{
    const qreal fold = bottom + foldGap;
    if (!m_fold || fold > lowestFold) {
        m_y += SheetBlocks::gap;
        return;
    }
    add([this, fold] { m_blocks.paintFold(fold); });
    m_y = fold + foldGap + 1;
}

// The QR code of the recovery page is left of the steps. The QR code of the secret is right of
// them, if it is not beside the code.
void ServicePages::addSteps(qreal points)
{
    const SheetQr *secret = m_secretQr && !isQrInBox() && !m_qrInTable ? &*m_secretQr : nullptr;
    const SheetQr *page = m_pageQr ? &*m_pageQr : nullptr;
    const qreal left = page ? page->dark() + 7 : 0;
    const qreal width = sheetWidth - left - (secret ? secret->dark() + 7 : 0);
    qreal height = m_blocks.heightOfSteps(width, points);
    if (page)
        height = std::max(height, page->heightWithCaption(m_canvas, m_sheet.pageQrCaption));
    if (secret)
        height = std::max(height, secret->heightWithCaption(m_canvas, m_sheet.qrCaption));
    const qreal y = take(height);
    add([this, y, left, width, points, page, secret] {
        if (page)
            page->paintWithCaption(m_canvas, 0, y, m_sheet.pageQrCaption);
        m_blocks.paintSteps(left, y, width, points);
        if (secret) {
            secret->paintWithCaption(m_canvas, sheetWidth - secret->dark(), y, m_sheet.qrCaption);
        }
    });
    m_y += SheetBlocks::gap;
    const qreal rule = take(m_blocks.heightOfRule());
    add([this, rule] { m_blocks.paintRule(rule); });
    m_y += SheetBlocks::gap;
    const qreal problems = take(m_blocks.heightOfProblems(points));
    add([this, problems, points] { m_blocks.paintProblems(problems, points); });
    m_y += SheetBlocks::gap;
}

// At the bottom of the last page.
void ServicePages::addForm()
{
    const auto form = std::make_shared<SheetForm>(m_canvas, m_sheet, contentBottom);
    take(contentBottom - form->top());
    add([form] { form->paint(); });
}

} // namespace Sparekey
