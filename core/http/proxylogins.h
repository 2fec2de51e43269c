// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QFuture>
#include <QNetworkProxy>
#include <QObject>
#include <QPromise>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QAuthenticator;
class QUrl;

namespace Sparekey {

/// The proxy that the desktop has set for this address. Nothing if it is reached directly.
[[nodiscard]] std::optional<QNetworkProxy> proxyFor(const QUrl &url);

/// The name of a proxy in messages: host and port.
[[nodiscard]] QString proxyName(const QNetworkProxy &proxy);

/// User names and passwords of proxies, for this run of the program; nothing is stored on disk.
/// Proxies are a setting of the desktop, so all transports share them. The slot of `wanted` asks
/// the user for a login and answers with `set` or `refuse`. GUI thread.
class ProxyLogins : public QObject
{
    Q_OBJECT

public:
    /// The instance that `HttpTransport` uses.
    [[nodiscard]] static ProxyLogins &ofProcess();

    ProxyLogins() = default;
    ~ProxyLogins() override;

    /// Stores the login and ends all waits for this proxy with true.
    void set(const QString &proxyName, const QString &user, SecureBuffer password);
    /// The user gives no login: ends all waits for this proxy with false.
    void refuse(const QString &proxyName);

    /// Counts the calls of `set`: if it has changed, there is a new login to try.
    [[nodiscard]] int revision() const { return m_revision; }
    /// Fills in the login of this proxy. False if none is known.
    bool fill(const QString &proxyName, QAuthenticator &asked) const;

    /// Waits for `set` (true) or `refuse` (false); false at once if nothing is connected to
    /// `wanted`.
    [[nodiscard]] QFuture<bool> ask(const QString &proxyName, const void *asker);
    /// Ends all waits of this asker with false.
    void cancel(const void *asker);

Q_SIGNALS:
    /// `refused`: there was a login, which the proxy refused.
    void wanted(const QString &proxyName, bool refused);
    /// Nobody waits for this proxy's login any more.
    void notWanted(const QString &proxyName);

private:
    struct Login
    {
        QString user;
        SecureBuffer password;
    };
    struct Question
    {
        QString proxyName;
        const void *asker = nullptr;
        QPromise<bool> promise;
    };

    void answer(const QString &proxyName, bool given);

    std::map<QString, Login> m_logins;
    std::vector<std::unique_ptr<Question>> m_questions;
    int m_revision = 0;
};

} // namespace Sparekey
