// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/accountservertest.h"
#include "ui/signin/signinviewmodel.h"

#include <QTemporaryDir>
#include <QTest>

namespace Sparekey {

/// Tests of the sign-in page with a server behind it.
class SignInTest : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        resetServer();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(
            m_folder->filePath(QStringLiteral("sparekey.conf")));
        m_identity = std::make_unique<DeviceIdentity>(*m_settings);
        m_store = std::make_unique<AccountStore>(*m_settings, m_keyring, *m_identity);
        m_signIn = std::make_unique<SignInViewModel>(*m_settings, *m_identity, *m_store, m_keys);
        m_signIn->server()->preselect({.base = m_server.http().toString()});
        QCOMPARE(m_signIn->server()->kind(), ServerPickerViewModel::Kind::SelfHosted);
    }

    void cleanup()
    {
        m_signIn.reset();
        // Before their folder: what is written last would create it again.
        m_store.reset();
        m_settings.reset();
    }

protected:
    void fill(QStringView role)
    {
        const auto account = m_server.account(role);
        m_signIn->setEmail(account.email);
        m_password = account.password;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    Keyring m_keyring{QStringLiteral("sparekey-test")};
    std::unique_ptr<DeviceIdentity> m_identity;
    HardwareKeys m_keys{HardwareKeys::Transports()};
    std::unique_ptr<AccountStore> m_store;
    std::unique_ptr<SignInViewModel> m_signIn;
    QString m_password;
};

} // namespace Sparekey
