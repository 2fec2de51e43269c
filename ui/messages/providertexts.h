// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"

#include <QString>

namespace Sparekey {

/// The name on the Two-step login page, such as "Authenticator app".
[[nodiscard]] QString providerName(ProviderType type);
[[nodiscard]] QString providerDescription(ProviderType type);
/// The icon's name for `Icon`.
[[nodiscard]] QString providerIcon(ProviderType type);

} // namespace Sparekey
