// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Whether the user's session has a message bus. Check this before `QDBusConnection::sessionBus`,
/// which would start its own bus if there is none.
[[nodiscard]] bool hasSessionBus();

} // namespace Sparekey
