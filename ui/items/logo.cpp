// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/items/logo.h"

#include <QPainter>
#include <QSvgRenderer>

namespace Sparekey {

using namespace Qt::StringLiterals;

Logo::Logo(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setImplicitSize(m_size, m_size);
}

void Logo::setSize(int size)
{
    if (m_size == size)
        return;
    m_size = size;
    setImplicitSize(size, size);
    update();
    Q_EMIT sizeChanged();
}

void Logo::paint(QPainter *painter)
{
    QSvgRenderer drawing(u":/app/sparekey.svg"_s);
    painter->setRenderHint(QPainter::Antialiasing);
    drawing.render(painter, QRectF(0, 0, width(), height()));
}

} // namespace Sparekey
