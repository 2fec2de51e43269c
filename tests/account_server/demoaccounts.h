// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"

namespace Sparekey {

/// The accounts that exist when the server starts. Ids and most recovery codes are random.
[[nodiscard]] std::vector<Account> demoAccounts();

} // namespace Sparekey
