// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/items/ring.h"

#include <QPainter>

namespace Sparekey {

Ring::Ring(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

void Ring::setPart(qreal part)
{
    part = qBound(0.0, part, 1.0);
    if (part == m_part)
        return;
    m_part = part;
    refresh();
}

void Ring::setColor(const QColor &color)
{
    if (color == m_color)
        return;
    m_color = color;
    refresh();
}

void Ring::setTrackColor(const QColor &color)
{
    if (color == m_trackColor)
        return;
    m_trackColor = color;
    refresh();
}

void Ring::refresh()
{
    update();
    Q_EMIT changed();
}

void Ring::paint(QPainter *painter)
{
    constexpr qreal thickness = 3;
    constexpr int whole = 360 * 16;
    const qreal side = std::min(width(), height()) - thickness;
    const QRectF circle((width() - side) / 2, (height() - side) / 2, side, side);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_trackColor, thickness));
    painter->drawEllipse(circle);
    painter->setPen(QPen(m_color, thickness, Qt::SolidLine, Qt::RoundCap));
    // Qt's angles are counter-clockwise, so the remaining part ends at the top.
    painter->drawArc(circle, 90 * 16, qRound(whole * m_part));
}

} // namespace Sparekey
