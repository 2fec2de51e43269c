// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Makes this process hard to look into: no core dumps, no attaching by other programs of the
/// same user, and new files readable by their owner only. Call first in `main`.
void hardenProcess();

} // namespace Sparekey
