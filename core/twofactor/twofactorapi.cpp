// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/twofactorapi.h"

#include "core/api/serveranswer.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// In bytes. Servers make 32 characters; a sheet has room for 128.
constexpr qsizetype longestCode = 1024;

} // namespace

QCoro::Task<Result<ProviderStates>> fetchProviderStates(std::shared_ptr<Session> session)
{
    const auto answer = co_await session->get(u"two-factor"_s);
    if (!answer)
        co_return fail(answer.error());
    co_return providerStatesFrom(*answer);
}

Result<ProviderStates> providerStatesFrom(const HttpAnswer &answer)
{
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    // An unexpected answer must not be read as "nothing is on", the most dangerous mistake.
    const auto odd = fail(
        {.kind = ErrorKind::NotAnAccountServer, .subject = answer.host, .status = answer.status});
    const auto data = fields->value(u"data");
    if (!data.isArray() && !data.isNull())
        return odd;

    ProviderStates states;
    const auto list = data.toArray();
    for (const QJsonValue &entry : list) {
        const JsonFields provider(entry.toObject());
        const auto number = provider.number(u"type");
        const auto enabled = provider.boolean(u"enabled");
        if (!number || !enabled)
            return odd;
        if (const auto type = providerType(*number))
            states.insert(*type, *enabled);
    }
    return states;
}

QCoro::Task<Result<ProviderStates>> fetchOrganizationStates(std::shared_ptr<Session> session,
                                                            QString organizationId)
{
    const auto answer = co_await session->get(u"organizations/%1/two-factor"_s.arg(organizationId));
    if (!answer)
        co_return fail(answer.error());
    co_return providerStatesFrom(*answer);
}

QCoro::Task<Result<SecureBuffer>> fetchRecoveryCode(std::shared_ptr<Session> session,
                                                    SecureBuffer secret)
{
    auto proof = co_await prove(session, std::move(secret));
    if (!proof)
        co_return fail(proof.error());
    co_return co_await fetchRecoveryCodeWithProof(session, std::move(*proof));
}

QCoro::Task<Result<SecureBuffer>> fetchRecoveryCodeWithProof(std::shared_ptr<Session> session,
                                                             SharedProof proof)
{
    // The newest servers require more than the token of a method, which may be all that is left.
    if (proof->isCodeSpent())
        co_return fail(ErrorKind::ProofExpired);
    const auto answer = co_await session->post(u"two-factor/get-recover"_s,
                                               proof->requestBody().take());
    auto code = answer ? recoveryCodeFrom(*answer) : fail(answer.error());
    if (code)
        proof->markUsed();
    else
        proof->recordFailure(code.error());
    co_return code;
}

Result<SecureBuffer> recoveryCodeFrom(const HttpAnswer &answer)
{
    if (answer.status == 400) {
        Error error = errorFrom(answer);
        if (error.kind == ErrorKind::Refused)
            error.kind = ErrorKind::WrongSecret;
        return fail(error);
    }
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    const auto code = fields->value(u"code");
    const bool none = code.isNull()
        || (code.isUndefined() && fields->text(u"object") == "twoFactorRecover"_L1);
    if (!code.isString() && !none) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    SecureBuffer sent = fields->secret(u"code");
    if (sent.size() > longestCode) {
        return fail(
            {.kind = ErrorKind::AnswerTooLarge, .subject = answer.host, .status = answer.status});
    }
    return sent;
}

} // namespace Sparekey
