// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/appviewmodel.h"

namespace Sparekey {

AppViewModel::AppViewModel(Services &services, QObject *parent)
    : QObject(parent)
    , m_preferences(services.settings, services.colorScheme, services.textScale)
    , m_accounts(services)
    , m_library(services.library, services.libraries, services.keyringUnlock, services.settings,
                services.printing)
    , m_securityKeys(services.keys, services.inventory, services.settings,
                     [this](const QString &accountKey) { return m_accounts.emailOf(accountKey); })
    , m_unconfirmedPrints(services.printing, services.settings)
    , m_proxyLogin(services.proxyLogins)
    , m_codeKeeper(services.codeKeeper)
{
    connect(&m_lock, &WindowLock::changed, this, &AppViewModel::canLockChanged);
    connect(&m_lock, &WindowLock::locked, this, [this] {
        // What the page showed was wiped.
        if (m_section == Section::SecurityKeys)
            setSection(Section::Accounts);
    });
    m_lock.setIdleLimit(m_preferences.lockAfter());
    connect(&m_preferences, &PreferencesViewModel::changed, this,
            [this] { m_lock.setIdleLimit(m_preferences.lockAfter()); });
    m_lock.add(m_accounts);
    connect(&m_accounts, &AccountsViewModel::unlockedChanged, &m_lock, &WindowLock::update);
    m_lock.add(m_library);
    connect(&m_library, &LibraryViewModel::unlockedChanged, &m_lock, &WindowLock::update);
    m_lock.add(m_securityKeys);
    connect(&m_securityKeys, &HardwareKeysViewModel::changed, &m_lock, &WindowLock::update);
    m_lock.add(m_proxyLogin);
    connect(&m_proxyLogin, &ProxyLoginViewModel::changed, &m_lock, &WindowLock::update);
    connect(&m_accounts, &AccountsViewModel::placeChanged, this, [this] {
        // The library has a lock of its own, which is shown there.
        if (m_section == Section::RecoveryCodes
            && m_accounts.place() == AccountsViewModel::Place::Locked)
            return;
        // A user who went to another section during the sign-in stays there.
        if (m_section == Section::Start || m_accounts.place() != AccountsViewModel::Place::Account)
            setSection(Section::Accounts);
    });
    connect(&m_lock, &WindowLock::changed, &m_unconfirmedPrints,
            &UnconfirmedPrintsViewModel::refresh);
    m_unconfirmedPrints.refresh();
    connect(&m_unconfirmedPrints, &UnconfirmedPrintsViewModel::libraryCopyMade, &m_codeKeeper,
            [this](const SentSheet &sheet) {
                m_codeKeeper.recordPrint(sheet.librarySet, sheet.sent, sheet.sheetId);
            });
    keepCodesInLibrary();
}

AppViewModel::~AppViewModel() = default;

void AppViewModel::keepCodesInLibrary()
{
    m_lock.add(m_codeKeeper);
    connect(&m_codeKeeper, &AccountCodeKeeper::waitingChanged, this, [this] {
        m_library.setWaitingFor(m_codeKeeper.waitingFor());
        m_lock.update();
    });
    connect(&m_codeKeeper, &AccountCodeKeeper::libraryWanted, this,
            [this] { setSection(Section::RecoveryCodes); });
    // A user who leaves the page does not want the code in the library any more.
    connect(this, &AppViewModel::sectionChanged, &m_codeKeeper, [this] {
        if (m_section != Section::RecoveryCodes)
            m_codeKeeper.lock();
    });
    connect(&m_codeKeeper, &AccountCodeKeeper::keptLate, &m_library, &LibraryViewModel::showKept);
    connect(&m_codeKeeper, &AccountCodeKeeper::notKept, &m_library,
            &LibraryViewModel::reportNotKept);
}

void AppViewModel::lock()
{
    m_library.forgetKeyring();
    m_lock.lockAll();
}

void AppViewModel::setSection(Section section)
{
    if (section != Section::SecurityKeys)
        m_securityKeys.setShown(false);
    if (section == m_section)
        return;
    m_section = section;
    Q_EMIT sectionChanged();
}

} // namespace Sparekey
