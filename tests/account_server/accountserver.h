// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/control.h"
#include "tests/account_server/testcertificates.h"

namespace Sparekey {

/// The command line options of the server.
struct AccountServerOptions
{
    ServerSettings settings;
    QString basePath; ///< Such as "/vault"; without a slash at the end.
    quint16 httpPort = 0;
    quint16 httpsPort = 0;
    quint16 controlPort = 0;
    CertificateKind certificate = CertificateKind::Good;
    QString authorityFile; ///< File to write the certificate of the test CA to, or empty.
};

/// Connects the parts: three ports (HTTP, HTTPS, control), the endpoints, faults and the log.
class AccountServer
{
public:
    explicit AccountServer(AccountServerOptions options);

    /// @return the error, or nothing.
    [[nodiscard]] std::optional<QString> start();

    /// Derives the secret of the demo account, which is the first account, so that its first
    /// sign-in is as fast as later ones. Call it after the ready message, before the event loop.
    void prepareDemoAccount();

    /// `{"http","https","control","caFile","generation","accounts":[{"role","email","password"}]}`
    [[nodiscard]] QJsonObject readyMessage();

private:
    Delivery deliver(HttpRequest request);
    Answer answer(HttpRequest request);
    Answer controlAnswer(HttpRequest request);
    [[nodiscard]] QUrl baseUrl(const QString &scheme, quint16 port) const;

    AccountServerOptions m_options;
    std::vector<Account> m_accountsAtStart;
    ServerState m_state;
    FaultPlan m_faults;
    RequestLog m_requests;
    Router m_endpoints;
    Router m_control;
    HttpFront m_front;
    HttpFront m_controlFront;
    quint16 m_httpPort = 0;
    quint16 m_httpsPort = 0;
    quint16 m_controlPort = 0;
};

} // namespace Sparekey
