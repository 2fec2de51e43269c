// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/signin.h"

#include "core/account/passwordderivation.h"

namespace Sparekey {

QCoro::Task<Result<SignInOutcome>> signIn(SignInRequest request,
                                          std::shared_ptr<HttpTransport> transport)
{
    const IdentityApi identity(transport, request.environment.identity, request.device);
    const auto prelogin = co_await identity.prelogin(defaultSalt(request.email));
    if (!prelogin)
        co_return fail(prelogin.error());

    const KdfSettings &kdf = prelogin->kdf;
    const auto verdict = judge(kdf);
    if (verdict == KdfVerdict::TooLarge)
        co_return fail({.kind = ErrorKind::KdfTooLarge, .subject = describe(kdf)});
    const bool downgraded = request.knownKdf && isWeakerThan(kdf, *request.knownKdf);
    const bool weak = verdict == KdfVerdict::Weak && request.knownKdf != kdf;
    if ((weak || downgraded) && request.acceptedKdf != kdf) {
        co_return SignInOutcome(
            WeakKdf{.kdf = kdf, .before = downgraded ? request.knownKdf : std::nullopt});
    }

    auto hash = co_await derivePasswordHash(std::move(request.password), *prelogin);
    if (!hash)
        co_return fail(hash.error());
    auto granted = co_await identity.passwordGrant(request.email, std::move(*hash));
    if (!granted)
        co_return fail(granted.error());

    if (auto *tokens = std::get_if<Tokens>(&*granted)) {
        Session::Account account{.environment = request.environment,
                                 .email = request.email.trimmed(),
                                 .prelogin = *prelogin};
        co_return SignInOutcome(std::make_shared<Session>(
            std::move(account), std::move(*tokens), transport, request.device));
    }
    if (auto *challenge = std::get_if<SecondStepChallenge>(&*granted))
        co_return SignInOutcome(std::move(*challenge));
    co_return SignInOutcome(NewDeviceChallenge{});
}

} // namespace Sparekey
