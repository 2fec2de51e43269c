// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/windowlock.h"
#include "ui/keys/hardwarekeysviewmodel.h"
#include "ui/library/libraryviewmodel.h"
#include "ui/preferences/preferencesviewmodel.h"
#include "ui/sheet/unconfirmedprintsviewmodel.h"
#include "ui/shell/accountsviewmodel.h"
#include "ui/shell/proxyloginviewmodel.h"
#include "ui/shell/services.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The root of all view-models; `Main.qml` gets it as a required property. It owns the sections of
/// the window, which do not depend on each other, and locks them.
class AppViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the composition root")
    /// The section that is shown.
    Q_PROPERTY(Section section READ section WRITE setSection NOTIFY sectionChanged FINAL)
    Q_PROPERTY(Sparekey::AccountsViewModel *accounts READ accounts CONSTANT FINAL)
    Q_PROPERTY(Sparekey::LibraryViewModel *library READ library CONSTANT FINAL)
    Q_PROPERTY(Sparekey::HardwareKeysViewModel *securityKeys READ securityKeys CONSTANT FINAL)
    Q_PROPERTY(Sparekey::PreferencesViewModel *preferences READ preferences CONSTANT FINAL)
    /// Sheets of an earlier start for which the user has not said whether they were printed well.
    Q_PROPERTY(Sparekey::UnconfirmedPrintsViewModel *unconfirmedPrints READ unconfirmedPrints
                   CONSTANT FINAL)
    Q_PROPERTY(Sparekey::ProxyLoginViewModel *proxyLogin READ proxyLogin CONSTANT FINAL)
    /// Something is open that `lock` would close.
    Q_PROPERTY(bool canLock READ canLock NOTIFY canLockChanged FINAL)

public:
    enum class Section {
        Start,    ///< What can be done here.
        Accounts, ///< Sign-in, the pages of an account, or its lock.
        RecoveryCodes,
        SecurityKeys,
        Preferences,
    };
    Q_ENUM(Section)

    /// `services` must outlive this object.
    explicit AppViewModel(Services &services, QObject *parent = nullptr);
    ~AppViewModel() override;

    [[nodiscard]] Section section() const { return m_section; }
    void setSection(Section section);
    [[nodiscard]] AccountsViewModel *accounts() { return &m_accounts; }
    [[nodiscard]] LibraryViewModel *library() { return &m_library; }
    [[nodiscard]] HardwareKeysViewModel *securityKeys() { return &m_securityKeys; }
    [[nodiscard]] PreferencesViewModel *preferences() { return &m_preferences; }
    [[nodiscard]] UnconfirmedPrintsViewModel *unconfirmedPrints() { return &m_unconfirmedPrints; }
    [[nodiscard]] ProxyLoginViewModel *proxyLogin() { return &m_proxyLogin; }
    [[nodiscard]] bool canLock() const { return m_lock.isUnlocked(); }

    /// Locks all sections, and the keyring no longer unlocks a library. The former also happens
    /// when the window is idle, before the computer sleeps, and when the screen is locked.
    Q_INVOKABLE void lock();

Q_SIGNALS:
    void sectionChanged();
    void canLockChanged();

private:
    /// Leads from a recovery code that is to be kept to the library, and back to its entry.
    void keepCodesInLibrary();

    PreferencesViewModel m_preferences;
    AccountsViewModel m_accounts;
    LibraryViewModel m_library;
    HardwareKeysViewModel m_securityKeys;
    UnconfirmedPrintsViewModel m_unconfirmedPrints;
    ProxyLoginViewModel m_proxyLogin;
    AccountCodeKeeper &m_codeKeeper;
    WindowLock m_lock;
    Section m_section = Section::Accounts;
};

} // namespace Sparekey
