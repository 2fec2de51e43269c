// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/serverstate.h"

namespace Sparekey::Endpoints {

/// Purposes for `EmailedCodes`: the account and the use of a code.
[[nodiscard]] QString emailStepPurpose(const Account &account);
[[nodiscard]] QString newDevicePurpose(const Account &account);
[[nodiscard]] QString verificationPurpose(const Account &account);

/// Vaultwarden's text for a wrong or expired code.
[[nodiscard]] QString codeRefusal(const ServerState &state, const Account &account);

void emailNewDeviceCode(ServerState &state, const Account &account);

} // namespace Sparekey::Endpoints
