// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/proxylogins.h"

#include <QAuthenticator>
#include <QMetaMethod>
#include <QNetworkProxyFactory>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace Sparekey {

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

ProxyLogins &ProxyLogins::ofProcess()
{
    // Never destroyed: the memory that holds secrets may be gone by then.
    static auto *logins = new ProxyLogins;
    return *logins;
}

ProxyLogins::~ProxyLogins() = default;

void ProxyLogins::set(const QString &proxyName, const QString &user, SecureBuffer password)
{
    m_logins.insert_or_assign(proxyName, Login{user, std::move(password)});
    ++m_revision;
    answer(proxyName, true);
}

void ProxyLogins::refuse(const QString &proxyName)
{
    answer(proxyName, false);
}

bool ProxyLogins::fill(const QString &proxyName, QAuthenticator &asked) const
{
    const auto login = m_logins.find(proxyName);
    if (login == m_logins.end())
        return false;
    asked.setUser(login->second.user);
    asked.setPassword(QString::fromUtf8(login->second.password.view()));
    return true;
}

QFuture<bool> ProxyLogins::ask(const QString &proxyName, const void *asker)
{
    auto question = std::make_unique<Question>();
    question->proxyName = proxyName;
    question->asker = asker;
    question->promise.start();
    QFuture<bool> future = question->promise.future();
    if (!isSignalConnected(QMetaMethod::fromSignal(&ProxyLogins::wanted))) {
        question->promise.addResult(false);
        question->promise.finish();
        return future;
    }
    m_questions.push_back(std::move(question));
    Q_EMIT wanted(proxyName, m_logins.contains(proxyName));
    return future;
}

void ProxyLogins::answer(const QString &proxyName, bool given)
{
    // The questions are taken out first, because their askers may ask again at once.
    std::vector<std::unique_ptr<Question>> answered;
    std::vector<std::unique_ptr<Question>> others;
    for (auto &question : m_questions)
        (question->proxyName == proxyName ? answered : others).push_back(std::move(question));
    m_questions = std::move(others);
    for (const auto &question : answered) {
        question->promise.addResult(given);
        question->promise.finish();
    }
}

void ProxyLogins::cancel(const void *asker)
{
    std::vector<std::unique_ptr<Question>> given;
    std::vector<std::unique_ptr<Question>> others;
    for (auto &question : m_questions)
        (question->asker == asker ? given : others).push_back(std::move(question));
    m_questions = std::move(others);
    for (const auto &question : given) {
        question->promise.addResult(false);
        question->promise.finish();
        const bool isWanted = std::ranges::any_of(m_questions, [&question](const auto &other) {
            return other->proxyName == question->proxyName;
        });
        if (!isWanted)
            Q_EMIT notWanted(question->proxyName);
    }
}

} // namespace Sparekey
