// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

namespace Sparekey {

/// A copy of a PDF from Qt in which spaces are read as spaces. Some fonts, such as Inter, draw
/// space and tab with the same glyph. For it `QPdfWriter` (Qt 6.4 to 6.8) writes the tab, the lower
/// code point, into the table that maps glyphs to text (ToUnicode, ISO 32000-2, 9.10.3).
///
/// Takes some milliseconds, all in memory. Error: `Cryptography` if `pdf` is not a PDF or qpdf is
/// missing.
[[nodiscard]] Result<SecureBuffer> mapSpaces(const SecureBuffer &pdf);

} // namespace Sparekey
