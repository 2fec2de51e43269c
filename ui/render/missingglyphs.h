// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

/// The Debian package with a font for the letters of `text` that no installed font has; empty if a
/// sheet can show all of them. Checks the glyphs that Qt would draw, including those of fallback
/// fonts. Needs a QGuiApplication.
[[nodiscard]] QString missingFontPackage(const QString &text);

} // namespace Sparekey
