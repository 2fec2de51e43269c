// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/passkeytest.h"

#include "core/crypto/cryptolibraries.h"
#include "core/webauthn/clientdata.h"

namespace Sparekey {

Result<GetAssertionRequest> passkeyTest(const PasskeyRegistration &registration,
                                        const MakeCredentialReply &made)
{
    constexpr int ChallengeSize = 32;
    QByteArray challenge(ChallengeSize, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(challenge.data()), ChallengeSize) != 1)
        return fail(ErrorKind::Cryptography);
    return GetAssertionRequest{.clientDataJson = clientDataJson(Ceremony::Get, challenge,
                                                                registration.origin),
                               .rpId = registration.request.rpId,
                               .allowCredentials = {made.credentialId},
                               .userVerification = UserVerification::Discouraged,
                               .verifyWith = made.publicKey};
}

} // namespace Sparekey
