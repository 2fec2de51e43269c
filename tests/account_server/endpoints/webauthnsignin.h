// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/endpoints/endpoints.h"

namespace Sparekey::Endpoints {

/// The site as the client reached it: real servers have one configured address, this one answers
/// to the name that was asked for. Both schemes count, as it listens to both.
[[nodiscard]] PasskeyRules passkeyRulesFor(const HttpRequest &request, const ServerState &state);

/// The details of provider 7 in the challenge at sign-in. A challenge that was made before is
/// void.
[[nodiscard]] QJsonObject passkeyChallenge(const ServerState &state, const HttpRequest &request,
                                           Account &account);

/// Judges a `twoFactorToken`. The challenge is used up, whatever comes of it.
/// @return why it is refused, or nothing.
[[nodiscard]] std::optional<QString> refusePasskey(const ServerState &state,
                                                   const HttpRequest &request, Account &account,
                                                   const QString &token);

} // namespace Sparekey::Endpoints
