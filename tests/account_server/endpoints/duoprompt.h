// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

namespace Sparekey::Endpoints {

/// Where a browser is sent to confirm with Duo: as Duo's own library writes it, the state within
/// the signed request. Makes the state anew. @p client is the client's name as it goes into the
/// redirect address.
[[nodiscard]] QString duoAuthUrl(const ServerState &state, Provider &duo, const QString &client);

/// The code that Duo gives for a state.
[[nodiscard]] QString duoCode(const QString &duoState);

/// Stands in for Duo, whose address the tests exchange for ours, and for the web vault's page to
/// which it sends the browser back:
/// - `GET /oauth/v1/authorize`: the person confirms at once; 302 to the redirect address of the
///   request with `code` and `state`, or 400 for a request that Duo would not take.
/// - `GET /duo-redirect-connector.html`: a page whose address has the answer.
void addDuoPrompt(Router &router, ServerState &state);

} // namespace Sparekey::Endpoints
