// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/provider.h"

#include <QSet>

namespace Sparekey {

using ProviderSet = QSet<ProviderType>;

/// The providers that the server cannot do, as far as it says so. Of the servers only Vaultwarden
/// does, by what it hides in its web vault: `GET <web vault>/css/vaultwarden.css` names each as
/// `.providers-2fa-<number>` (its templates/scss/vaultwarden.scss). Where there is no web vault, it
/// shows with the first look at a provider alone. The public ones are not asked.
[[nodiscard]] QCoro::Task<Result<ProviderSet>>
fetchMissingProviders(std::shared_ptr<Session> session);

/// What the style sheet means, apart from the way it came.
[[nodiscard]] ProviderSet missingProvidersFrom(QByteArrayView styleSheet);

} // namespace Sparekey
