// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/faults.h"
#include "tests/account_server/requestlog.h"
#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

namespace Sparekey {

/// What the control interface accesses: the server's state, and parts that no real server has.
struct ControlledServer
{
    ServerState &state;
    FaultPlan &faults;
    RequestLog &requests;
    /// Restores accounts, tokens, limits and settings to their state at start.
    std::function<void()> restart;
};

/// The routes that tests and the demo use to control the server. They are on a separate port, so
/// that the account server has the same paths as a real one.
///
/// - `POST /control/faults`: adds a fault, as `FaultPlan::add` parses it.
/// - `DELETE /control/faults`: removes all faults; all else stays.
/// - `GET /control/requests`: `{"requests": …}`, as `RequestLog::asJson` writes it.
/// - `POST /control/reset`: restores the state at start: no faults, no requests, nobody signed in.
/// - `POST /control/expire-tokens` `{"refresh":false,"remembered":false}`: ends all access tokens;
///   with `true` also the sessions, and the tokens for "remember this device".
/// - `GET /control/tokens`: `{"tokens":[…]}`, the valid access and refresh tokens.
/// - `GET /control/outbox`: `{"emails":[{"to":…,"subject":…,"code":…}]}`, oldest first.
/// - `POST /control/expire-codes`: all codes sent by email expire.
/// - `POST /control/expire-verifications`: all tokens issued by `get-<provider>` expire.
/// - `POST /control/yubikeys/<name>` `{"plugInAgain":false}`: touches a virtual key and returns its
///   code as `{"otp":…}`. The key of an account is named after the account's role.
/// - `POST /control/settings` `{"generation":"classic","requestsPerMinute":0,
///   "tokenLifetimeSeconds":60,"refusalDelayMilliseconds":0,"recoverySignIn":true,
///   "rotateRefreshTokens":false,"provenBySecret":true,"clockAheadSeconds":-30,"duoForAll":true,
///   "passkeyOptions":{"rpId":"bank.example"}}`: each member is optional.
/// - `GET /control/accounts/<role>`: the state of an account, with its recovery code, the three
///   codes of the authenticator that are valid now, the names of its passkeys, its personal API key
///   (`apiClientId`, `apiKey`) and the last state sent to Duo.
/// - `POST /control/accounts/<role>` `{"providers":{"0":true,"3":false,"7":null},"premium":true,
///   "masterPassword":false,"verifiesDevices":true,"recoveryCode":null}`: changes it; null removes
///   a provider or the code.
void addControl(Router &router, const ControlledServer &server);

} // namespace Sparekey
