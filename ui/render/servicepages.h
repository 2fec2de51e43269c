// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "ui/render/sheetblocks.h"
#include "ui/render/sheetcodebox.h"
#include "ui/render/sheetqr.h"
#include "ui/render/sheettable.h"

#include <QList>

#include <functional>
#include <optional>

namespace Sparekey {

/// The pages of a sheet of any service. One page if everything fits in letters that are large
/// enough; else each part is as large as usual, and parts that do not fit are on the next page. No
/// part is cut, and only lists are broken over pages.
class ServicePages
{
public:
    /// Both must outlive this object.
    ServicePages(SheetCanvas &canvas, const Sheet &sheet);

    /// Arranges all parts; call it first. Error: `CodeTooLong`.
    [[nodiscard]] Result<void> layOut();
    [[nodiscard]] int count() const { return m_page + 1; }
    /// `copy` and `page` count from 0.
    void paint(int copy, int page);

private:
    // A part whose place is known.
    struct Part
    {
        int page;
        std::function<void()> paint;
    };

    void layOutHead();
    void arrange(qreal points, qreal rowHeight, bool fold);
    void addFacts(qreal points);
    void addCode();
    void addTable(qreal rowHeight);
    void addFoldBelow(qreal bottom);
    void addSteps(qreal points);
    void addForm();
    /// Begins a new page if less than `height` is left. Returns the place.
    qreal take(qreal height);
    void add(std::function<void()> paint);
    void paintHead(int copy);
    [[nodiscard]] bool isQrInBox() const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    const SheetFonts &m_fonts;
    const SheetBlocks m_blocks;
    std::optional<SheetQr> m_secretQr;
    bool m_qrInTable = false;
    std::optional<SheetQr> m_pageQr;
    qreal m_titlePoints = 0;
    qreal m_headBottom = 0;
    QList<Part> m_parts;
    bool m_fold = true; ///< With a fold line below the code, if there is space.
    int m_page = 0;
    qreal m_y = 0;
};

} // namespace Sparekey
