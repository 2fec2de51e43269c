// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"

#include <QString>

namespace Sparekey {

/// "Authenticator app" and the like, as the Two-step login page calls them.
[[nodiscard]] QString providerName(ProviderType type);
[[nodiscard]] QString providerDescription(ProviderType type);
/// The name of its icon in `ui/items`.
[[nodiscard]] QString providerIcon(ProviderType type);

} // namespace Sparekey
