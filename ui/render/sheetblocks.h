// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"
#include "ui/render/sheetcanvas.h"
#include "ui/render/sheetmeasures.h"

#include <array>

namespace Sparekey {

/// The parts of which pages consist, apart from code and form: facts, steps, rule, problems, fold
/// and foot. Units are millimeters and points. Most functions that paint return where they end.
class SheetBlocks
{
public:
    /// Points, from the normal size down to the smallest readable one.
    static constexpr std::array sizes{sheetBody, 10.0, 9.0, 8.0, 7.0};
    static constexpr qreal footTop = sheetHeight - 5.6;
    static constexpr qreal gap = 3; ///< Between blocks.

    /// Both must outlive this object.
    SheetBlocks(SheetCanvas &canvas, const Sheet &sheet);

    /// Label and value of each fact. Values are never cut: long ones get more lines.
    [[nodiscard]] qreal heightOfFacts(qreal points) const;
    qreal paintFacts(qreal y, qreal points) const;

    /// The numbered steps below their heading.
    [[nodiscard]] qreal heightOfSteps(qreal width, qreal points) const;
    qreal paintSteps(qreal x, qreal y, qreal width, qreal points) const;

    [[nodiscard]] qreal heightOfRule() const;
    qreal paintRule(qreal y) const;

    /// What to try when the steps do not work, below its heading.
    [[nodiscard]] qreal heightOfProblems(qreal points) const;
    qreal paintProblems(qreal y, qreal points) const;

    void paintFold(qreal y) const;
    /// `middle` may be empty.
    void paintFoot(const QString &middle) const;

private:
    [[nodiscard]] qreal labelWidth() const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    const SheetFonts &m_fonts;
};

} // namespace Sparekey
