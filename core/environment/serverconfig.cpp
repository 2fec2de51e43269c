// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment/serverconfig.h"

#include "core/api/serveranswer.h"

namespace Sparekey {

QCoro::Task<Result<ServerConfig>> fetchServerConfig(std::shared_ptr<HttpTransport> transport,
                                                    QUrl api, ClientDevice device)
{
    auto request = apiGet(api, u"config", device);
    const auto answer = co_await transport->send(std::move(request));
    const auto fields = jsonFrom(answer);
    if (!fields) {
        if (fields.error().kind == ErrorKind::NotOffered)
            co_return ServerConfig{};
        co_return fail(fields.error());
    }
    ServerConfig config{.product = fields->object(u"server").text(u"name"),
                        .version = fields->text(u"version")};
    if (config.version.isEmpty() && !fields->has(u"environment")) {
        co_return fail({.kind = ErrorKind::NotAnAccountServer,
                        .subject = answer->host,
                        .status = answer->status});
    }
    co_return config;
}

} // namespace Sparekey
