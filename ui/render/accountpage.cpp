// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/accountpage.h"

#include "ui/render/sheetcodebox.h"
#include "ui/render/sheetform.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

constexpr qreal purposeGap = 1.5;

} // namespace

AccountPage::AccountPage(SheetCanvas &canvas, const Sheet &sheet)
    : m_canvas(canvas)
    , m_sheet(sheet)
    , m_fonts(canvas.fonts())
    , m_blocks(canvas, sheet)
{
}

Result<void> AccountPage::makeQrCodes()
{
    if (!m_sheet.qrContent.isEmpty()) {
        auto qr = SheetQr::make(m_sheet.qrContent.view(),
                                isQrInBox() ? SheetQr::inBox : SheetQr::alone);
        if (!qr)
            return fail(qr.error());
        m_secretQr.emplace(std::move(*qr));
    }
    m_pageQr = SheetQr::ofAddress(m_sheet.pageQrContent);
    return {};
}

void AccountPage::paint(int copy)
{
    const SheetCodeBox box(m_canvas, m_sheet, isQrInBox() && m_secretQr ? &*m_secretQr : nullptr);
    qreal y = paintHead(copy);
    y = paintFacts(y, sheetHeight / 2 - 5 - box.height() - SheetBlocks::gap);
    y += SheetBlocks::gap;
    // The code is above the fold, so that it is inside when the sheet is folded.
    const qreal fold = std::max(sheetHeight / 2, y + box.height() + 5);
    box.paint(y, fold - 5);
    m_blocks.paintFold(fold);

    const SheetForm form(m_canvas, m_sheet, SheetBlocks::footTop - 2.4);
    paintSteps(fold + 6, form.top() - SheetBlocks::gap);
    form.paint();
    m_blocks.paintFoot({});
}

bool AccountPage::isQrInBox() const
{
    return m_sheet.grouped && m_sheet.kind == SheetKind::RecoveryCode;
}

qreal AccountPage::paintHead(int copy)
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

// Account and server are never cut: long ones get more lines and, if necessary, smaller letters, so
// that they end above `limit`.
qreal AccountPage::paintFacts(qreal y, qreal limit)
{
    const QFont font = m_fonts.text(sheetBody);
    const qreal purpose = m_canvas.heightOfParagraph(sheetWidth, m_sheet.purpose, font);
    const qreal least = m_blocks.heightOfFacts(SheetBlocks::sizes.back());
    qreal points = SheetBlocks::sizes.back();
    for (const qreal size : SheetBlocks::sizes) {
        const qreal height = m_blocks.heightOfFacts(size);
        if (height <= least || y + height + purposeGap + purpose <= limit) {
            points = size;
            break;
        }
    }
    y = m_blocks.paintFacts(y, points) + purposeGap;
    return y + m_canvas.paragraph(0, y, sheetWidth, m_sheet.purpose, font);
}

// The QR code of the recovery page is left of the steps. The QR code of the secret is right of
// them, if it does not fit into the box.
void AccountPage::paintSteps(qreal y, qreal limit)
{
    const bool secretQr = m_secretQr && !isQrInBox();
    const qreal left = m_pageQr ? m_pageQr->dark() + 7 : 0;
    const qreal right = secretQr ? m_secretQr->dark() + 7 : 0;
    const qreal width = sheetWidth - left - right;
    qreal qrBottom = y;
    if (m_pageQr)
        qrBottom = m_pageQr->paintWithCaption(m_canvas, 0, y, m_sheet.pageQrCaption);
    if (secretQr) {
        const qreal x = sheetWidth - m_secretQr->dark();
        qrBottom = std::max(qrBottom,
                            m_secretQr->paintWithCaption(m_canvas, x, y, m_sheet.qrCaption));
    }
    qreal points = SheetBlocks::sizes.back();
    for (const qreal size : SheetBlocks::sizes) {
        if (std::max(qrBottom, y + m_blocks.heightOfSteps(width, size)) + heightOfRest(size)
            <= limit) {
            points = size;
            break;
        }
    }
    const qreal stepsBottom = m_blocks.paintSteps(left, y, width, points);
    y = m_blocks.paintRule(std::max(qrBottom, stepsBottom) + SheetBlocks::gap);
    m_blocks.paintProblems(y + SheetBlocks::gap, points);
}

qreal AccountPage::heightOfRest(qreal points) const
{
    return 2 * SheetBlocks::gap + m_blocks.heightOfRule() + m_blocks.heightOfProblems(points);
}

} // namespace Sparekey
