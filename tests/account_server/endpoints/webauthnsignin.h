// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/endpoints/endpoints.h"

namespace Sparekey::Endpoints {

/// The rules for the host that the client used: real servers have one configured address, this one
/// accepts any host name. Both schemes are allowed, because it listens on both.
[[nodiscard]] PasskeyRules passkeyRulesFor(const HttpRequest &request, const ServerState &state);

/// The details of provider 7 in the challenge at sign-in. Invalidates the previous
/// challenge.
[[nodiscard]] QJsonObject passkeyChallenge(const ServerState &state, const HttpRequest &request,
                                           Account &account);

/// Verifies a `twoFactorToken`. Always consumes the challenge.
/// @return why it is refused, or nothing.
[[nodiscard]] std::optional<QString> refusePasskey(const ServerState &state,
                                                   const HttpRequest &request, Account &account,
                                                   const QString &token);

} // namespace Sparekey::Endpoints
