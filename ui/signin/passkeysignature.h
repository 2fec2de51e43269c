// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/webauthn/passkeyassertion.h"
#include "ui/keys/keypromptviewmodel.h"

namespace Sparekey {

/// Lets one of the connected security keys, or one that is connected later, sign for a sign-in.
/// Returns the token for the server. `prompt` tells the user what the key needs; if the user stops
/// it, the error is `Canceled`. `prompt` and `keys` must outlive the task.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>>
signWithKey(KeyPromptViewModel *prompt, HardwareKeys *keys, PasskeyAssertion assertion);

} // namespace Sparekey
