// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/render/sheetpainter.h"
#include "ui/render/sheetpdf.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QStringList>

namespace Sparekey {

/// How tests look at painted sheets.
namespace SheetProbe {

/// What the program writes; "did not run" if it does not end by itself.
inline QByteArray run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(30000) || process.exitStatus() != QProcess::NormalExit)
        return "did not run";
    return process.readAllStandardOutput();
}

/// Writes the sheet as PDF; false if it cannot be rendered or written.
inline bool writePdf(const Sheet &sheet, const QString &path)
{
    const auto pdf = renderPdf(sheet);
    QFile file(path);
    return pdf && file.open(QIODevice::WriteOnly)
        && file.write(pdf->view().data(), pdf->size()) == pdf->size();
}

/// A page of the first copy as a screen shows it.
inline Result<QImage> renderImage(const Sheet &sheet, qreal dotsPerInch, int page = 0)
{
    const qreal dotsPerMm = dotsPerInch / 25.4;
    const QSizeF size = paperSizeMm(sheet.options.paper) * dotsPerMm;
    QImage image(qRound(size.width()), qRound(size.height()), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    if (const Result<void> painted = paintSheet(painter, sheet, 0, page, dotsPerMm); !painted)
        return fail(painted.error());
    return image;
}

/// What lies between the outermost dark pixels, in millimeters.
inline QRectF inkOf(const QImage &image, qreal dotsPerInch)
{
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qGray(image.pixel(x, y)) < 128)
                ink |= QRect(x, y, 1, 1);
        }
    }
    const qreal mm = 25.4 / dotsPerInch;
    return {ink.x() * mm, ink.y() * mm, ink.width() * mm, ink.height() * mm};
}

/// The part of the paper that A4 and Letter have in common, in millimeters.
inline QRectF commonArea(PaperSize paperSize)
{
    const QSizeF paper = paperSizeMm(paperSize);
    return {(paper.width() - 180) / 2 - 0.6, (paper.height() - 250) / 2, 181.2, 250};
}

} // namespace SheetProbe

} // namespace Sparekey
