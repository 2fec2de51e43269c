// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "ui/render/sheetblocks.h"
#include "ui/render/sheetqr.h"

#include <optional>

namespace Sparekey {

/// The page of a sheet of a Bitwarden account, from top to bottom. Always one: what is long gets
/// smaller letters.
class AccountPage
{
public:
    /// Both must outlive this object.
    AccountPage(SheetCanvas &canvas, const Sheet &sheet);

    /// Makes the QR codes of the page; call it first. Error: `CodeTooLong`.
    [[nodiscard]] Result<void> makeQrCodes();
    void paint(int copy);

private:
    [[nodiscard]] bool isQrInBox() const;
    qreal paintHead(int copy);
    qreal paintFacts(qreal y, qreal limit);
    void paintSteps(qreal y, qreal limit);
    [[nodiscard]] qreal heightOfRest(qreal points) const;

    SheetCanvas &m_canvas;
    const Sheet &m_sheet;
    const SheetFonts &m_fonts;
    const SheetBlocks m_blocks;
    std::optional<SheetQr> m_secretQr;
    std::optional<SheetQr> m_pageQr;
};

} // namespace Sparekey
