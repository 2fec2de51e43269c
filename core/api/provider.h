// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>

#include <optional>

namespace Sparekey {

/// A way to give the second step. The values are the wire's
/// (`GET /two-factor`, `TwoFactorProviders2`).
enum class ProviderType {
    Authenticator = 0,
    Email = 1,
    Duo = 2,
    YubicoOtp = 3,
    U2f = 4, ///< dead; replaced by Passkey
    Remember = 5,
    OrganizationDuo = 6,
    Passkey = 7,
    RecoveryCode = 8,
};

/// Nothing for numbers that this version does not know.
[[nodiscard]] std::optional<ProviderType> providerType(qint64 wireValue);

/// Official servers want premium for these two.
[[nodiscard]] bool needsPremium(ProviderType type);

} // namespace Sparekey
