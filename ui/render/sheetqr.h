// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/qr/qrmatrix.h"
#include "ui/render/sheetcanvas.h"

#include <optional>

namespace Sparekey {

/// A QR code on paper: modules of at least 0.5 mm and a side of at least 25 mm, quiet zone
/// included.
class SheetQr
{
public:
    /// The strongest code for `content` that is no wider than `widest` mm; the weakest one if none
    /// is. Error: `CodeTooLong`.
    [[nodiscard]] static Result<SheetQr> make(QByteArrayView content, qreal widest);

    /// What the eye sees: the dark modules, without the quiet zone, which is white paper.
    [[nodiscard]] qreal dark() const { return m_side - 2 * m_quiet; }
    [[nodiscard]] qreal side() const { return m_side; }
    /// The upper left dark module stands at this place.
    void paint(SheetCanvas &canvas, qreal x, qreal y) const;

private:
    SheetQr(QrMatrix matrix, qreal widest);

    QrMatrix m_matrix;
    qreal m_side;
    qreal m_quiet;
};

} // namespace Sparekey
