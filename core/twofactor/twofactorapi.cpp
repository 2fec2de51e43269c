// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/twofactorapi.h"

#include "core/api/serveranswer.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

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
    // Any JSON object would read as "nothing is on", the most dangerous of wrong answers.
    if (fields->value(u"data").isUndefined()) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }

    ProviderStates states;
    const auto list = fields->array(u"data");
    for (const QJsonValue &entry : list) {
        const JsonFields provider(entry.toObject());
        const auto type = providerType(provider.number(u"type").value_or(-1));
        if (type)
            states.insert(*type, provider.boolean(u"enabled").value_or(false));
    }
    return states;
}

QCoro::Task<Result<SecureBuffer>> fetchRecoveryCode(std::shared_ptr<Session> session,
                                                    SecureBuffer password)
{
    auto hash = co_await session->passwordHash(std::move(password));
    if (!hash)
        co_return fail(hash.error());
    SecretJson body;
    body.add("masterPasswordHash", *hash);
    // The name that one documented generation of the API uses for the same proof.
    body.add("secret", *hash);
    const auto answer = co_await session->post(u"two-factor/get-recover"_s, body.take());
    if (!answer)
        co_return fail(answer.error());
    co_return recoveryCodeFrom(*answer);
}

Result<SecureBuffer> recoveryCodeFrom(const HttpAnswer &answer)
{
    if (answer.status == 400) {
        Error error = errorFrom(answer);
        error.kind = ErrorKind::WrongSecret;
        return fail(error);
    }
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    if (fields->value(u"code").isUndefined() && fields->value(u"object").isUndefined()) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    return fields->secret(u"code");
}

} // namespace Sparekey
