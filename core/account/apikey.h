// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"

#include <memory>

namespace Sparekey {

/// The personal API key of an account, as the web vault shows it.
struct ApiKey
{
    QString clientId; ///< `user.` and a GUID
    SecureBuffer clientSecret;
};

/// Signs in with the personal API key: for accounts without a master password on servers that
/// allow them two-step login with it (Vaultwarden); official servers show such a session only the
/// profile. `WrongCredentials` if the key is not right. The session ends with its first access
/// token. GUI thread.
[[nodiscard]] QCoro::Task<Result<std::shared_ptr<Session>>>
signInWithApiKey(Environment environment, std::shared_ptr<const ApiKey> key, ClientDevice device,
                 std::shared_ptr<HttpTransport> transport);

} // namespace Sparekey
