// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/signin.h"

#include <functional>
#include <memory>

namespace Sparekey {

/// The personal API key of an account, as the web vault shows it.
struct ApiKey
{
    QString clientId; ///< `user.` and a GUID
    SecureBuffer clientSecret;
};

/// What is needed to sign in with it.
struct ApiKeyRequest
{
    Environment environment;
    std::shared_ptr<const ApiKey> key;
    ClientDevice device;
    /// The user has agreed to exactly these weak settings.
    std::optional<KdfSettings> acceptedKdf = {};
    /// The settings of the last successful sign-in with the account of that email, to notice a
    /// downgrade. A function, because only the server tells whose key it is.
    std::function<std::optional<KdfSettings>(const QString &email)> knownKdf = {};
};

/// Signs in with the personal API key. For accounts without a master password on servers that let
/// such a session manage two-step login (Vaultwarden); official servers let it read only the
/// profile. Gives `SignedIn`, or `WeakKdf`: the sign-in needs no hash, but later requests of the
/// session do. `WrongCredentials` if the key is wrong. The session ends with its first access
/// token, because it cannot be refreshed. GUI thread.
[[nodiscard]] QCoro::Task<Result<SignInOutcome>>
signInWithApiKey(ApiKeyRequest request, std::shared_ptr<HttpTransport> transport);

} // namespace Sparekey
