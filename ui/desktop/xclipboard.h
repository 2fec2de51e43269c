// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/clipboardreader.h"

namespace Sparekey {

/// The clipboard of the X server that DISPLAY names, over a connection of its own. Blocks for at
/// most five seconds: not for the GUI thread.
[[nodiscard]] ClipboardContent readXClipboard(qsizetype largest);

} // namespace Sparekey
