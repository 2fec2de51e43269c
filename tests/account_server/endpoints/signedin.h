// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

#include <optional>

namespace Sparekey::Endpoints {

using SignedInHandler = std::function<Answer(const HttpRequest &, Account &)>;

/// Wraps a handler that any signed-in client may call; without a valid token the answer is 401.
[[nodiscard]] Router::Handler signedIn(ServerState &state, SignedInHandler handler);

/// Like `signedIn`, but the official server accepts only the client `web`: the token of another
/// client gets a 403 with an empty body. This rule protects all of `/two-factor`. Vaultwarden has
/// no such rule.
[[nodiscard]] Router::Handler signedInAsWeb(ServerState &state, SignedInHandler handler);

/// The purpose of a proof. On Vaultwarden, `Looking` does not consume a code sent by email, so that
/// it is still valid for the change. The newest official generation consumes it and issues a token
/// instead; `Middle` accepts any code for `Looking`.
enum class ProofFor {
    Looking,
    Changing,
};

/// Checks the proof in the body of a request: `masterPasswordHash`, or `otp` if the account has no
/// master password. With the setting `provenBySecret`, the hash is in `secret` instead.
/// @return the refusal, or nothing if the proof is right.
[[nodiscard]] std::optional<Answer> refuseUnproven(ServerState &state, Account &account,
                                                   const QJsonObject &body,
                                                   ProofFor use = ProofFor::Changing);

} // namespace Sparekey::Endpoints
