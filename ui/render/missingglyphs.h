// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

/// The Debian package with a font for letters of `text` that no font of this computer has; empty if
/// a sheet can show all of them. Asks Qt for the glyphs that it would draw, other fonts included.
/// Needs a QGuiApplication.
[[nodiscard]] QString missingFontPackage(const QString &text);

} // namespace Sparekey
