// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/faults.h"
#include "tests/account_server/requestlog.h"
#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

namespace Sparekey {

/// What the control interface works on: the state of the server, and what is no part of a server.
struct ControlledServer
{
    ServerState &state;
    FaultPlan &faults;
    RequestLog &requests;
    /// Puts accounts, tokens, limits and settings back to what they were at start.
    std::function<void()> restart;
};

/// The routes by which a test or the demo steers the server. They are answered on a port of their
/// own, so that the account server's own paths stay as those of a real one.
///
/// - `POST /control/faults`: one more fault, as `FaultPlan::add` reads it.
/// - `DELETE /control/faults`: no fault any more; all else stays.
/// - `GET /control/requests`: `{"requests": …}`, as `RequestLog::asJson` writes it.
/// - `POST /control/reset`: all as at start; no faults, no requests seen, nobody signed in.
/// - `POST /control/expire-tokens` `{"refresh":false,"remembered":false}`: access tokens end, with
///   `true` the sessions, and what was given for "remember this device".
/// - `GET /control/tokens`: `{"tokens":[…]}`, the access and refresh tokens that are good.
/// - `GET /control/outbox`: `{"mails":[{"to":…,"subject":…,"code":…}]}`, oldest first.
/// - `POST /control/expire-codes`: codes that were mailed have had their time.
/// - `POST /control/expire-verifications`: so have the tokens that `get-<provider>` gave.
/// - `POST /control/yubikeys/<name>` `{"plugInAgain":false}`: touches a virtual key, whose code is
///   `{"otp":…}`. The key of an account has the account's role for a name.
/// - `POST /control/settings` `{"generation":"classic","requestsPerMinute":0,
///   "tokenLifetimeSeconds":60,"refusalDelayMilliseconds":0,"recoverySignIn":true,
///   "rotateRefreshTokens":false,"provenBySecret":true,"clockAheadSeconds":-30,"duoForAll":true,
///   "passkeyOptions":{"rpId":"bank.example"}}`: each may be left out.
/// - `GET /control/accounts/<role>`: the state of an account, with its recovery code, the three
///   codes of the authenticator that are good now, the names of its passkeys, its personal API key
///   (`apiClientId`, `apiKey`) and what Duo was last told.
/// - `POST /control/accounts/<role>` `{"providers":{"0":true,"3":false,"7":null},"premium":true,
///   "masterPassword":false,"verifiesDevices":true,"recoveryCode":null}`: changes it; null takes a
///   provider, or the code, away.
void addControl(Router &router, const ControlledServer &server);

} // namespace Sparekey
