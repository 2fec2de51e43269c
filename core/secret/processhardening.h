// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Sparekey {

/// Makes this process hard to look into: no core dumps, no attaching by other programs of the
/// same user, and new files readable by their owner only. A file over the size limit becomes an
/// error of the write (`EFBIG`) instead of ending the process. Call first in `main`.
void hardenProcess();

} // namespace Sparekey
