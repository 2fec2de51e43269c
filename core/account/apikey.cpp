// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/apikey.h"

#include "core/account/profile.h"

namespace Sparekey {

QCoro::Task<Result<std::shared_ptr<Session>>>
signInWithApiKey(Environment environment, std::shared_ptr<const ApiKey> key, ClientDevice device,
                 std::shared_ptr<HttpTransport> transport)
{
    const IdentityApi identity(transport, environment.identity, device);
    auto tokens = co_await identity.apiKeyGrant(key->clientId, key->clientSecret.clone());
    if (!tokens)
        co_return fail(tokens.error());

    // Whose key it is, only the profile says.
    Session::Account account{.environment = environment,
                             .email = {},
                             .prelogin = {},
                             .hasMasterPassword = tokens->hasMasterPassword,
                             .byApiKey = true};
    Tokens forProfile;
    forProfile.access = tokens->access.clone();
    const auto nameless = std::make_shared<Session>(account, std::move(forProfile), transport,
                                                    device);
    const auto profile = co_await fetchProfile(nameless);
    if (!profile)
        co_return fail(profile.error());
    account.email = profile->email;

    if (account.hasMasterPassword) {
        auto prelogin = co_await identity.prelogin(defaultSalt(account.email));
        if (!prelogin)
            co_return fail(prelogin.error());
        const KdfSettings &kdf = prelogin->kdf;
        if (judge(kdf) == KdfVerdict::TooLarge)
            co_return fail({.kind = ErrorKind::KdfTooLarge, .subject = describe(kdf)});
        account.prelogin = std::move(*prelogin);
    }
    co_return std::make_shared<Session>(std::move(account), std::move(*tokens), transport, device);
}

} // namespace Sparekey
