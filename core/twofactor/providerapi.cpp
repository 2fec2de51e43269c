// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerapi.h"

#include "core/api/serveranswer.h"
#include "core/twofactor/providererrors.h"

#include <algorithm>

namespace Sparekey {

ProviderApi::ProviderApi(std::shared_ptr<Session> session)
    : ProviderReader(std::move(session), {})
{
}

ProviderApi::ProviderApi(std::shared_ptr<Session> session, const QString &organizationId)
    : ProviderReader(std::move(session), organizationId)
{
}

ProviderApi::~ProviderApi() = default;

std::shared_ptr<ProviderApi> ProviderApi::self()
{
    return std::static_pointer_cast<ProviderApi>(shared_from_this());
}

// The functions that send and read back are named before they are passed on: g++ 12 destroys the
// captures of a lambda within a `co_await` expression twice.

QCoro::Task<Result<void>> ProviderApi::turnOnAuthenticator(SharedProof proof, SecureBuffer key,
                                                           QString code)
{
    const auto self = this->self();
    const auto kept = std::make_shared<const SecureBuffer>(std::move(key));
    Send send = [self, proof, kept, code] {
        return self->m_requests.turnOnAuthenticator(*proof, *kept, code);
    };
    ReadBack isDone = [self, proof] {
        return self->isInState(proof, ProviderType::Authenticator, true);
    };
    co_return co_await change(proof, ProviderType::Authenticator, std::move(send),
                              std::move(isDone));
}

QCoro::Task<Result<void>> ProviderApi::sendEmailCode(SharedProof proof, QString address)
{
    const auto self = this->self();
    Send send = [self, proof, address] {
        return self->m_requests.sendEmailCode(*proof, address);
    };
    const auto answer = co_await sendProven(proof, ProviderType::Email, std::move(send));
    if (!answer)
        co_return fail(answer.error());
    // A fresh token would not help.
    if (isTokenOutdated(*answer))
        co_return fail(ErrorKind::AddressNotChangeable);
    if (!answer->isSuccess())
        co_return fail(writeErrorFrom(*answer));
    // Success has no body here; a page does not come from an account server.
    if (!answer->body.isEmpty() && !JsonFields::parse(answer->body)) {
        co_return fail({.kind = ErrorKind::NotAnAccountServer,
                        .subject = answer->host,
                        .status = answer->status});
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::turnOnEmail(SharedProof proof, QString address, QString code)
{
    const auto self = this->self();
    Send send = [self, proof, address, code] {
        return self->m_requests.turnOnEmail(*proof, address, code);
    };
    ReadBack isDone = [self, proof, address] {
        return self->isEmailSetTo(proof, address);
    };
    co_return co_await change(proof, ProviderType::Email, std::move(send), std::move(isDone));
}

QCoro::Task<Result<void>> ProviderApi::turnOnDuo(SharedProof proof,
                                                 std::shared_ptr<const DuoSettings> settings)
{
    const auto self = this->self();
    Send send = [self, proof, settings] {
        return self->m_requests.turnOnDuo(*proof, *settings);
    };
    ReadBack isDone = [self, proof, settings] {
        return self->isDuoSetTo(proof, settings);
    };
    const auto done = co_await change(proof, ProviderType::Duo, std::move(send), std::move(isDone));
    if (!done)
        co_return fail(duoErrorFrom(done.error()));
    co_return Result<void>();
}

QCoro::Task<Result<YubicoOtpDetails>>
ProviderApi::writeYubicoOtp(SharedProof proof, YubicoOtpDetails::Keys keys, bool nfc)
{
    const auto self = this->self();
    m_yubicoOtp.beginChange();
    Send send = [self, proof, keys, nfc] {
        return self->m_requests.writeYubicoOtp(*proof, keys, nfc);
    };
    const auto answer = co_await sendProven(proof, ProviderType::YubicoOtp, std::move(send));
    auto problem = problemOf(answer);
    if (!problem) {
        const auto details = yubicoOtpFrom(*answer);
        if (details) {
            co_await m_yubicoOtp.recordChange(proof, *details);
            co_return *details;
        }
        problem = details.error();
    }
    const auto now = std::make_shared<YubicoOtpDetails>();
    ReadBack isDone = [self, proof, keys, nfc, now]() {
        return self->isYubicoOtpSetTo(proof, keys, nfc, now);
    };
    const auto done = co_await settle(*problem, std::move(isDone));
    if (!done)
        co_return fail(done.error());
    co_return *now;
}

QCoro::Task<Result<PasskeyRegistration>> ProviderApi::beginPasskey(SharedProof proof)
{
    const auto self = this->self();
    // Official servers store the challenge in the account, which changes the revision date.
    const bool follows = m_passkeys.isOf(proof);
    if (follows)
        co_await m_passkeys.forgetIfChanged();
    Send send = [self, proof] {
        return self->m_requests.beginPasskey(*proof);
    };
    const auto answer = co_await sendProven(proof, ProviderType::Passkey, std::move(send));
    if (follows)
        co_await m_passkeys.recordChange(proof, m_passkeys.details());
    if (!answer)
        co_return fail(answer.error());
    if (!answer->isSuccess())
        co_return fail(writeErrorFrom(*answer));
    const auto fields = jsonFrom(*answer);
    if (!fields)
        co_return fail(fields.error());
    co_return passkeyRegistrationFrom(*fields, session()->account().environment.webVault);
}

QCoro::Task<Result<PasskeyDetails>> ProviderApi::addPasskey(SharedProof proof, PasskeyDetails known,
                                                            Passkey key, QJsonObject response)
{
    const auto self = this->self();
    m_passkeys.beginChange();
    Send send = [self, proof, key, response] {
        return self->m_requests.addPasskey(*proof, key, response);
    };
    ReadBack isDone = [self, proof, key] {
        return self->isPasskeyThere(proof, key);
    };
    const auto done = co_await change(proof, ProviderType::Passkey, std::move(send),
                                      std::move(isDone));
    if (!done) {
        co_return fail(
            passkeyErrorFrom(done.error(), session()->account().environment.webVault.host()));
    }
    known.enabled = true;
    known.keys.append(key);
    co_await m_passkeys.recordChange(proof, known);
    // An emailed code may not allow another look.
    const auto now = co_await m_passkeys.now(proof);
    co_return now ? *now : known;
}

QCoro::Task<Result<void>> ProviderApi::removePasskey(SharedProof proof, qint64 id,
                                                     PasskeyDetails known)
{
    const auto self = this->self();
    const bool others = std::any_of(known.keys.cbegin(), known.keys.cend(),
                                    [id](const Passkey &key) { return key.id != id; });
    if (!others)
        co_return co_await turnOff(proof, ProviderType::Passkey);
    m_passkeys.beginChange();
    Send send = [self, proof, id] {
        return self->m_requests.removePasskey(*proof, id);
    };
    ReadBack isDone = [self, proof, id] {
        return self->isPasskeyGone(proof, id);
    };
    const auto done = co_await change(proof, ProviderType::Passkey, std::move(send),
                                      std::move(isDone));
    if (!done)
        co_return fail(done.error());
    PasskeyDetails after = m_passkeys.details();
    after.keys.removeIf([id](const Passkey &key) { return key.id == id; });
    co_await m_passkeys.recordChange(proof, std::move(after));
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::turnOff(SharedProof proof, ProviderType type,
                                               SecureBuffer setupKey)
{
    const auto self = this->self();
    const auto kept = std::make_shared<const SecureBuffer>(std::move(setupKey));
    Send send = [self, proof, type, kept] {
        return self->m_requests.turnOff(proof, type, kept);
    };
    ReadBack isDone = [self, proof, type] {
        return self->isInState(proof, type, false);
    };
    co_return co_await change(proof, type, std::move(send), std::move(isDone));
}

QCoro::Task<Result<HttpAnswer>> ProviderApi::sendProven(SharedProof proof, ProviderType type,
                                                        Send send)
{
    const auto self = this->self();
    if (proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    auto answer = co_await send();
    // A look would use up an emailed code, and creates a new setup key for an authenticator that is
    // off.
    if (!answer || !isTokenOutdated(*answer) || proof->passwordHash.isEmpty()
        || type == ProviderType::Authenticator)
        co_return answer;
    const auto looked = co_await m_requests.readDetails(type, *proof);
    if (!looked || !looked->isSuccess())
        co_return answer;
    auto token = verificationTokenFrom(*looked);
    if (!token || token->isEmpty())
        co_return answer;
    proof->token = std::move(*token);
    co_return co_await send();
}

QCoro::Task<Result<void>> ProviderApi::change(SharedProof proof, ProviderType type, Send send,
                                              ReadBack isDone)
{
    const auto self = this->self();
    const auto answer = co_await sendProven(proof, type, std::move(send));
    if (const auto problem = problemOf(answer))
        co_return co_await settle(*problem, std::move(isDone));
    co_return Result<void>();
}

QCoro::Task<Result<void>> ProviderApi::settle(Error error, ReadBack isDone)
{
    const auto self = this->self();
    if (!isOutcomeUnknown(error))
        co_return fail(error);
    const auto done = co_await isDone();
    if (!done) {
        const auto kind = done.error().kind;
        if (kind == ErrorKind::Canceled || kind == ErrorKind::SessionExpired)
            co_return fail(done.error());
        co_return fail({.kind = ErrorKind::OutcomeUnknown,
                        .subject = session()->account().environment.api.host()});
    }
    if (*done)
        co_return Result<void>();
    error.nothingChanged = true;
    co_return fail(error);
}

} // namespace Sparekey
