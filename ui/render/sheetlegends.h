// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"
#include "ui/render/sheetcanvas.h"

namespace Sparekey {

/// What is written below a code: characters that look alike, and notes.
class SheetLegends
{
public:
    /// Both must outlive this object. `width` is in millimeters.
    SheetLegends(SheetCanvas &canvas, const Sheet &sheet, qreal width);

    [[nodiscard]] qreal height() const;
    void paint(qreal x, qreal y) const;

private:
    [[nodiscard]] QStringList notes() const;
    qreal glyphs(qreal x, qreal y, bool draw) const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    qreal m_width;
};

} // namespace Sparekey
