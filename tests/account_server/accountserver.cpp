// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/accountserver.h"

#include "tests/account_server/demoaccounts.h"
#include "tests/account_server/endpoints/duoprompt.h"
#include "tests/account_server/endpoints/endpoints.h"
#include "tests/account_server/endpoints/providercommon.h"

#include <QJsonArray>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Sparekey {

AccountServer::AccountServer(AccountServerOptions options)
    : m_options(std::move(options))
    , m_accountsAtStart(demoAccounts())
    , m_state{.settings = m_options.settings,
              .accounts = AccountBook(m_accountsAtStart),
              .tokens = {},
              .tokenRequests = {},
              .preloginRequests = {},
              .baseUrl = {}}
    , m_front([this](const HttpRequest &request) { return deliver(request); })
    , m_controlFront(
          [this](const HttpRequest &request) { return Delivery{.answer = controlAnswer(request)}; })
{
    Endpoints::addServerInfo(m_endpoints, m_state);
    Endpoints::addPrelogin(m_endpoints, m_state);
    Endpoints::addConnectToken(m_endpoints, m_state);
    Endpoints::addSignInCodes(m_endpoints, m_state);
    Endpoints::addAccount(m_endpoints, m_state);
    Endpoints::addSync(m_endpoints, m_state);
    Endpoints::addTwoFactorList(m_endpoints, m_state);
    Endpoints::addRecoveryCode(m_endpoints, m_state);
    Endpoints::addDisable(m_endpoints, m_state);
    Endpoints::addAuthenticator(m_endpoints, m_state);
    Endpoints::addEmail(m_endpoints, m_state);
    Endpoints::addDuo(m_endpoints, m_state);
    Endpoints::addOrganizationDuo(m_endpoints, m_state);
    Endpoints::addDuoPrompt(m_endpoints, m_state);
    Endpoints::addYubiKey(m_endpoints, m_state);
    Endpoints::addWebAuthn(m_endpoints, m_state);

    const auto restart = [this] {
        m_faults.clear();
        m_requests.clear();
        m_state.settings = m_options.settings;
        m_state.accounts = AccountBook(m_accountsAtStart);
        m_state.organizations = demoOrganizations();
        m_state.tokens = {};
        m_state.verifications = {};
        m_state.outbox = {};
        m_state.emailedCodes = {};
        m_state.yubico = {};
        m_state.tokenRequests = {};
        m_state.preloginRequests = {};
    };
    addControl(m_control, {m_state, m_faults, m_requests, restart});
}

std::optional<QString> AccountServer::start()
{
    const auto certificates = makeTestCertificates(m_options.certificate);
    if (!certificates)
        return u"The test certificates could not be made."_s;
    if (!m_options.authorityFile.isEmpty()) {
        QSaveFile file(m_options.authorityFile);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(certificates->authorityPem) != certificates->authorityPem.size()
            || !file.commit()) {
            return u"The certificate of the test authority could not be written: "_s
                + file.errorString();
        }
    }
    m_httpPort = m_front.listenHttp(m_options.httpPort);
    m_httpsPort = m_front.listenHttps(m_options.httpsPort, certificates->server);
    m_controlPort = m_controlFront.listenHttp(m_options.controlPort);
    if (m_httpPort == 0 || m_httpsPort == 0 || m_controlPort == 0)
        return u"A port is taken, or this computer does not let us listen."_s;
    m_state.baseUrl = baseUrl(u"http"_s, m_httpPort);
    return std::nullopt;
}

QJsonObject AccountServer::readyMessage()
{
    QJsonArray accounts;
    for (const Account &account : m_state.accounts.all()) {
        accounts.append(QJsonObject{{u"role"_s, account.role},
                                    {u"email"_s, account.enteredEmail},
                                    {u"password"_s, account.password}});
    }
    QUrl control = baseUrl(u"http"_s, m_controlPort);
    control.setPath(QString());
    return {{u"http"_s, m_state.baseUrl.toString()},
            {u"https"_s, baseUrl(u"https"_s, m_httpsPort).toString()},
            {u"control"_s, control.toString()},
            {u"caFile"_s,
             m_options.authorityFile.isEmpty() ? QJsonValue(QJsonValue::Null)
                                               : QJsonValue(m_options.authorityFile)},
            {u"generation"_s, nameOf(m_state.settings.generation)},
            {u"accounts"_s, accounts}};
}

void AccountServer::prepareDemoAccount()
{
    m_accountsAtStart.front().prepareSecret();
    m_state.accounts = AccountBook(m_accountsAtStart);
}

Delivery AccountServer::deliver(HttpRequest request)
{
    const quint64 number = m_requests.begin(request);
    QUrl elsewhere = baseUrl(u"http"_s, m_httpPort);
    elsewhere.setHost(u"localhost"_s);
    elsewhere.setPath(request.path);

    const bool isOurs = request.path.startsWith(m_options.basePath + u'/');
    const QString path = isOurs ? request.path.sliced(m_options.basePath.size()) : QString();
    request.path = path;
    const auto fault = m_faults.take(request.verb, path);
    const auto honest = [this, &request] {
        return answer(request);
    };
    Delivery delivery = fault ? deliveryWith(*fault, honest, elsewhere)
                              : Delivery{.answer = honest()};
    delivery.clockAhead = m_state.settings.clockAhead;
    delivery.sent = [this, number, status = delivery.answer.status] {
        m_requests.end(number, status);
    };
    return delivery;
}

Answer AccountServer::answer(HttpRequest request)
{
    const Router::Match match = m_endpoints.find(request.verb, request.path);
    if (match.handler) {
        request.captures = match.captures;
        return (*match.handler)(request);
    }
    return match.verbsOfThisPath.isEmpty() ? m_state.write().noSuchRoute()
                                           : m_state.write().wrongVerb(match.verbsOfThisPath);
}

Answer AccountServer::controlAnswer(HttpRequest request)
{
    const Router::Match match = m_control.find(request.verb, request.path);
    if (!match.handler)
        return Answer{.status = 404};
    request.captures = match.captures;
    return (*match.handler)(request);
}

QUrl AccountServer::baseUrl(const QString &scheme, quint16 port) const
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(port);
    url.setPath(m_options.basePath);
    return url;
}

} // namespace Sparekey
