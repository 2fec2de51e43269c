// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/render/sheetsource.h"

#include <QString>

namespace Sparekey {

/// What to do if no font has all letters of a code or a name on sheets with these options; empty if
/// one has.
[[nodiscard]] QString fontWarning(const SheetSource &source, const SheetOptions &options);

} // namespace Sparekey
