// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/environment/environment.h"
#include "core/http/httptransport.h"

#include <memory>

namespace Sparekey {

/// Which server answers at an address, from the anonymous `GET <api>/config`.
struct ServerConfig
{
    // Sanitized and truncated: the server may send anything.
    /// "Vaultwarden", for example; empty for official servers, which do not send it.
    QString product;
    /// The release of the protocol ("2026.8.0"); empty if unknown.
    QString version;
};

/// Parses the answer.
[[nodiscard]] Result<ServerConfig> serverConfigFrom(const Result<HttpAnswer> &answer);

/// Fails with `NotAnAccountServer` if something else answers. Servers older than the endpoint (404
/// without a page) give an empty result if `identity` answers a prelogin, which all servers have.
/// Without this check, a wrong path on an account server would look the same. No device identifier
/// is sent.
[[nodiscard]] QCoro::Task<Result<ServerConfig>>
fetchServerConfig(std::shared_ptr<HttpTransport> transport, QUrl api, QUrl identity);

} // namespace Sparekey
