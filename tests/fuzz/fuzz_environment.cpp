// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever is entered for an address, what comes of it is safe to send a password hash to. The
// first line is the base, the second the API.

#include "core/environment/environment.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype line = bytes.indexOf('\n');
    SelfHostedAddresses entered;
    entered.base = QString::fromUtf8(bytes.left(line));
    if (line >= 0)
        entered.api = QString::fromUtf8(bytes.mid(line + 1));

    const auto environment = selfHostedEnvironment(entered);
    if (!environment)
        return 0;
    for (const QUrl &url : {environment->webVault, environment->api, environment->identity}) {
        require(url.isValid() && !url.host().isEmpty());
        require(url.scheme() == u"https"_s || (url.scheme() == u"http"_s && isLoopback(url)));
        require(url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment());
        require(!url.path().endsWith(u'/'));
        require(QUrl::fromEncoded(url.toEncoded(), QUrl::StrictMode).host() == url.host());
    }
    (void)environment->title();
    require(environment->recoveryPage().host() == environment->webVault.host());
    return 0;
}
