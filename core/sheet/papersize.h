// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// The paper sizes that a sheet is laid out for.
enum class PaperSize {
    A4,     ///< 210 × 297 mm
    Letter, ///< 215.9 × 279.4 mm
};

} // namespace Sparekey
