// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace Sparekey {

/// What the kernel says when the network is away: no connection to `port` can be made from this
/// process, for want of a route. Programs with this file have its `connect` and `read` in place of
/// glibc's.
void loseNetworkAtConnect(quint16 port);
/// The same, once, when the answer to a request is to be read, which has arrived then.
void loseNetworkAtAnswer(quint16 port);
/// The network is back. @return false if nobody has missed it.
bool restoreNetwork();

} // namespace Sparekey
