// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/signedin.h"
#include "ui/viewmodels/twosteploginviewmodel.h"

#include <QTemporaryDir>
#include <QTest>

namespace Sparekey {

inline const QStringList serverGenerations{QStringLiteral("classic"), QStringLiteral("middle"),
                                           QStringLiteral("token"), QStringLiteral("pascal")};

/// The Two-step login page of an account that nothing is turned on for, and whose password takes
/// no time to derive. A second session stands for whoever else uses the account.
class ManagedPage
{
public:
    /// With these ways to security keys; at first none.
    explicit ManagedPage(HardwareKeys::Transports keys = {})
        : m_keys(std::move(keys))
    {
    }

    [[nodiscard]] bool startServer() { return server.start(); }

    /// @return false if one of the two could not sign in.
    [[nodiscard]] bool open(const QString &generation, bool premium = true)
    {
        close();
        if (!server.reset() || !server.changeSettings({{QStringLiteral("generation"), generation}})
            || !server.editAccount(role, {{QStringLiteral("premium"), premium}}))
            return false;
        const auto session = signIn();
        m_otherSession = signIn();
        if (!session || !m_otherSession)
            return false;
        elsewhere = std::make_shared<ProviderApi>(m_otherSession);
        m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("sparekey.conf")));
        page = std::make_unique<TwoStepLoginViewModel>(session, *m_settings, m_printing, m_keys,
                                                       m_inventory);
        page->setPremium(premium);
        return isLoaded();
    }

    /// Opens the dialog of a method as a person would, password included.
    [[nodiscard]] bool manage(ProviderViewModel &provider)
    {
        using Stage = ProviderViewModel::Stage;
        if (!page->manage(static_cast<int>(provider.type())))
            return false;
        typePassword(provider);
        return QTest::qWaitFor([&provider] { return provider.stage() == Stage::Open; }, 10'000);
    }

    void typePassword(ProviderViewModel &provider)
    {
        provider.verification()->submit(SecureBuffer::fromText(server.account(role).password));
    }

    /// A proof of whoever else uses the account.
    [[nodiscard]] SharedProof otherProof()
    {
        return outcomeOf(elsewhere->prove(SecureBuffer::fromText(server.account(role).password)))
            .value();
    }

    [[nodiscard]] bool reload()
    {
        page->refresh();
        return isLoaded();
    }

    [[nodiscard]] bool isLoaded()
    {
        using LoadState = TwoStepLoginViewModel::LoadState;
        return QTest::qWaitFor([this] { return page->loadState() == LoadState::Loaded; }, 10'000);
    }

    /// What the server has, whatever it lists.
    [[nodiscard]] bool isOn(int type)
    {
        return server.accountState(role)[QStringLiteral("providers")][QString::number(type)]
            .toBool();
    }

    void close() { page.reset(); }

    static constexpr QStringView role = u"weak-kdf";
    AccountServerProcess server;
    std::shared_ptr<ProviderApi> elsewhere;
    std::unique_ptr<TwoStepLoginViewModel> page;
    [[nodiscard]] KeyInventory &inventory() { return m_inventory; }

private:
    [[nodiscard]] std::shared_ptr<Session> signIn()
    {
        auto request = signInRequest(server, server.account(role));
        request.acceptedKdf = KdfSettings{.iterations = 1000};
        return sessionOf(signInWith(std::move(request)));
    }

    QTemporaryDir m_folder;
    PrintService m_printing;
    HardwareKeys m_keys;
    KeyInventory m_inventory{
        KeyInventory::fileBeside(m_folder.filePath(QStringLiteral("sparekey.conf")))};
    std::unique_ptr<Settings> m_settings;
    std::shared_ptr<Session> m_otherSession;
};

} // namespace Sparekey
