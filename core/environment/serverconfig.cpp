// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment/serverconfig.h"

#include "core/api/serveranswer.h"

namespace Sparekey {

namespace {

constexpr qsizetype longestText = 50;

} // namespace

Result<ServerConfig> serverConfigFrom(const Result<HttpAnswer> &answer)
{
    const auto fields = jsonFrom(answer);
    if (!fields) {
        if (fields.error().kind == ErrorKind::NotOffered)
            return ServerConfig{};
        return fail(fields.error());
    }
    ServerConfig config{.product = cleaned(fields->object(u"server").text(u"name"), longestText),
                        .version = cleaned(fields->text(u"version"), longestText)};
    if (config.version.isEmpty() && !fields->has(u"environment")) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer->host,
                     .status = answer->status});
    }
    return config;
}

QCoro::Task<Result<ServerConfig>> fetchServerConfig(std::shared_ptr<HttpTransport> transport,
                                                    QUrl api)
{
    auto request = apiGet(api, u"config", ClientDevice());
    const auto answer = co_await transport->send(std::move(request));
    co_return serverConfigFrom(answer);
}

} // namespace Sparekey
