// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/provider.h"

#include <QSet>

namespace Sparekey {

using ProviderSet = QSet<ProviderType>;

/// The providers that the server does not support, as far as it tells. Only Vaultwarden does, by
/// what it hides in its web vault: `GET <web vault>/css/vaultwarden.css` names each as
/// `.providers-2fa-<number>` (its templates/scss/vaultwarden.scss). Without a web vault, only the
/// first look at a provider shows it. The official cloud servers are not asked.
[[nodiscard]] QCoro::Task<Result<ProviderSet>>
fetchUnsupportedProviders(std::shared_ptr<Session> session);

/// Parses the style sheet.
[[nodiscard]] ProviderSet unsupportedProvidersFrom(QByteArrayView styleSheet);

} // namespace Sparekey
