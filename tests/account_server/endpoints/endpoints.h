// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

/// One function per file of this folder; each adds the routes of one concept. The paths have the
/// self-hosted layout: the API below `/api`, the identity service below `/identity`.
namespace Sparekey::Endpoints {

void addServerInfo(Router &router, ServerState &state);    ///< config, alive, version
void addPrelogin(Router &router, ServerState &state);      ///< accounts/prelogin
void addConnectToken(Router &router, ServerState &state);  ///< connect/token
void addSignInCodes(Router &router, ServerState &state);   ///< codes by email, old recovery
void addAccount(Router &router, ServerState &state);       ///< profile, verify-password, …
void addSync(Router &router, ServerState &state);          ///< sync
void addTwoFactorList(Router &router, ServerState &state); ///< GET two-factor
void addRecoveryCode(Router &router, ServerState &state);  ///< two-factor/get-recover

} // namespace Sparekey::Endpoints
