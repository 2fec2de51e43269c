// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/environment/environment.h"
#include "core/http/httptransport.h"

#include <memory>

namespace Sparekey {

/// Who answers at an address, from the anonymous `GET <api>/config`.
struct ServerConfig
{
    // Cleaned and cut: the server may send anything.
    /// "Vaultwarden" and the like; empty for official servers, which do not say.
    QString product;
    /// The release of the protocol ("2026.8.0"); empty if unknown.
    QString version;
};

/// What the answer means, apart from the way it came.
[[nodiscard]] Result<ServerConfig> serverConfigFrom(const Result<HttpAnswer> &answer);

/// Fails with `NotAnAccountServer` if something else answers. Servers older than the endpoint
/// (404 without a page) pass with nothing known about them, if `identity` answers a prelogin, which
/// all have: a wrong path on a right server looks the same otherwise. The server is not told who
/// asks.
[[nodiscard]] QCoro::Task<Result<ServerConfig>>
fetchServerConfig(std::shared_ptr<HttpTransport> transport, QUrl api, QUrl identity);

} // namespace Sparekey
