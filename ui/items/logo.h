// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The logo, as in the program's icon. Not an Image, because that loads all image plugins of Qt to
/// find the one for SVG. Decorative. GUI thread only.
class Logo : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    /// Edge length in logical pixels.
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY sizeChanged FINAL)

public:
    explicit Logo(QQuickItem *parent = nullptr);

    [[nodiscard]] int size() const { return m_size; }
    void setSize(int size);

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void sizeChanged();

private:
    int m_size = 40;
};

} // namespace Sparekey
