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

/// What the errors that Qt reports of a connection mean for a person. `sent`: the whole request was
/// handed to the network, so that the other side may have got it.

/// The first one that a person can do something about names the fault.
[[nodiscard]] ErrorKind certificateFault(const QList<QSslError> &errors);
[[nodiscard]] ErrorKind connectionFault(QNetworkReply::NetworkError error, bool sent);
/// For a request that goes through a proxy. Nothing if the proxy did its work.
[[nodiscard]] std::optional<ErrorKind> proxyFault(QNetworkReply::NetworkError error, bool sent);

/// False for no error and for the statuses 4xx and 5xx, which are answers.
[[nodiscard]] bool isConnectionError(QNetworkReply::NetworkError error);

/// The server admits only who shows a certificate. RFC 8446, 6.2 has an alert of its own for it,
/// after which the connection ends; servers in front of others answer with a page instead.
[[nodiscard]] bool wantsClientCertificate(const QNetworkReply &reply, int status,
                                          QByteArrayView page);

} // namespace Sparekey
