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

/// The master-password hash that servers accept as the password. Runs on a worker thread: usually
/// takes half a second of one core, and some hundred MiB for Argon2id.
///
/// The process runs one derivation at a time; others wait. One that is `canceled` while it waits
/// ends with `Canceled`; a running one is not stopped.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>>
derivePasswordHash(SecureBuffer password, Prelogin prelogin,
                   std::shared_ptr<const std::atomic_bool> canceled = {});

} // namespace Sparekey
