// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/identityapi.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

namespace Sparekey {

/// The master-password hash that servers take for a password. Runs in Qt's thread pool: half a
/// second of one core is usual, and some hundred MiB for Argon2id.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>> derivePasswordHash(SecureBuffer password,
                                                                   Prelogin prelogin);

} // namespace Sparekey
