// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/recognitionrequest.h"

#include "core/crypto/randomoctets.h"
#include "core/webauthn/clientdata.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

Result<MakeCredentialRequest> recognitionRequest(const QList<KnownCredential> &recognize)
{
    constexpr int size = 32;
    const auto challenge = randomOctets(size);
    const auto user = randomOctets(size);
    if (!challenge || !user)
        return fail(ErrorKind::Cryptography);
    const auto site = u"inventory.sparekey.invalid"_s;
    MakeCredentialRequest request;
    request.clientDataJson = clientDataJson(Ceremony::Create, *challenge, "https://"_L1 + site);
    request.rpId = site;
    request.rpName = u"Sparekey"_s;
    request.userId = *user;
    request.userName = u"Inventory"_s;
    request.userDisplayName = u"Inventory"_s;
    request.algorithms = {static_cast<int>(CoseAlgorithm::Es256),
                          static_cast<int>(CoseAlgorithm::EdDsa),
                          static_cast<int>(CoseAlgorithm::Rs256)};
    request.recognize = recognize;
    return request;
}

} // namespace Sparekey
