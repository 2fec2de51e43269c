// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/simulatedport.h"
#include "tests/viewmodels/managedpage.h"

#include <QObject>

#include <vector>

namespace Sparekey {

/// Lets the tests in QML manage the methods of an account at a real account server.
class Managed : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Sparekey::TwoStepLoginViewModel *page READ page NOTIFY pageChanged FINAL)

public:
    Managed();

    [[nodiscard]] TwoStepLoginViewModel *page() const { return m_test.page.get(); }

    /// A fresh page of the account, on which methods of these numbers are on. False if not.
    Q_INVOKABLE bool start(const QList<int> &methods);
    /// Opens the dialog of a method, password included. False if that failed.
    Q_INVOKABLE bool manage(Sparekey::ProviderViewModel *provider);
    /// As `AccountServerProcess::changeSettings`.
    Q_INVOKABLE bool changeServer(const QVariantMap &settings);
    Q_INVOKABLE void typePassword(Sparekey::ProviderViewModel *provider);
    /// The code that a YubiKey of that name would type.
    Q_INVOKABLE QString touch(const QString &key);
    /// Plugs in a security key of software, for as long as the page is open. It is touched at once
    /// and has this PIN, if any.
    Q_INVOKABLE void plugIn(const QString &name, const QString &pin);
    /// How often the server was asked so, as "PUT /api/two-factor/duo".
    Q_INVOKABLE int asked(const QString &path);

Q_SIGNALS:
    void pageChanged();

private:
    std::shared_ptr<SimulatedKeys> m_keys = std::make_shared<SimulatedKeys>();
    std::vector<SimulatedPort> m_ports;
    ManagedPage m_test;
    bool m_serverRuns = false;
};

} // namespace Sparekey
