// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// There is a message bus of the user's session. To be asked before `QDBusConnection::sessionBus`,
/// which would start a bus of its own where there is none.
[[nodiscard]] bool hasSessionBus();

} // namespace Sparekey
