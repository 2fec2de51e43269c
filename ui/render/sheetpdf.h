// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/sheet.h"

namespace Sparekey {

/// The sheet as PDF 1.6 with its fonts embedded, one page for each copy, made in memory. The
/// metadata tell nothing but the kind of sheet. Some milliseconds. Needs a QGuiApplication; on any
/// thread that may paint. Errors: `CodeTooLong`, and those of `mapBlanks`.
[[nodiscard]] Result<SecureBuffer> renderPdf(const Sheet &sheet);

} // namespace Sparekey
