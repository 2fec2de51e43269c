// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QQmlEngine;

namespace Sparekey {

class AppViewModel;

/// From now on, whenever the window changes to another place (at a lock, after signing out), what
/// the previous one has left in memory is overwritten: strings that QML has not collected yet, and
/// the unused stack of the GUI thread. `app` and `engine` must outlive the application's event
/// loop.
void wipeLeftovers(AppViewModel &app, QQmlEngine &engine);

} // namespace Sparekey
