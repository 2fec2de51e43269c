// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

#include <optional>

namespace Sparekey::Endpoints {

using SignedInHandler = std::function<Answer(const HttpRequest &, Account &)>;

/// Wraps a handler that any signed-in client may call; without a good token the answer is 401.
[[nodiscard]] Router::Handler signedIn(ServerState &state, SignedInHandler handler);

/// As `signedIn`, and the official server lets only the client `web` in: the token of another
/// client gets a 403 with an empty body. All of `/two-factor` is behind this rule. Vaultwarden has
/// no such rule.
[[nodiscard]] Router::Handler signedInAsWeb(ServerState &state, SignedInHandler handler);

/// What a proof is for. A mailed code survives looking, so that it is still good for the change:
/// the newest official generation uses it up and gives a token instead, the one before takes any
/// code for looking.
enum class ProofFor {
    Looking,
    Changing,
};

/// Checks the proof in the body of an act that asks for the master password: the member
/// `masterPasswordHash`, or `otp` where the account has no master password. A member `secret` is
/// ignored, as by the real servers.
/// @return the refusal, or nothing if the proof is right.
[[nodiscard]] std::optional<Answer> refuseUnproven(ServerState &state, Account &account,
                                                   const QJsonObject &body,
                                                   ProofFor use = ProofFor::Changing);

} // namespace Sparekey::Endpoints
