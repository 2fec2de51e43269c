// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"
#include "ui/render/sheetcanvas.h"

namespace Sparekey {

/// The part to fill in by hand: blanks, and below them boxes to tick, which end at `bottom`.
class SheetForm
{
public:
    /// Both must outlive this object.
    SheetForm(SheetCanvas &canvas, const Sheet &sheet, qreal bottom);

    [[nodiscard]] qreal top() const { return m_top; }
    void paint() const;

private:
    qreal paintBlanks(qreal y) const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    qreal m_bottom;
    qreal m_top;
};

} // namespace Sparekey
