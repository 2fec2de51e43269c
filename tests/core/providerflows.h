// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/flow.h"

namespace Sparekey {

/// The methods of an account and of an organization, with a password and without.
[[nodiscard]] std::vector<Flow> providerFlows();

} // namespace Sparekey
