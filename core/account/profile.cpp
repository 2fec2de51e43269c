// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"

#include "core/api/serveranswer.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

QCoro::Task<Result<Profile>> fetchProfile(std::shared_ptr<Session> session)
{
    const auto answer = co_await session->get(u"accounts/profile"_s);
    if (!answer)
        co_return fail(answer.error());
    co_return profileFrom(*answer);
}

Result<Profile> profileFrom(const HttpAnswer &answer)
{
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    if (fields->text(u"email").isEmpty()) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    return Profile{
        .name = fields->text(u"name"),
        .email = fields->text(u"email"),
        .premium = fields->boolean(u"premium").value_or(false)
            || fields->boolean(u"premiumFromOrganization").value_or(false),
    };
}

QCoro::Task<Result<void>> verifyPassword(std::shared_ptr<Session> session, SecureBuffer password)
{
    const auto hash = co_await session->passwordHash(std::move(password));
    if (!hash)
        co_return fail(hash.error());
    SecretJson body;
    body.add("masterPasswordHash", *hash);
    const auto answer = co_await session->post(u"accounts/verify-password"_s, body.take());
    if (!answer)
        co_return fail(answer.error());
    if (answer->isSuccess())
        co_return Result<void>();
    Error error = errorFrom(*answer);
    if (error.status == 400 && error.kind == ErrorKind::Refused)
        error.kind = ErrorKind::WrongSecret;
    co_return fail(error);
}

} // namespace Sparekey
