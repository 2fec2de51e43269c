// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/result.h"
#include "core/webauthn/passkeyregistration.h"

namespace Sparekey {

/// A test sign-in with the credential that `registration` has made. It is verified on this
/// computer, without a server. The challenge is 32 random bytes; relying party and origin are those
/// of the registration. Only the new credential is allowed, without user verification if the key
/// permits that, and the response has to verify with its public key. No server accepts the
/// response, because the challenge is our own. `Cryptography` if the system has no random numbers.
[[nodiscard]] Result<GetAssertionRequest> passkeyTest(const PasskeyRegistration &registration,
                                                      const MakeCredentialReply &made);

} // namespace Sparekey
