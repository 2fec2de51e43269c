// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/webauthn/passkeyassertion.h"
#include "ui/keys/keypromptviewmodel.h"

namespace Sparekey {

/// Has one of the security keys that are there, or that come, sign for a sign-in, and gives what
/// the server wants for it. `prompt` tells the user what the key wants, and gives up with
/// `Canceled`. Both must outlive the task.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>>
signWithKey(KeyPromptViewModel *prompt, HardwareKeys *keys, PasskeyAssertion assertion);

} // namespace Sparekey
