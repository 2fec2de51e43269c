// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"
#include "ui/render/sheetcanvas.h"
#include "ui/render/sheetlegends.h"
#include "ui/render/sheetqr.h"

namespace Sparekey {

/// The frame with the secret: heading, rows with check characters, legends, and optionally the QR
/// code.
class SheetCodeBox
{
public:
    /// All must outlive this object. `qr` may be null.
    SheetCodeBox(SheetCanvas &canvas, const Sheet &sheet, const SheetQr *qr);

    [[nodiscard]] qreal height() const { return m_height; }
    /// Paints the frame from `top` to `bottom`, which must be at least `height()` apart.
    void paint(qreal top, qreal bottom) const;

private:
    [[nodiscard]] qreal rowsHeight() const;
    void paintRow(const SheetLine &line, qreal y) const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    const SheetQr *m_qr;
    const SheetLegends m_legends;
    qreal m_height;
};

} // namespace Sparekey
