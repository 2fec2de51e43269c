// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>

namespace Sparekey {

/// Resolution of the drawing. Font sizes are whole pixels, so a pixel is only 1/100 mm.
inline constexpr int unitsPerMm = 100;

/// The typefaces of the sheet. Sizes are in points of paper, for drawing in units of 1/100 mm.
class SheetFonts
{
public:
    SheetFonts();

    [[nodiscard]] QFont text(qreal points, QFont::Weight weight = QFont::Normal) const;
    /// Monospaced; every letter and digit has a distinct shape.
    [[nodiscard]] QFont code(qreal points, QFont::Weight weight = QFont::Normal) const;

private:
    QString m_text;
    QString m_code;
};

/// Whether the family has all ASCII letters and digits, and no two of them look the same.
[[nodiscard]] bool hasDistinctGlyphs(const QString &family);

} // namespace Sparekey
