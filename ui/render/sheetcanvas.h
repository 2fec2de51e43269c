// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/render/sheetfonts.h"

#include <QByteArrayView>
#include <QPainter>
#include <QRectF>
#include <QTextOption>

namespace Sparekey {

class QrMatrix;

/// Draws the elements of a sheet: lines, boxes, texts, characters of a code, QR codes. Black only.
/// Units are millimeters from the upper left corner of the content. For text, `y` is the baseline
/// of a single line, or the top of a paragraph. The text direction is always left to right.
class SheetCanvas
{
public:
    static constexpr qreal hairline = 0.2;
    static constexpr qreal rule = 0.3;
    static constexpr qreal heavyRule = 0.9;
    static constexpr qreal dateWidth = 25; ///< Of `dateBlank`.

    /// Both must outlive this object.
    SheetCanvas(QPainter &painter, const SheetFonts &fonts);

    [[nodiscard]] const SheetFonts &fonts() const { return m_fonts; }

    void line(qreal x1, qreal y1, qreal x2, qreal y2, qreal width,
              Qt::PenStyle style = Qt::SolidLine);
    void box(const QRectF &mm, qreal width, qreal radius = 0);
    void fill(const QRectF &mm);

    /// One line; returns its width.
    qreal text(qreal x, qreal y, const QString &text, const QFont &font,
               Qt::Alignment alignment = Qt::AlignLeft);
    /// Wrapped at word boundaries; returns the height.
    qreal paragraph(qreal x, qreal y, qreal width, const QString &text, const QFont &font);
    /// Wrapped at any character, not at hyphens: after a hyphen at the end of a line, it would be
    /// unclear whether it is part of the address. Returns the height.
    qreal address(qreal x, qreal y, qreal width, const QString &text, const QFont &font);
    [[nodiscard]] qreal heightOfParagraph(qreal width, const QString &text, const QFont &font);
    [[nodiscard]] qreal heightOfAddress(qreal width, const QString &text, const QFont &font);
    [[nodiscard]] qreal widthOf(const QString &text, const QFont &font) const;

    /// Draws the characters of the code one by one, `pitch` apart, so that no font can form
    /// ligatures. Wide letters take several pitches. Wipes its temporary strings. Returns the
    /// width.
    qreal code(qreal x, qreal y, QByteArrayView utf8, const QFont &font, qreal pitch);

    [[nodiscard]] qreal widthOfCode(QByteArrayView utf8, const QFont &font, qreal pitch);

    /// "____-__-__", wide enough for handwriting; `y` is the baseline. Returns the width.
    qreal dateBlank(qreal x, qreal y);

    /// The matrix with its quiet zone in a square of `side`.
    void qr(qreal x, qreal y, qreal side, const QrMatrix &matrix);

private:
    qreal codeCharacters(qreal x, qreal y, QByteArrayView utf8, const QFont &font, qreal pitch,
                         bool draw);
    qreal wrapped(qreal x, qreal y, qreal width, const QString &text, const QFont &font,
                  QTextOption::WrapMode mode, bool draw);

    QPainter &m_painter;
    const SheetFonts &m_fonts;
};

} // namespace Sparekey
