// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/items/qrcodeitem.h"

#include "core/qr/qrmatrix.h"

#include <QPainter>

#include <cmath>

namespace Sparekey {

namespace {

// A screen does not wear like paper: less error correction gives larger, more readable modules.
Result<QrMatrix> matrixOf(const SecretText &secret)
{
    return QrMatrix::encode(secret.text().view(), QrErrorLevel::Medium);
}

} // namespace

QrCodeItem::QrCodeItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
}

void QrCodeItem::setSecret(SecretText *secret)
{
    if (m_secret == secret)
        return;
    if (m_secret)
        m_secret->disconnect(this);
    m_secret = secret;
    if (m_secret)
        connect(m_secret, &SecretText::changed, this, &QrCodeItem::refresh);
    refresh();
    Q_EMIT secretChanged();
}

void QrCodeItem::refresh()
{
    const bool failed = m_secret && !m_secret->isEmpty() && !matrixOf(*m_secret);
    if (failed != m_failed) {
        m_failed = failed;
        Q_EMIT failedChanged();
    }
    update();
}

void QrCodeItem::paint(QPainter *painter)
{
    if (!m_secret || m_secret->isEmpty())
        return;
    const auto matrix = matrixOf(*m_secret);
    if (!matrix)
        return;
    painter->fillRect(boundingRect(), Qt::white);
    const int modules = matrix->size() + 2 * QrMatrix::quietZone;
    const qreal side = std::min(width(), height());
    // Whole pixels, so that no module is wider than its neighbors.
    const qreal module = std::max(1.0, std::floor(side / modules));
    const qreal margin = (side - module * matrix->size()) / 2;
    const QPointF origin(std::floor((width() - side) / 2 + margin),
                         std::floor((height() - side) / 2 + margin));
    for (int row = 0; row < matrix->size(); ++row) {
        for (int column = 0; column < matrix->size(); ++column) {
            if (matrix->isDark(row, column)) {
                painter->fillRect(QRectF(origin + QPointF(column, row) * module,
                                         QSizeF(module, module)),
                                  Qt::black);
            }
        }
    }
}

} // namespace Sparekey
