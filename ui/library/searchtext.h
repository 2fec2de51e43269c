// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

/// `text` for a search that ignores case, accents and the width of letters: "Crédit" and "CREDIT"
/// give the same.
[[nodiscard]] QString foldedForSearch(const QString &text);

} // namespace Sparekey
