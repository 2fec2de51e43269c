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
    // The widest sides, in millimeters with the quiet zone.
    static constexpr qreal inBox = 33;
    static constexpr qreal ofPage = 33; ///< A longer address gets no code.
    static constexpr qreal ofList = 38; ///< Large enough for sixteen codes.
    static constexpr qreal alone = 46;  ///< Large enough for a setup key.

    /// The code for `content` with the best error correction that fits into `widest` mm; if none
    /// fits, a wider one with the lowest error correction. Error: `CodeTooLong`.
    [[nodiscard]] static Result<SheetQr> make(QByteArrayView content, qreal widest);

    /// The code of a web page; none if the address is empty or too long.
    [[nodiscard]] static std::optional<SheetQr> ofAddress(const QString &address);

    /// The side of the dark modules, without the white quiet zone.
    [[nodiscard]] qreal dark() const { return m_side - 2 * m_quiet; }
    [[nodiscard]] qreal side() const { return m_side; }
    /// (`x`, `y`) is the corner of the dark modules, without the quiet zone.
    void paint(SheetCanvas &canvas, qreal x, qreal y) const;
    /// The same with a caption below it; returns where that ends.
    qreal paintWithCaption(SheetCanvas &canvas, qreal x, qreal y, const QString &caption) const;
    [[nodiscard]] qreal heightWithCaption(SheetCanvas &canvas, const QString &caption) const;

private:
    SheetQr(QrMatrix matrix, qreal widest);

    QrMatrix m_matrix;
    qreal m_side;
    qreal m_quiet;
};

} // namespace Sparekey
