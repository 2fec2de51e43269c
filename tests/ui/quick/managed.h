// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/simulatedport.h"
#include "tests/ui/managedpage.h"
#include "ui/signin/signinviewmodel.h"
#include "ui/twosteplogin/organizationviewmodel.h"

#include <QObject>

#include <vector>

namespace Sparekey {

/// Lets the tests in QML manage the methods of an account at a real account server.
class Managed : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Sparekey::TwoStepLoginViewModel *page READ page NOTIFY pageChanged FINAL)
    /// The sign-in page at the same server.
    Q_PROPERTY(Sparekey::SignInViewModel *signIn READ signIn NOTIFY pageChanged FINAL)
    /// An organization that the account may manage.
    Q_PROPERTY(
        Sparekey::OrganizationViewModel *organization READ organization NOTIFY pageChanged FINAL)

public:
    Managed();

    [[nodiscard]] TwoStepLoginViewModel *page() const { return m_test.page.get(); }
    [[nodiscard]] SignInViewModel *signIn() const { return m_signIn.get(); }
    [[nodiscard]] OrganizationViewModel *organization() const { return m_organization.get(); }

    /// A fresh page of the account, on which methods of these numbers are on. False if not.
    Q_INVOKABLE bool start(const QList<int> &methods,
                           const QString &generation = QStringLiteral("token"));
    /// Opens the dialog of a method, password included. False if that failed.
    Q_INVOKABLE bool manage(Sparekey::ProviderViewModel *provider);
    /// As `AccountServerProcess::changeSettings`.
    Q_INVOKABLE bool changeServer(const QVariantMap &settings);
    /// As `AccountServerProcess::editAccount`, behind the back of the page.
    Q_INVOKABLE bool changeElsewhere(const QVariantMap &changes);
    /// As `AccountServerProcess::setFault`.
    Q_INVOKABLE bool setFault(const QString &path, const QString &fault, const QVariantMap &more);
    /// Tells the page that the user is a plain member of the organizations, which require two-step
    /// login.
    Q_INVOKABLE void joinEnterprise();
    /// Tells the page that the recovery code was used to sign in.
    Q_INVOKABLE void recordRecoveryCodeUsed();
    /// `clientId` and `clientSecret` of an account without a master password.
    Q_INVOKABLE QVariantMap apiKey();
    /// The code of the newest email.
    Q_INVOKABLE QString emailedCode();
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
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(QStringLiteral("sign-in.conf"))};
    Keyring m_keyring{QStringLiteral("sparekey-test")};
    DeviceIdentity m_identity{m_settings};
    AccountStore m_store{m_settings, m_keyring, m_identity};
    HardwareKeys m_noKeys{HardwareKeys::Transports()};
    std::unique_ptr<SignInViewModel> m_signIn;
    std::unique_ptr<OrganizationViewModel> m_organization;
    bool m_serverRuns = false;
};

} // namespace Sparekey
