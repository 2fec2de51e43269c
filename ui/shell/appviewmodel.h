// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "ui/desktop/autolock.h"
#include "ui/keys/hardwarekeysviewmodel.h"
#include "ui/preferences/preferencesviewmodel.h"
#include "ui/shell/accountviewmodel.h"
#include "ui/signin/signinviewmodel.h"
#include "ui/signin/unlockviewmodel.h"

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>
#include <memory>
#include <vector>

namespace Sparekey {

/// The root of all view-models; `Main.qml` gets it as its one required property. It holds the
/// accounts side by side, each with a session of its own, and says which of them is shown.
class AppViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the composition root")
    Q_PROPERTY(Place place READ place NOTIFY placeChanged FINAL)
    Q_PROPERTY(Sparekey::SignInViewModel *signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(Sparekey::UnlockViewModel *unlock READ unlock CONSTANT FINAL)
    Q_PROPERTY(Sparekey::PreferencesViewModel *preferences READ preferences CONSTANT FINAL)
    Q_PROPERTY(Sparekey::HardwareKeysViewModel *hardwareKeys READ hardwareKeys CONSTANT FINAL)
    /// The one that is shown; null while nobody is signed in to it.
    Q_PROPERTY(Sparekey::AccountViewModel *account READ account NOTIFY accountChanged FINAL)
    /// All accounts but the one that is shown: maps of key, email, server, icon and stateText.
    Q_PROPERTY(QVariantList otherAccounts READ otherAccounts NOTIFY accountsChanged FINAL)
    /// The sign-in page was reached from an account, to which `goBack` leads.
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY accountsChanged FINAL)
    /// Something to say once, wherever the user is just now; empty if there is nothing.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    enum class Place {
        SignIn,
        Account, ///< The app frame with the account's pages.
        Locked,
    };
    Q_ENUM(Place)

    /// Begins with the lock where an account stays signed in. All must outlive this object.
    AppViewModel(Settings &settings, DeviceIdentity &identity, AccountStore &store,
                 ColorScheme &colorScheme, PrintService &printing, HardwareKeys &keys,
                 KeyInventory &inventory, QObject *parent = nullptr);
    ~AppViewModel() override;

    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] SignInViewModel *signIn() { return &m_signIn; }
    [[nodiscard]] UnlockViewModel *unlock() { return &m_unlock; }
    [[nodiscard]] PreferencesViewModel *preferences() { return &m_preferences; }
    [[nodiscard]] HardwareKeysViewModel *hardwareKeys() { return &m_hardwareKeys; }
    [[nodiscard]] AccountViewModel *account() const;
    [[nodiscard]] QVariantList otherAccounts() const;
    [[nodiscard]] bool canGoBack() const;
    [[nodiscard]] QString notice() const { return m_notice; }

    /// Wipes what is on the screen and on our clipboard, and locks all accounts: each opens with
    /// its own master password. Also called when nobody is there, before the computer sleeps and
    /// when the screen is locked.
    Q_INVOKABLE void lock();
    /// Ends the session of the shown account and wipes it, here and in the keyring. Another
    /// account that is signed in is shown, else the sign-in page with the email.
    Q_INVOKABLE void signOut();
    /// The same, but to the sign-in page in any case: the session has expired.
    Q_INVOKABLE void signInAgain();
    /// Shows another account, or the sign-in page for it.
    Q_INVOKABLE void show(const QString &accountKey);
    /// The sign-in page, for an account besides those that are there.
    Q_INVOKABLE void addAccount();
    Q_INVOKABLE void goBack();
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    /// Another place, or the same with another account.
    void placeChanged();
    void accountChanged();
    void accountsChanged();
    void noticeChanged();
    /// For a toast, wherever in an account the user is: what was tried was not done.
    void notDone(const QString &message);

private:
    struct Entry
    {
        AccountRecord record;
        QString key;
        std::shared_ptr<Session> session;          ///< null: signed out, or only in the keyring
        std::unique_ptr<AccountViewModel> account; ///< null until it was unlocked once
        bool locked = false;
    };

    [[nodiscard]] Entry *entryOf(const QString &key) const;
    [[nodiscard]] bool isOpen(const Entry &entry) const;
    [[nodiscard]] bool isLocked(const Entry &entry) const;
    [[nodiscard]] Entry *nextSignedIn() const;
    void enter();
    void open(Entry &entry, std::shared_ptr<Session> session);
    void end(Entry &entry);
    void show(Entry &entry);
    void showSignIn(const Environment &environment, const QString &email);
    /// `answer` is for a try that comes after the general words were read.
    void sayNotKept(const Error &error, const QString &answer);
    void sayNoKeyring();
    /// For "If I lose this key, what is left?"
    void noteMethods(const Entry &entry);
    [[nodiscard]] QString emailOf(const QString &accountKey) const;
    /// Arms the lock if there is anything to be locked.
    void watchForLock();
    void setPlace(Place place);

    Settings &m_settings;
    AccountStore &m_store;
    PrintService &m_printing;
    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    PreferencesViewModel m_preferences;
    SignInViewModel m_signIn;
    UnlockViewModel m_unlock;
    HardwareKeysViewModel m_hardwareKeys;
    std::vector<std::unique_ptr<Entry>> m_entries;
    Entry *m_shown = nullptr; ///< null on the sign-in page
    QString m_back;           ///< whence the sign-in page was reached
    QTimer m_keyringWait;     ///< An open keyring answers before it ends.
    bool m_saysWaiting = false;
    QString m_notice;
    std::unique_ptr<AutoLock> m_autoLock; ///< not before somebody is signed in
    Place m_place = Place::SignIn;
    bool m_saidNotKept = false; ///< since the last sign-in
};

} // namespace Sparekey
