// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

namespace Sparekey {

/// The error kind for a result of libfido2 (fido/err.h): a status of the key (CTAP 2.1, 8.2), or a
/// negative error of the library. Not for success. `Canceled` means that the request was canceled.
[[nodiscard]] ErrorKind keyErrorKind(int code);

} // namespace Sparekey
