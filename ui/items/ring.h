// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// A ring that shows the remaining part of a whole and empties clockwise. GUI thread only.
class Ring : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    /// The remaining part, 0 to 1.
    Q_PROPERTY(qreal part READ part WRITE setPart NOTIFY changed FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY changed FINAL)
    /// Color of the full circle, drawn below the remaining part.
    Q_PROPERTY(QColor trackColor READ trackColor WRITE setTrackColor NOTIFY changed FINAL)

public:
    explicit Ring(QQuickItem *parent = nullptr);

    [[nodiscard]] qreal part() const { return m_part; }
    void setPart(qreal part);
    [[nodiscard]] QColor color() const { return m_color; }
    void setColor(const QColor &color);
    [[nodiscard]] QColor trackColor() const { return m_trackColor; }
    void setTrackColor(const QColor &color);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void changed();

private:
    void refresh();

    qreal m_part = 1;
    QColor m_color = Qt::black;
    QColor m_trackColor = Qt::lightGray;
};

} // namespace Sparekey
