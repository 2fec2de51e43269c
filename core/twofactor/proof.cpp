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
    return mails && !mails->isUnused(mail);
}

void Proof::noteUsed() const
{
    if (mails)
        mails->noteUsed(mail);
}

void Proof::noteFailure(const Error &error) const
{
    if (mails)
        mails->noteFailure(mail, error);
}

SecretJson Proof::readingBody() const
{
    SecretJson body;
    if (!mailedCode.isEmpty()) {
        body.add("otp", mailedCode);
    } else {
        body.add("masterPasswordHash", passwordHash);
        body.add("secret", passwordHash);
    }
    return body;
}

SecretJson Proof::askingBody() const
{
    SecretJson body = readingBody();
    if (!token.isEmpty())
        body.add("userVerificationToken", token);
    return body;
}

SecretJson Proof::body() const
{
    noteUsed();
    return askingBody();
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
        proof->mailedCode = std::move(secret);
        proof->mails = session->mailedCode();
        proof->mail = proof->mails->number();
    }
    co_return SharedProof(std::move(proof));
}

} // namespace Sparekey
