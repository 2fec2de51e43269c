// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

namespace Sparekey {

/// What a result of libfido2 (fido/err.h) means: a status of the key (CTAP 2.1, 8.2), or negative
/// for the library's own. Not for success. `Canceled` stands for a key that was told to stop.
[[nodiscard]] ErrorKind keyErrorKind(int code);

} // namespace Sparekey
