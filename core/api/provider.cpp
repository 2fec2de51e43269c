// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/provider.h"

namespace Sparekey {

std::optional<ProviderType> providerType(qint64 wireValue)
{
    if (wireValue < 0 || wireValue > static_cast<qint64>(ProviderType::RecoveryCode))
        return {};
    return static_cast<ProviderType>(wireValue);
}

bool needsPremium(ProviderType type)
{
    return type == ProviderType::YubicoOtp || type == ProviderType::Duo;
}

} // namespace Sparekey
