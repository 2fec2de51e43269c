// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// The content is centered on the paper; this size fits A4 and Letter with margins of 15 mm.
inline constexpr qreal sheetWidth = 180;  ///< mm
inline constexpr qreal sheetHeight = 248; ///< mm

/// In points. Everything that the user needs in an emergency has this size if there is space.
inline constexpr qreal sheetBody = 11;
/// For the sheet id, dates and captions.
inline constexpr qreal sheetSmall = 9;

} // namespace Sparekey
