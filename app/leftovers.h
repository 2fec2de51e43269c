// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QQmlEngine;

namespace Sparekey {

class AppViewModel;

/// From now on, whenever the window shows another place (at a lock, after signing out), what the
/// last one has left in memory is overwritten: strings that QML has not collected yet, and the
/// unused stack of the GUI thread. Both must outlive the application's event loop.
void wipeLeftovers(AppViewModel &app, QQmlEngine &engine);

} // namespace Sparekey
