// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/openedprovider.h"

#include "core/twofactor/providerdetails.h"

namespace Sparekey {

Result<SharedProof> proofForChanges(const Proof &proof, const HttpAnswer &answer)
{
    auto token = verificationTokenFrom(answer);
    if (!token)
        return fail(token.error());
    auto forChanges = std::make_shared<Proof>();
    forChanges->passwordHash = proof.passwordHash.clone();
    forChanges->emailedCode = proof.emailedCode.clone();
    forChanges->emailedCodeState = proof.emailedCodeState;
    forChanges->emailNumber = proof.emailNumber;
    forChanges->token = std::move(*token);
    if (!forChanges->token.isEmpty())
        forChanges->markUsed();
    return SharedProof(std::move(forChanges));
}

} // namespace Sparekey
