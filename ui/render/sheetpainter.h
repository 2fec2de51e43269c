// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/sheet/sheet.h"

#include <QSizeF>

class QPainter;

namespace Sparekey {

/// In millimeters.
[[nodiscard]] QSizeF paperSizeMm(PaperSize paper);

/// How many pages one copy of the sheet has. Needs a QGuiApplication; on any thread that may paint.
/// Error: `CodeTooLong` if the secret does not fit into a QR code.
[[nodiscard]] Result<int> pagesOf(const Sheet &sheet);

/// Paints one page of one copy of a sheet. Used for the preview, PDFs and the printer, so that all
/// three look the same.
///
/// The content is centered on the paper, 180 mm wide and 248 mm high, so it fits A4 and Letter with
/// margins of 15 mm. Black only. Font families are looked up by name (Inter, JetBrains Mono).
/// Missing ones are replaced; the font of the code has distinct shapes for 0 and O, 1, I and L.
///
/// Names and addresses are never cut: long ones get more lines and smaller letters.
///
/// `painter` has its origin at the upper left corner of the paper; `dotsPerMm` is the resolution
/// of its device; `copy` and `page` count from 0, `page` up to `pagesOf`. Needs a QGuiApplication;
/// on any thread that may paint. Qt keeps glyph positions while it paints; this code keeps no text
/// of the secret. Error: `CodeTooLong` if the secret does not fit into a QR code.
[[nodiscard]] Result<void> paintSheet(QPainter &painter, const Sheet &sheet, int copy, int page,
                                      qreal dotsPerMm);

} // namespace Sparekey
