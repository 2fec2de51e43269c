// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment/serverconfig.h"

#include "core/api/serveranswer.h"

using namespace Qt::StringLiterals;

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
    ServerConfig config{.product = ForeignText(fields->object(u"server").text(u"name"),
                                               longestText),
                        .version = ForeignText(fields->text(u"version"), longestText)};
    if (config.version.isEmpty() && !fields->has(u"environment")) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer->host,
                     .status = answer->status});
    }
    return config;
}

QCoro::Task<Result<ServerConfig>> fetchServerConfig(std::shared_ptr<HttpTransport> transport,
                                                    QUrl api, QUrl identity)
{
    auto request = apiGet(api, u"config", ClientDevice());
    const auto answer = co_await transport->send(std::move(request));
    const bool missing = answer && !answer->isSuccess()
        && errorFrom(*answer).kind == ErrorKind::NotOffered;
    if (!missing)
        co_return serverConfigFrom(answer);

    SecretJson body;
    body.add("email", u"nobody@sparekey.invalid"_s);
    auto probe = apiSend(HttpMethod::Post, identity, u"accounts/prelogin", body.take(),
                         ClientDevice());
    const auto probed = co_await transport->send(std::move(probe));
    if (!probed)
        co_return fail(probed.error());
    const auto fields = jsonFrom(*probed);
    if (fields && (fields->has(u"kdf") || fields->has(u"kdfSettings")))
        co_return ServerConfig{};
    co_return fail(
        {.kind = ErrorKind::NotAnAccountServer, .subject = probed->host, .status = probed->status});
}

} // namespace Sparekey
