// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/proxyloginviewmodel.h"

#include <utility>

namespace Sparekey {

ProxyLoginViewModel::ProxyLoginViewModel(ProxyLogins &logins, QObject *parent)
    : QObject(parent)
    , m_logins(logins)
{
    connect(&m_logins, &ProxyLogins::wanted, this, [this](const QString &proxy, bool refused) {
        // Asks for one proxy at a time: a request through another proxy asks again later.
        if (isAsking() && proxy != m_proxy) {
            m_logins.refuse(proxy);
            return;
        }
        m_proxy = proxy;
        m_refused = refused;
        Q_EMIT changed();
    });
    connect(&m_logins, &ProxyLogins::notWanted, this, [this](const QString &proxy) {
        if (proxy == m_proxy)
            close();
    });
}

ProxyLoginViewModel::~ProxyLoginViewModel()
{
    disconnect(&m_logins, nullptr, this, nullptr);
    if (isAsking())
        m_logins.refuse(m_proxy);
}

void ProxyLoginViewModel::submit(const QString &user, SecretEntry *password)
{
    if (!isAsking())
        return;
    const QString proxy = m_proxy;
    SecureBuffer secret = password->take();
    close();
    m_logins.set(proxy, user, std::move(secret));
}

void ProxyLoginViewModel::cancel()
{
    if (!isAsking())
        return;
    const QString proxy = m_proxy;
    close();
    m_logins.refuse(proxy);
}

void ProxyLoginViewModel::close()
{
    m_proxy.clear();
    m_refused = false;
    Q_EMIT changed();
}

} // namespace Sparekey
