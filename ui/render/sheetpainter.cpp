// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetpainter.h"

#include "ui/render/accountpage.h"
#include "ui/render/servicepages.h"
#include "ui/render/sheetcanvas.h"
#include "ui/render/sheetfonts.h"
#include "ui/render/sheetmeasures.h"

#include <QPainter>

namespace Sparekey {

namespace {

// Sheets of accounts always fit on one page.
bool isOnePage(const Sheet &sheet)
{
    return sheet.pageLine.isEmpty();
}

Result<void> paintContent(SheetCanvas &canvas, const Sheet &sheet, int copy, int page)
{
    if (isOnePage(sheet)) {
        AccountPage account(canvas, sheet);
        const Result<void> made = account.makeQrCodes();
        if (made)
            account.paint(copy);
        return made;
    }
    ServicePages pages(canvas, sheet);
    const Result<void> laidOut = pages.layOut();
    if (laidOut)
        pages.paint(copy, page);
    return laidOut;
}

} // namespace

QSizeF paperSizeMm(PaperSize paper)
{
    switch (paper) {
    case PaperSize::A4: return {210, 297};
    case PaperSize::Letter: return {215.9, 279.4};
    }
    Q_UNREACHABLE();
}

Result<int> pagesOf(const Sheet &sheet)
{
    if (isOnePage(sheet))
        return 1;
    QPainter unused; // nothing is painted while parts are arranged
    const SheetFonts fonts;
    SheetCanvas canvas(unused, fonts);
    ServicePages pages(canvas, sheet);
    if (const Result<void> laidOut = pages.layOut(); !laidOut)
        return fail(laidOut.error());
    return pages.count();
}

Result<void> paintSheet(QPainter &painter, const Sheet &sheet, int copy, int page, qreal dotsPerMm)
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
    const Result<void> painted = paintContent(canvas, sheet, copy, page);
    painter.restore();
    return painted;
}

} // namespace Sparekey
