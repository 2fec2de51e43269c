// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// Simulates a lost network: connections from this process to `port` fail with `EHOSTUNREACH`.
/// Programs that link this file use its `connect` and `read` instead of glibc's.
void loseNetworkAtConnect(quint16 port);
/// Makes the next read of an answer from `port` fail; the server has received the request.
void loseNetworkAtAnswer(quint16 port);
/// Ends the simulation. @return false if no call failed because of it.
bool restoreNetwork();

} // namespace Sparekey
