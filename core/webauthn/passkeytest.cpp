// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/passkeytest.h"

#include "core/crypto/randomoctets.h"
#include "core/webauthn/clientdata.h"

namespace Sparekey {

Result<GetAssertionRequest> passkeyTest(const PasskeyRegistration &registration,
                                        const MakeCredentialReply &made)
{
    constexpr int challengeSize = 32;
    const auto challenge = randomOctets(challengeSize);
    if (!challenge)
        return fail(challenge.error());
    return GetAssertionRequest{.clientDataJson = clientDataJson(Ceremony::Get, *challenge,
                                                                registration.origin),
                               .rpId = registration.request.rpId,
                               .allowCredentials = {made.credentialId},
                               .userVerification = UserVerification::Discouraged,
                               .verifyWith = made.publicKey};
}

} // namespace Sparekey
