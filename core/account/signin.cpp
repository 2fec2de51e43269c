// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/signin.h"

#include "core/account/passwordderivation.h"
#include "core/api/serveranswer.h"

#include <QScopeGuard>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// For answers before there is a session: 401 does not mean an expired session here.
Result<void> doneFrom(const HttpAnswer &answer)
{
    if (answer.isSuccess())
        return {};
    Error error = errorFrom(answer);
    if (error.kind == ErrorKind::SessionExpired)
        error.kind = ErrorKind::Refused;
    return fail(error);
}

// Vaultwarden says this if the code itself is wrong. Other texts may mean that it does not know
// provider 8.
bool isAboutTheRecoveryCode(const Error &error)
{
    return error.serverText.text().startsWith("Recovery code is incorrect"_L1);
}

} // namespace

SignIn::SignIn(SignInRequest request, std::shared_ptr<HttpTransport> transport)
    : m_request(std::move(request))
    , m_transport(std::move(transport))
    , m_identity(m_transport, m_request.environment.identity, m_request.device)
{
}

QCoro::Task<Result<SignInOutcome>> SignIn::start()
{
    const auto self = shared_from_this();
    if (std::exchange(m_busy, true))
        co_return fail(ErrorKind::Canceled);
    const auto done = qScopeGuard([this] { m_busy = false; });

    const auto prelogin = co_await m_identity.prelogin(defaultSalt(m_request.email));
    if (!prelogin)
        co_return fail(prelogin.error());
    m_prelogin = *prelogin;

    const auto weak = assessKdf(m_prelogin.kdf, m_request.knownKdf, m_request.acceptedKdf);
    if (!weak)
        co_return fail(weak.error());
    if (const std::optional<WeakKdf> &toAsk = *weak)
        co_return SignInOutcome(*toAsk);

    auto hash = co_await derivePasswordHash(std::move(m_request.password), m_prelogin, m_canceled);
    if (!hash)
        co_return fail(hash.error());
    if (*m_canceled)
        co_return fail(ErrorKind::Canceled);
    m_hash = std::move(*hash);
    PasswordGrant first = grant();
    first.secondStep.type = ProviderType::Remember;
    first.secondStep.token = std::move(m_request.rememberToken);
    co_return co_await ask(std::move(first));
}

QCoro::Task<Result<SignInOutcome>> SignIn::submitSecondStep(SecondStepToken token)
{
    const auto self = shared_from_this();
    if (m_hash.isEmpty() || token.token.isEmpty() || m_busy)
        co_return fail(ErrorKind::Canceled);
    if (wasRefused(token.type, token.token))
        co_return fail(ErrorKind::WrongCode);
    m_busy = true;
    const auto done = qScopeGuard([this] { m_busy = false; });

    const ProviderType type = token.type;
    SecureBuffer code = token.token.clone();
    PasswordGrant next = grant();
    next.secondStep = std::move(token);
    auto outcome = co_await ask(std::move(next));
    recordRefused(outcome, type, std::move(code));
    co_return outcome;
}

QCoro::Task<Result<SignInOutcome>> SignIn::submitNewDeviceCode(SecureBuffer code)
{
    const auto self = shared_from_this();
    if (m_hash.isEmpty() || code.isEmpty() || m_busy)
        co_return fail(ErrorKind::Canceled);
    if (wasRefused(std::nullopt, code))
        co_return fail(ErrorKind::WrongCode);
    m_busy = true;
    const auto done = qScopeGuard([this] { m_busy = false; });

    PasswordGrant next = grant();
    next.newDeviceCode = code.clone();
    auto outcome = co_await ask(std::move(next));
    recordRefused(outcome, std::nullopt, std::move(code));
    co_return outcome;
}

QCoro::Task<Result<SignInOutcome>> SignIn::requestNewChallenge()
{
    const auto self = shared_from_this();
    if (m_hash.isEmpty() || std::exchange(m_busy, true))
        co_return fail(ErrorKind::Canceled);
    const auto done = qScopeGuard([this] { m_busy = false; });
    co_return co_await ask(grant());
}

QCoro::Task<Result<void>> SignIn::sendEmailCode()
{
    const auto self = shared_from_this();
    if (m_hash.isEmpty() || m_busy || std::exchange(m_sendingEmail, true))
        co_return fail(ErrorKind::Canceled);
    const auto done = qScopeGuard([this] { m_sendingEmail = false; });
    SecretJson body = proof();
    body.add("deviceIdentifier", m_request.device.identifier);
    co_return co_await post(u"two-factor/send-email-login"_s, body.take());
}

QCoro::Task<Result<void>> SignIn::resendNewDeviceCode()
{
    const auto self = shared_from_this();
    if (m_hash.isEmpty() || std::exchange(m_busy, true))
        co_return fail(ErrorKind::Canceled);
    const auto done = qScopeGuard([this] { m_busy = false; });
    SecretJson body = proof();
    co_return co_await post(u"accounts/resend-new-device-otp"_s, body.take());
}

QCoro::Task<Result<SignInOutcome>> SignIn::useRecoveryCode(SecureBuffer code)
{
    const auto self = shared_from_this();
    if (m_hash.isEmpty() || code.isEmpty() || m_busy)
        co_return fail(ErrorKind::Canceled);
    if (wasRefused(ProviderType::RecoveryCode, code))
        co_return fail(ErrorKind::WrongCode);
    m_busy = true;
    const auto done = qScopeGuard([this] { m_busy = false; });

    PasswordGrant next = grant();
    next.secondStep.type = ProviderType::RecoveryCode;
    next.secondStep.token = code.clone();
    auto outcome = co_await ask(std::move(next));

    // Official servers before 2025.2.1 call every recovery code wrong here; Vaultwarden before
    // 1.35.0 does not know the provider; some servers send the challenge again.
    Error before{.kind = ErrorKind::NotOffered};
    bool otherWay = outcome && std::holds_alternative<SecondStepChallenge>(*outcome);
    if (!outcome) {
        before = outcome.error();
        otherWay = before.kind == ErrorKind::WrongCode && !isAboutTheRecoveryCode(before);
    }
    // Official servers fail with 5xx for a code that has no method to turn off.
    if (!outcome && outcome.error().kind == ErrorKind::ServerFailure
        && m_offered == QList{ProviderType::OrganizationDuo})
        outcome.error().kind = ErrorKind::OrganizationDuo;
    if (otherWay)
        outcome = co_await recoverByLegacyEndpoint(code.clone(), before);
    else if (outcome)
        m_recoveryCodeUsed = true;
    if (auto *signedIn = outcome ? std::get_if<SignedIn>(&*outcome) : nullptr)
        signedIn->recoveryCodeUsed = true;
    recordRefused(outcome, ProviderType::RecoveryCode, std::move(code));
    co_return outcome;
}

QCoro::Task<Result<SignInOutcome>> SignIn::recoverByLegacyEndpoint(SecureBuffer code, Error before)
{
    SecretJson body = proof();
    body.add("recoveryCode", code);
    auto recovered = co_await post(u"two-factor/recover"_s, body.take());
    if (!recovered) {
        Error error = recovered.error();
        if (error.kind == ErrorKind::NotOffered)
            co_return fail(before);
        // This endpoint refuses only a wrong email, password or code.
        if (error.kind == ErrorKind::Refused && error.status == 400)
            error.kind = ErrorKind::WrongCode;
        co_return fail(error);
    }
    m_recoveryCodeUsed = true;
    auto outcome = co_await ask(grant());
    if (outcome && std::holds_alternative<SecondStepChallenge>(*outcome))
        co_return SignInOutcome(RecoveryWithoutEffect());
    co_return outcome;
}

void SignIn::cancel()
{
    *m_canceled = true;
    m_transport->abort();
    m_hash.clear();
    m_request.password.clear();
    m_request.rememberToken.clear();
    m_refused.clear();
}

PasswordGrant SignIn::grant() const
{
    PasswordGrant grant;
    grant.email = m_request.email;
    grant.hash = m_hash.clone();
    return grant;
}

QCoro::Task<Result<SignInOutcome>> SignIn::ask(PasswordGrant grant)
{
    auto granted = co_await m_identity.passwordGrant(std::move(grant));
    if (!granted)
        co_return fail(granted.error());
    if (auto *tokens = std::get_if<Tokens>(&*granted)) {
        Session::Account account{.environment = m_request.environment,
                                 .email = m_request.email.trimmed(),
                                 .prelogin = m_prelogin,
                                 .hasMasterPassword = tokens->hasMasterPassword};
        SignedIn signedIn;
        signedIn.rememberToken = std::move(tokens->remember);
        signedIn.recoveryCodeUsed = m_recoveryCodeUsed;
        signedIn.session = std::make_shared<Session>(std::move(account), std::move(*tokens),
                                                     m_transport, m_request.device);
        m_hash.clear();
        m_refused.clear();
        co_return SignInOutcome(std::move(signedIn));
    }
    if (auto *challenge = std::get_if<SecondStepChallenge>(&*granted)) {
        m_offered = challenge->offered;
        co_return SignInOutcome(std::move(*challenge));
    }
    co_return SignInOutcome(NewDeviceChallenge{});
}

QCoro::Task<Result<void>> SignIn::post(QString path, SecureBuffer body)
{
    auto request = apiSend(HttpMethod::Post, m_request.environment.api, path, std::move(body),
                           m_request.device);
    const auto answer = co_await m_transport->send(std::move(request));
    if (!answer)
        co_return fail(answer.error());
    co_return doneFrom(*answer);
}

SecretJson SignIn::proof() const
{
    SecretJson body;
    body.add("email", defaultSalt(m_request.email)).add("masterPasswordHash", m_hash);
    return body;
}

bool SignIn::wasRefused(std::optional<ProviderType> type, const SecureBuffer &code) const
{
    return std::ranges::any_of(m_refused, [&](const RefusedCode &refused) {
        return refused.type == type && refused.code.equals(code.view());
    });
}

void SignIn::recordRefused(const Result<SignInOutcome> &outcome, std::optional<ProviderType> type,
                           SecureBuffer code)
{
    if (!outcome && outcome.error().kind == ErrorKind::WrongCode)
        m_refused.push_back({type, std::move(code)});
}

} // namespace Sparekey
