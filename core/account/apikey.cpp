// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/apikey.h"

#include "core/account/profile.h"

namespace Sparekey {

QCoro::Task<Result<SignInOutcome>> signInWithApiKey(ApiKeyRequest request,
                                                    std::shared_ptr<HttpTransport> transport)
{
    const IdentityApi identity(transport, request.environment.identity, request.device);
    auto tokens = co_await identity.apiKeyGrant(request.key->clientId,
                                                request.key->clientSecret.clone());
    if (!tokens)
        co_return fail(tokens.error());

    // Only the profile says whose key it is.
    Session::Account account{.environment = request.environment,
                             .email = {},
                             .prelogin = {},
                             .hasMasterPassword = tokens->hasMasterPassword,
                             .byApiKey = true};
    Tokens forProfile;
    forProfile.access = tokens->access.clone();
    const auto nameless = std::make_shared<Session>(account, std::move(forProfile), transport,
                                                    request.device);
    const auto profile = co_await fetchProfile(nameless);
    if (!profile)
        co_return fail(profile.error());
    account.email = profile->email;

    if (account.hasMasterPassword) {
        auto prelogin = co_await identity.prelogin(defaultSalt(account.email));
        if (!prelogin)
            co_return fail(prelogin.error());
        const auto known = request.knownKdf ? request.knownKdf(account.email) : std::nullopt;
        const auto weak = assessKdf(prelogin->kdf, known, request.acceptedKdf);
        if (!weak)
            co_return fail(weak.error());
        if (const std::optional<WeakKdf> &toAsk = *weak)
            co_return SignInOutcome(*toAsk);
        account.prelogin = std::move(*prelogin);
    }
    SignedIn signedIn;
    signedIn.session = std::make_shared<Session>(std::move(account), std::move(*tokens), transport,
                                                 request.device);
    co_return SignInOutcome(std::move(signedIn));
}

} // namespace Sparekey
