// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>

#include <optional>

namespace Sparekey {

/// A provider of two-step login. The values are those of the protocol (`GET /two-factor`,
/// `TwoFactorProviders2`).
enum class ProviderType {
    Authenticator = 0,
    Email = 1,
    Duo = 2,
    YubicoOtp = 3,
    U2f = 4, ///< obsolete; replaced by Passkey
    Remember = 5,
    OrganizationDuo = 6,
    Passkey = 7,
    RecoveryCode = 8,
};

/// Nothing for numbers that this version does not know.
[[nodiscard]] std::optional<ProviderType> providerType(qint64 wireValue);

/// Official servers require premium for it.
[[nodiscard]] bool needsPremium(ProviderType type);

} // namespace Sparekey
