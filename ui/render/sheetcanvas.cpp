// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetcanvas.h"

#include "core/qr/qrmatrix.h"
#include "core/secret/securebuffer.h"

#include <QFontMetricsF>
#include <QPen>
#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace Sparekey {

namespace {

constexpr qreal units(qreal mm)
{
    return mm * unitsPerMm;
}

QRectF units(const QRectF &mm)
{
    return {units(mm.x()), units(mm.y()), units(mm.width()), units(mm.height())};
}

} // namespace

SheetCanvas::SheetCanvas(QPainter &painter, const SheetFonts &fonts)
    : m_painter(painter)
    , m_fonts(fonts)
{
}

void SheetCanvas::line(qreal x1, qreal y1, qreal x2, qreal y2, qreal width, Qt::PenStyle style)
{
    QPen pen(Qt::black, units(width), style, Qt::FlatCap);
    if (style == Qt::CustomDashLine)
        pen.setDashPattern({8, 6});
    m_painter.setPen(pen);
    m_painter.drawLine(QPointF(units(x1), units(y1)), QPointF(units(x2), units(y2)));
}

void SheetCanvas::box(const QRectF &mm, qreal width, qreal radius)
{
    m_painter.setPen(QPen(Qt::black, units(width), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(units(mm), units(radius), units(radius));
}

void SheetCanvas::fill(const QRectF &mm)
{
    m_painter.fillRect(units(mm), Qt::black);
}

qreal SheetCanvas::text(qreal x, qreal y, const QString &text, const QFont &font,
                        Qt::Alignment alignment)
{
    const qreal width = widthOf(text, font);
    const qreal left = alignment == Qt::AlignRight ? x - width
        : alignment == Qt::AlignHCenter            ? x - width / 2
                                                   : x;
    m_painter.setFont(font);
    m_painter.setPen(Qt::black);
    m_painter.drawText(QPointF(units(left), units(y)), text);
    return width;
}

qreal SheetCanvas::paragraph(qreal x, qreal y, qreal width, const QString &text, const QFont &font)
{
    return wrapped(x, y, width, text, font, QTextOption::WrapAtWordBoundaryOrAnywhere, true);
}

qreal SheetCanvas::address(qreal x, qreal y, qreal width, const QString &text, const QFont &font)
{
    return wrapped(x, y, width, text, font, QTextOption::WrapAnywhere, true);
}

qreal SheetCanvas::heightOfParagraph(qreal width, const QString &text, const QFont &font)
{
    return wrapped(0, 0, width, text, font, QTextOption::WrapAtWordBoundaryOrAnywhere, false);
}

qreal SheetCanvas::heightOfAddress(qreal width, const QString &text, const QFont &font)
{
    return wrapped(0, 0, width, text, font, QTextOption::WrapAnywhere, false);
}

qreal SheetCanvas::widthOf(const QString &text, const QFont &font) const
{
    return QFontMetricsF(font).horizontalAdvance(text) / unitsPerMm;
}

qreal SheetCanvas::code(qreal x, qreal y, QByteArrayView utf8, const QFont &font, qreal pitch)
{
    m_painter.setFont(font);
    m_painter.setPen(Qt::black);
    return codeCharacters(x, y, utf8, font, pitch, true);
}

qreal SheetCanvas::widthOfCode(QByteArrayView utf8, const QFont &font, qreal pitch)
{
    return codeCharacters(0, 0, utf8, font, pitch, false);
}

qreal SheetCanvas::codeCharacters(qreal x, qreal y, QByteArrayView utf8, const QFont &font,
                                  qreal pitch, bool draw)
{
    QString text = QString::fromUtf8(utf8);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype begin = 0;
    qreal at = x;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        QString character = text.sliced(begin, end - begin);
        if (draw)
            m_painter.drawText(QPointF(units(at), units(y)), character);
        // Latin letters of a monospaced font are never wider than a pitch.
        const bool isLatin = character.size() == 1 && character.front() < QChar(0x100);
        const qreal pitches = isLatin ? 1 : std::ceil(widthOf(character, font) / pitch - 0.05);
        wipe(character);
        begin = end;
        at += pitch * std::max(1.0, pitches);
    }
    finder = QTextBoundaryFinder();
    wipe(text);
    return at - x;
}

qreal SheetCanvas::dateBlank(qreal x, qreal y)
{
    constexpr qreal gap = 2.4;
    const qreal begin = x;
    for (const qreal width : {9.0, 5.6, 5.6}) {
        if (x > begin) {
            line(x + 0.7, y - 1.2, x + gap - 0.7, y - 1.2, rule);
            x += gap;
        }
        line(x, y, x + width, y, rule);
        x += width;
    }
    return x - begin;
}

void SheetCanvas::qr(qreal x, qreal y, qreal side, const QrMatrix &matrix)
{
    const qreal module = side / (matrix.size() + 2 * QrMatrix::quietZone);
    const auto edge = [&](int index) {
        return (index + QrMatrix::quietZone) * module;
    };
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(Qt::black);
    for (int row = 0; row < matrix.size(); ++row) {
        // A run of dark modules is one rectangle, so that no viewer shows seams in it.
        for (int column = 0; column < matrix.size(); ++column) {
            const int begin = column;
            while (column < matrix.size() && matrix.isDark(row, column))
                ++column;
            if (column == begin)
                continue;
            m_painter.drawRect(
                units(QRectF(x + edge(begin), y + edge(row), (column - begin) * module, module)));
        }
    }
    m_painter.setBrush(Qt::NoBrush);
}

qreal SheetCanvas::wrapped(qreal x, qreal y, qreal width, const QString &text, const QFont &font,
                           QTextOption::WrapMode mode, bool draw)
{
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(mode);
    option.setUseDesignMetrics(true);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    const qreal pitch = font.pixelSize() * 1.36;
    const QFontMetricsF metrics(font);
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine next = layout.createLine(); next.isValid(); next = layout.createLine()) {
        next.setLineWidth(units(width));
        next.setPosition(QPointF(0, height + (pitch - metrics.height()) / 2));
        height += pitch;
    }
    layout.endLayout();
    if (draw) {
        m_painter.setPen(Qt::black);
        layout.draw(&m_painter, QPointF(units(x), units(y)));
    }
    return height / unitsPerMm;
}

} // namespace Sparekey
