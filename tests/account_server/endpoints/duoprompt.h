// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

namespace Sparekey::Endpoints {

/// The address where a browser confirms with Duo, in the format of Duo's own library: the signed
/// request contains the state. Creates a new state. @p client is the client's name in the redirect
/// address.
[[nodiscard]] QString duoAuthUrl(const ServerState &state, Provider &duo, const QString &client);

/// The code that the simulated Duo returns for a state.
[[nodiscard]] QString duoCode(const QString &duoState);

/// Simulates Duo, whose address the tests replace with this server's, and the web vault's page that
/// Duo redirects the browser to:
/// - `GET /oauth/v1/authorize`: the user confirms at once; 302 to the redirect address of the
///   request with `code` and `state`, or 400 for a request that Duo would refuse.
/// - `GET /duo-redirect-connector.html`: a page whose address contains the answer.
void addDuoPrompt(Router &router, ServerState &state);

} // namespace Sparekey::Endpoints
