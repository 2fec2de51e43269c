// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>

namespace Sparekey {

/// Resolution of the drawing: fonts have whole pixel sizes only, so a pixel is 1/100 mm.
inline constexpr int unitsPerMm = 100;

/// The typefaces of the sheet. Sizes are in points of paper, for drawing in units of 1/100 mm.
class SheetFonts
{
public:
    SheetFonts();

    [[nodiscard]] QFont text(qreal points, QFont::Weight weight = QFont::Normal) const;
    /// Fixed width; every letter and digit has a shape of its own.
    [[nodiscard]] QFont code(qreal points, QFont::Weight weight = QFont::Normal) const;

private:
    QString m_text;
    QString m_code;
};

/// Whether all letters and digits of the family are there and no two are drawn alike.
[[nodiscard]] bool hasDistinctGlyphs(const QString &family);

} // namespace Sparekey
