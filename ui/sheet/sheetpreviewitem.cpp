// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/sheetpreviewitem.h"

#include "ui/render/sheetpainter.h"

#include <QPainter>

namespace Sparekey {

namespace {

PaperSize paperOf(const SheetViewModel *sheet)
{
    return sheet != nullptr && sheet->paper() == SheetViewModel::Paper::Letter ? PaperSize::Letter
                                                                               : PaperSize::A4;
}

} // namespace

SheetPreviewItem::SheetPreviewItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

void SheetPreviewItem::setSheet(SheetViewModel *sheet)
{
    if (m_sheet == sheet)
        return;
    if (m_sheet)
        m_sheet->disconnect(this);
    m_sheet = sheet;
    if (m_sheet) {
        connect(m_sheet, &SheetViewModel::sheetChanged, this, &SheetPreviewItem::refresh);
        connect(m_sheet, &SheetViewModel::optionsChanged, this, &SheetPreviewItem::refresh);
    }
    refresh();
    Q_EMIT sheetChanged();
}

void SheetPreviewItem::setBorderColor(const QColor &color)
{
    if (m_borderColor == color)
        return;
    m_borderColor = color;
    update();
    Q_EMIT borderColorChanged();
}

void SheetPreviewItem::setPage(int page)
{
    if (m_page == page)
        return;
    m_page = page;
    update();
    Q_EMIT pageChanged();
}

qreal SheetPreviewItem::aspect() const
{
    const QSizeF paper = paperSizeMm(paperOf(m_sheet));
    return paper.height() / paper.width();
}

void SheetPreviewItem::refresh()
{
    update();
    Q_EMIT aspectChanged();
}

void SheetPreviewItem::paint(QPainter *painter)
{
    const QRectF paper = boundingRect();
    painter->fillRect(paper, Qt::white);
    if (m_sheet && m_sheet->sheet() != nullptr) {
        painter->save();
        const qreal dotsPerMm = paper.width() / paperSizeMm(paperOf(m_sheet)).width();
        // If the code is too long for a sheet, the preview stays white; printing reports the error.
        static_cast<void>(paintSheet(*painter, *m_sheet->sheet(), 0, m_page, dotsPerMm));
        painter->restore();
    }
    painter->setPen(QPen(m_borderColor, 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(paper.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace Sparekey
