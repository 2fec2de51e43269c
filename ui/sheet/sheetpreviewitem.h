// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/sheet/sheetviewmodel.h"

#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// A page of a sheet on white paper, painted by the same painter as the PDF and the printer.
/// Paper is white in the dark theme too. Reads the sheet from the view-model in C++; nothing of it
/// passes through QML. GUI thread only.
class SheetPreviewItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Sparekey::SheetViewModel *sheet READ sheet WRITE setSheet NOTIFY sheetChanged FINAL)
    Q_PROPERTY(
        QColor borderColor READ borderColor WRITE setBorderColor NOTIFY borderColorChanged FINAL)
    /// From 0 on, below `SheetViewModel::pages`.
    Q_PROPERTY(int page READ page WRITE setPage NOTIFY pageChanged FINAL)
    /// Height of the paper divided by its width.
    Q_PROPERTY(qreal aspect READ aspect NOTIFY aspectChanged FINAL)

public:
    explicit SheetPreviewItem(QQuickItem *parent = nullptr);

    [[nodiscard]] SheetViewModel *sheet() const { return m_sheet; }
    void setSheet(SheetViewModel *sheet);
    [[nodiscard]] QColor borderColor() const { return m_borderColor; }
    void setBorderColor(const QColor &color);
    [[nodiscard]] int page() const { return m_page; }
    void setPage(int page);
    [[nodiscard]] qreal aspect() const;

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void sheetChanged();
    void borderColorChanged();
    void pageChanged();
    void aspectChanged();

private:
    void refresh();

    QPointer<SheetViewModel> m_sheet;
    QColor m_borderColor = Qt::lightGray;
    int m_page = 0;
};

} // namespace Sparekey
