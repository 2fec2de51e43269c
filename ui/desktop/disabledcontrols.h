// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Tells assistive technology of controls that are disabled. Qt Quick leaves that out (6.4 to 6.8):
/// on AT-SPI a disabled button is ENABLED, SENSITIVE and FOCUSABLE. From this call on, a disabled
/// control has an accessible interface of ours until it is enabled again.
///
/// Concerns controls that are nothing but themselves, such as buttons, check boxes and menu items.
/// To be called once, before the first window is made. GUI thread.
void tellDisabledControls();

} // namespace Sparekey
