// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/sheet/sheet.h"

#include <QSizeF>

class QPainter;

namespace Sparekey {

/// In millimetres.
[[nodiscard]] QSizeF paperSizeMm(PaperSize paper);

/// Paints one copy of a sheet: the only painter, for preview, PDF and printer alike, so that all
/// three show the same.
///
/// Everything lies in the middle of the paper, 180 mm wide and 248 mm high, and so fits A4 and
/// Letter with margins of 15 mm. Black only. Families are looked up by name (Inter, JetBrains
/// Mono) and, where they are missing, replaced by others whose 0 and O, 1, I and L differ.
///
/// Account and server are never cut: long ones get more lines and smaller letters.
///
/// `painter` has its origin at the upper left corner of the paper; `dotsPerMm` is the resolution
/// of its device; `copy` counts from 0. Needs a QGuiApplication; on any thread that may paint.
/// Qt keeps glyph positions while it paints; no text of the secret is kept by us.
/// Error: `CodeTooLong` if the secret makes no QR code.
[[nodiscard]] Result<void> paintSheet(QPainter &painter, const Sheet &sheet, int copy,
                                      qreal dotsPerMm);

} // namespace Sparekey
