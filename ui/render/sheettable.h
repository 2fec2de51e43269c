// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"
#include "ui/render/sheetcanvas.h"
#include "ui/render/sheetlegends.h"
#include "ui/render/sheetqr.h"

namespace Sparekey {

/// The frame with a list of codes, or with a part of the list, if it has several pages: number,
/// code, check characters, a box to tick and a date. Short codes stand in two columns.
class SheetTable
{
public:
    // In millimeters: enough to write a date by hand.
    static constexpr qreal usualRow = 9;
    static constexpr qreal lowRow = 7.2;

    /// Both must outlive this object, and so must the QR code of the secret, if there is one.
    SheetTable(SheetCanvas &canvas, const Sheet &sheet, qreal rowHeight, const SheetQr *qr);

    /// The QR code is right of the codes, because they leave room for it.
    [[nodiscard]] bool hasQr() const { return m_qr != nullptr; }

    /// How many codes from `first` on fit into `height`.
    [[nodiscard]] qsizetype fitting(qsizetype first, qreal height) const;
    /// Of the frame with `count` codes, and with the legends below the last code of the list.
    [[nodiscard]] qreal heightOf(qsizetype first, qsizetype count) const;
    void paint(qreal top, qreal bottom, qsizetype first, qsizetype count) const;

private:
    [[nodiscard]] qreal heightOfRow(const SheetRow &row) const;
    [[nodiscard]] qreal heightOfRows(qsizetype first, qsizetype count) const;
    [[nodiscard]] qsizetype rowsPerColumn(qsizetype count) const;
    void paintLabels(qreal x, qreal y) const;
    void paintRow(const SheetRow &row, qreal x, qreal y) const;
    [[nodiscard]] qreal checkX() const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    const SheetLegends m_legends;
    const SheetQr *m_qr = nullptr; ///< Null unless it is right of the codes.
    qreal m_rowHeight;
    qreal m_codeWidth = 0; ///< Of the longest line.
    qsizetype m_columns = 1;
};

} // namespace Sparekey
