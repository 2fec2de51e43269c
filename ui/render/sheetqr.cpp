// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetqr.h"

#include "ui/render/sheetmeasures.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

constexpr qreal leastSide = 25;
constexpr qreal leastModule = 0.5;
constexpr qreal captionGap = 1;

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

std::optional<SheetQr> SheetQr::ofAddress(const QString &address)
{
    if (address.isEmpty())
        return std::nullopt;
    auto qr = make(address.toUtf8(), ofPage);
    if (!qr || qr->side() > ofPage)
        return std::nullopt;
    return std::move(*qr);
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

qreal SheetQr::paintWithCaption(SheetCanvas &canvas, qreal x, qreal y, const QString &caption) const
{
    paint(canvas, x, y);
    const qreal top = y + dark() + captionGap;
    return top + canvas.paragraph(x, top, dark(), caption, canvas.fonts().text(sheetSmall));
}

qreal SheetQr::heightWithCaption(SheetCanvas &canvas, const QString &caption) const
{
    return dark() + captionGap
        + canvas.heightOfParagraph(dark(), caption, canvas.fonts().text(sheetSmall));
}

} // namespace Sparekey
