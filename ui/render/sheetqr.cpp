// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetqr.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

constexpr qreal leastSide = 25;
constexpr qreal leastModule = 0.5;

int modulesOf(const QrMatrix &matrix)
{
    return matrix.size() + 2 * QrMatrix::quietZone;
}

} // namespace

Result<SheetQr> SheetQr::make(QByteArrayView content, qreal widest)
{
    for (const QrErrorLevel level : {QrErrorLevel::Quartile, QrErrorLevel::Medium}) {
        Result<QrMatrix> matrix = QrMatrix::encode(content, level);
        if (matrix && modulesOf(*matrix) * leastModule <= widest)
            return SheetQr(std::move(*matrix), widest);
    }
    Result<QrMatrix> matrix = QrMatrix::encode(content, QrErrorLevel::Low);
    if (!matrix)
        return fail(matrix.error());
    return SheetQr(std::move(*matrix), widest);
}

SheetQr::SheetQr(QrMatrix matrix, qreal widest)
    : m_matrix(std::move(matrix))
    , m_side(std::max({leastSide, widest, modulesOf(m_matrix) * leastModule}))
    , m_quiet(m_side * QrMatrix::quietZone / modulesOf(m_matrix))
{
}

void SheetQr::paint(SheetCanvas &canvas, qreal x, qreal y) const
{
    canvas.qr(x - m_quiet, y - m_quiet, m_side, m_matrix);
}

} // namespace Sparekey
