// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/sheet.h"

#include <span>

namespace Sparekey {

/// Renders the sheet in memory as PDF 1.6 with embedded fonts, copy after copy, each page by page.
/// The metadata contains only the kind of sheet. Takes a few milliseconds. Needs a QGuiApplication;
/// on any thread that may paint. Errors: `CodeTooLong`, and those of `mapSpaces`.
[[nodiscard]] Result<SecureBuffer> renderPdf(const Sheet &sheet);

/// The same for several sheets, one after the other, each on paper of its own size. There must be
/// one.
[[nodiscard]] Result<SecureBuffer> renderPdf(std::span<const Sheet> sheets);

} // namespace Sparekey
