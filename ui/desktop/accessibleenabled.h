// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Lets screen readers know which items are disabled. Qt Quick 6.4 reports disabled controls as
/// enabled and focusable, and has no property for it in QML; Qt Quick 6.8 reports them as disabled,
/// but still offers their actions.
///
/// Call once, before the first window is created. GUI thread.
void installAccessibleEnabledState();

} // namespace Sparekey
