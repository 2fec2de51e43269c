// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/identityapi.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <atomic>
#include <memory>

namespace Sparekey {

/// The master-password hash that servers take for a password. Runs on a worker thread: half a
/// second of one core is usual, and some hundred MiB for Argon2id.
///
/// In the whole process one derivation runs at a time, and the next waits for it. One that is
/// `canceled` while it waits is not begun, and ends with `Canceled`; one that runs is not stopped.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>>
derivePasswordHash(SecureBuffer password, Prelogin prelogin,
                   std::shared_ptr<const std::atomic_bool> canceled = {});

} // namespace Sparekey
