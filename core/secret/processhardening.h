// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Makes this process hard to inspect: no core dumps, no attaching by other programs of the same
/// user, and new files readable by their owner only. Writing beyond the file size limit is an error
/// (`EFBIG`) instead of ending the process. Call first in `main`.
void hardenProcess();

} // namespace Sparekey
