// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/proxypasswords.h"

#include <QAuthenticator>
#include <QNetworkProxyFactory>
#include <QUrl>

#include <map>
#include <utility>

namespace Sparekey {

namespace {

struct Login
{
    QString user;
    SecureBuffer password;
};

std::map<QString, Login> &logins()
{
    // Never destroyed: the memory that holds secrets may be gone by then.
    static auto *logins = new std::map<QString, Login>;
    return *logins;
}

} // namespace

std::optional<QNetworkProxy> proxyFor(const QUrl &url)
{
    const auto proxies = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
    if (proxies.isEmpty() || proxies.first().hostName().isEmpty())
        return {};
    return proxies.first();
}

QString proxyName(const QNetworkProxy &proxy)
{
    return proxy.hostName() + u':' + QString::number(proxy.port());
}

void ProxyPasswords::set(const QString &proxyName, const QString &user, SecureBuffer password)
{
    logins().insert_or_assign(proxyName, Login{user, std::move(password)});
}

bool ProxyPasswords::fill(const QString &proxyName, QAuthenticator &asked)
{
    const auto login = logins().find(proxyName);
    if (login == logins().end())
        return false;
    asked.setUser(login->second.user);
    asked.setPassword(QString::fromUtf8(login->second.password.view()));
    return true;
}

void ProxyPasswords::forget()
{
    logins().clear();
}

} // namespace Sparekey
