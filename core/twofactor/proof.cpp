// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/proof.h"

namespace Sparekey {

bool Proof::isExpired(Clock::time_point now) const
{
    if (token.isEmpty())
        return isCodeSpent();
    return now - obtained >= Lifetime;
}

bool Proof::isCodeSpent() const
{
    return emailedCodeState && !emailedCodeState->isUnused(emailNumber);
}

void Proof::markUsed() const
{
    if (emailedCodeState)
        emailedCodeState->markUsed(emailNumber);
}

void Proof::recordFailure(const Error &error) const
{
    if (emailedCodeState)
        emailedCodeState->recordFailure(emailNumber, error);
}

SecretJson Proof::readBody() const
{
    SecretJson body;
    if (!emailedCode.isEmpty()) {
        body.add("otp", emailedCode);
    } else {
        body.add("masterPasswordHash", passwordHash);
        body.add("secret", passwordHash);
    }
    return body;
}

SecretJson Proof::requestBody() const
{
    SecretJson body = readBody();
    if (!token.isEmpty())
        body.add("userVerificationToken", token);
    return body;
}

SecretJson Proof::changeBody() const
{
    markUsed();
    return requestBody();
}

QCoro::Task<Result<SharedProof>> prove(std::shared_ptr<Session> session, SecureBuffer secret)
{
    auto proof = std::make_shared<Proof>();
    if (session->account().hasMasterPassword) {
        auto hash = co_await session->passwordHash(std::move(secret));
        if (!hash)
            co_return fail(hash.error());
        proof->passwordHash = std::move(*hash);
    } else {
        proof->emailedCode = std::move(secret);
        proof->emailedCodeState = session->emailedCode();
        proof->emailNumber = proof->emailedCodeState->number();
    }
    co_return SharedProof(std::move(proof));
}

} // namespace Sparekey
