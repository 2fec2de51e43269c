// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QNetworkProxy>
#include <QString>

#include <optional>

class QAuthenticator;
class QUrl;

namespace Sparekey {

/// The proxy that the desktop wants for this address. Nothing if it can be reached directly.
[[nodiscard]] std::optional<QNetworkProxy> proxyFor(const QUrl &url);

/// What a person calls a proxy: host and port.
[[nodiscard]] QString proxyName(const QNetworkProxy &proxy);

/// User names and passwords of proxies, for this run of the program: all servers are reached
/// through the same ones, whichever transport asks. GUI thread.
namespace ProxyPasswords {

/// Taken from the next connection on.
void set(const QString &proxyName, const QString &user, SecureBuffer password);
/// False if none is known for this proxy.
bool fill(const QString &proxyName, QAuthenticator &asked);
/// Before the program ends, or at sign-out.
void forget();

} // namespace ProxyPasswords

} // namespace Sparekey
