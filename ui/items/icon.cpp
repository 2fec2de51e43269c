// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/items/icon.h"

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QtMath>

namespace Sparekey {

using namespace Qt::StringLiterals;

Icon::Icon(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setImplicitSize(m_size, m_size);
}

void Icon::setName(const QString &name)
{
    if (m_name == name)
        return;
    m_name = name;
    update();
    Q_EMIT nameChanged();
}

void Icon::setColor(const QColor &color)
{
    if (m_color == color)
        return;
    m_color = color;
    update();
    Q_EMIT colorChanged();
}

void Icon::setSize(int size)
{
    if (m_size == size)
        return;
    m_size = size;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void Icon::paint(QPainter *painter)
{
    if (m_name.isEmpty() || width() <= 0 || height() <= 0)
        return;
    QSvgRenderer drawing(u":/icons/%1.svg"_s.arg(m_name));
    if (!drawing.isValid())
        return;
    // The SVG is black. Only its shape is used; the color comes from the theme.
    const qreal scale = painter->deviceTransform().m11() * painter->device()->devicePixelRatioF();
    QImage shape(qCeil(width() * scale), qCeil(height() * scale),
                 QImage::Format_ARGB32_Premultiplied);
    shape.fill(Qt::transparent);
    QPainter tint(&shape);
    tint.setRenderHint(QPainter::Antialiasing);
    drawing.render(&tint, QRectF(0, 0, width() * scale, height() * scale));
    tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
    tint.fillRect(shape.rect(), m_color);
    tint.end();
    painter->drawImage(QRectF(0, 0, shape.width() / scale, shape.height() / scale), shape);
}

} // namespace Sparekey
