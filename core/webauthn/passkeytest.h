// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/result.h"
#include "core/webauthn/passkeyregistration.h"

namespace Sparekey {

/// A sign-in with the credential that `registration` has made, which is judged on this computer: no
/// server takes part. The challenge is ours, 32 random bytes; site and origin are those of the
/// registration; only the new credential is asked for, without user verification if the key allows
/// that; and the answer has to verify with the public key that came with the credential. Whatever
/// the key answers is of no use to anybody afterwards. `Cryptography` if the system has no random
/// numbers.
[[nodiscard]] Result<GetAssertionRequest> passkeyTest(const PasskeyRegistration &registration,
                                                      const MakeCredentialReply &made);

} // namespace Sparekey
