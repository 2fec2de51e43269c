// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxkdf.h"
#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "ui/twosteplogin/twosteploginviewmodel.h"

#include <QTemporaryDir>
#include <QTest>

namespace Sparekey {

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
        m_keeper.reset();
        if (!server.reset() || !server.changeSettings({{QStringLiteral("generation"), generation}})
            || !server.editAccount(role, {{QStringLiteral("premium"), premium}}))
            return false;
        m_session = signIn();
        m_otherSession = signIn();
        if (!m_session || !m_otherSession)
            return false;
        elsewhere = std::make_shared<ProviderApi>(m_otherSession);
        m_premium = premium;
        // As after the installation.
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(filePath(QStringLiteral("sparekey.conf")));
        m_events = std::make_unique<LibraryEvents>(filePath(QStringLiteral("sparekey.conf")));
        m_library = std::make_unique<Library>(
            [] { return argon2idParameters(quint64{8} * 1024, 1, 1); });
        m_keeper = std::make_unique<AccountCodeKeeper>(*m_library, *m_events);
        return makePage();
    }

    /// The same for an account that has no master password any more.
    [[nodiscard]] bool openWithoutPassword(const QString &generation)
    {
        if (!open(generation))
            return false;
        m_session = withoutPassword(server, role, m_session);
        return m_session && makePage();
    }

    /// As at another start of the program that stays signed in.
    [[nodiscard]] bool makePage()
    {
        page = std::make_unique<TwoStepLoginViewModel>(m_session, *m_settings, m_printing,
                                                       *m_keeper, m_keys, m_inventory);
        page->setPremium(m_premium);
        return isLoaded();
    }

    /// Opens the dialog of a method as a person would, password included.
    [[nodiscard]] bool manage(ProviderViewModel &provider)
    {
        return page->manage(static_cast<int>(provider.type())) && prove(provider);
    }

    /// Answers the prompt, with the emailed code where there is no password.
    [[nodiscard]] bool prove(ProviderViewModel &provider)
    {
        using Stage = ProviderViewModel::Stage;
        VerificationViewModel &prompt = *provider.verification();
        if (!prompt.isByEmail()) {
            typePassword(provider);
        } else {
            prompt.begin();
            if (!QTest::qWaitFor([&prompt] { return prompt.resendSeconds() > 0; }, 30'000))
                return false;
            prompt.submitCode(server.emailedCodes().last());
        }
        return QTest::qWaitFor([&provider] { return provider.stage() == Stage::Open; }, 30'000);
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
        return QTest::qWaitFor([this] { return page->loadState() == LoadState::Loaded; }, 30'000);
    }

    /// What the server has, whatever it lists.
    [[nodiscard]] bool isOn(int type)
    {
        return server.accountState(role)[QStringLiteral("providers")][QString::number(type)]
            .toBool();
    }

    void close() { page.reset(); }

    [[nodiscard]] QString filePath(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] Settings &settings() { return *m_settings; }
    /// At first without a file. Its key derivation takes no time.
    [[nodiscard]] Library &library() { return *m_library; }
    [[nodiscard]] LibraryEvents &events() { return *m_events; }
    [[nodiscard]] AccountCodeKeeper &keeper() { return *m_keeper; }
    /// What the settings call the account.
    [[nodiscard]] QString accountKey() const { return m_session->account().key(); }

    static constexpr QStringView role = u"weak-kdf";
    AccountServerProcess server;
    std::shared_ptr<ProviderApi> elsewhere;
    std::unique_ptr<TwoStepLoginViewModel> page;
    [[nodiscard]] KeyInventory &inventory() { return m_inventory; }

private:
    [[nodiscard]] std::shared_ptr<Session> signIn()
    {
        return sessionOf(signInWith(quickSignInRequest(server, server.account(role))));
    }

    QTemporaryDir m_inventoryFolder;
    std::unique_ptr<QTemporaryDir> m_folder;
    PrintService m_printing;
    HardwareKeys m_keys;
    KeyInventory m_inventory{
        KeyInventory::fileBeside(m_inventoryFolder.filePath(QStringLiteral("sparekey.conf")))};
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Library> m_library;
    std::unique_ptr<LibraryEvents> m_events;
    std::unique_ptr<AccountCodeKeeper> m_keeper;
    std::shared_ptr<Session> m_session;
    bool m_premium = true;
    std::shared_ptr<Session> m_otherSession;
};

} // namespace Sparekey
