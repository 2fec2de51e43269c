// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/serverstate.h"

namespace Sparekey::Endpoints {

/// For `MailedCodes`: whose code it is and what for.
[[nodiscard]] QString emailStepPurpose(const Account &account);
[[nodiscard]] QString newDevicePurpose(const Account &account);
[[nodiscard]] QString verificationPurpose(const Account &account);

/// What Vaultwarden says about a code that does not prove.
[[nodiscard]] QString codeRefusal(const ServerState &state, const Account &account);

void mailNewDeviceCode(ServerState &state, const Account &account);

} // namespace Sparekey::Endpoints
