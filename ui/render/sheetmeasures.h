// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// Every sheet lies in the middle of its paper; this fits A4 and Letter with margins of 15 mm.
inline constexpr qreal sheetWidth = 180;  ///< mm
inline constexpr qreal sheetHeight = 248; ///< mm

/// In points. Whatever is needed in an emergency has this size, if there is room.
inline constexpr qreal sheetBody = 11;
/// Sheet number, dates and captions.
inline constexpr qreal sheetSmall = 9;

} // namespace Sparekey
