// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

namespace Sparekey {

/// A copy of a PDF of Qt's in which blanks are blanks. Fonts that draw blank and tabulator with one
/// glyph, such as Inter, let `QPdfWriter` (Qt 6.4 to 6.8) write the tabulator, the lower code
/// point, into the table that tells readers what a glyph means (ToUnicode, ISO 32000-2, 9.10.3).
///
/// Some milliseconds, all in memory. Error: `Cryptography` if `pdf` is no PDF or qpdf is missing.
[[nodiscard]] Result<SecureBuffer> mapBlanks(const SecureBuffer &pdf);

} // namespace Sparekey
