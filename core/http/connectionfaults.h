// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QByteArrayView>
#include <QList>
#include <QNetworkReply>
#include <QSslError>

#include <optional>

namespace Sparekey {

// What the errors that Qt reports for a connection mean to the user. `sent`: the whole request was
// handed to the network, so the server may have received it.

/// The first error that the user can act on decides.
[[nodiscard]] ErrorKind certificateFault(const QList<QSslError> &errors);
[[nodiscard]] ErrorKind connectionFault(QNetworkReply::NetworkError error, bool sent);
/// For a request that goes through a proxy. Nothing if the proxy is not at fault.
[[nodiscard]] std::optional<ErrorKind> proxyFault(QNetworkReply::NetworkError error, bool sent);

/// False for no error and for the statuses 4xx and 5xx, which are answers.
[[nodiscard]] bool isConnectionError(QNetworkReply::NetworkError error);

/// The server requires a client certificate. TLS has an alert for this (RFC 8446, 6.2), which ends
/// the connection; reverse proxies answer with a page instead.
[[nodiscard]] bool requiresClientCertificate(const QNetworkReply &reply, int status,
                                             QByteArrayView page);

} // namespace Sparekey
