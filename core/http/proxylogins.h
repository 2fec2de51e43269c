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

/// The proxy that the desktop wants for this address. Nothing if it can be reached directly.
[[nodiscard]] std::optional<QNetworkProxy> proxyFor(const QUrl &url);

/// What a person calls a proxy: host and port.
[[nodiscard]] QString proxyName(const QNetworkProxy &proxy);

/// User names and passwords of proxies, for this run of the program; nothing is written anywhere.
/// Proxies are a setting of the desktop, so all transports share them. Whoever connects to `wanted`
/// is asked for what is not known, and answers with `set` or `refuse`. GUI thread.
class ProxyLogins : public QObject
{
    Q_OBJECT

public:
    /// Those that `HttpTransport` uses.
    [[nodiscard]] static ProxyLogins &ofProcess();

    ProxyLogins() = default;
    ~ProxyLogins() override;

    /// Answers whoever asks for this proxy.
    void set(const QString &proxyName, const QString &user, SecureBuffer password);
    /// Nobody gives it: whoever asks does without.
    void refuse(const QString &proxyName);

    /// Counts the calls of `set`: with another number there is more to try.
    [[nodiscard]] int revision() const { return m_revision; }
    /// False if none is known for this proxy.
    bool fill(const QString &proxyName, QAuthenticator &asked) const;

    /// Waits for `set` (true) or `refuse` (false); false at once if there is nobody to ask.
    [[nodiscard]] QFuture<bool> ask(const QString &proxyName, const void *asker);
    /// Ends what this asker waits for, with false.
    void giveUp(const void *asker);

Q_SIGNALS:
    /// `refused`: there was a login, which the proxy did not take.
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
