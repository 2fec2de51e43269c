// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/lockable.h"
#include "ui/shell/accountviewmodel.h"
#include "ui/shell/services.h"
#include "ui/signin/signinviewmodel.h"
#include "ui/signin/unlockviewmodel.h"

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>
#include <memory>
#include <vector>

namespace Sparekey {

/// All accounts, each with a session of its own, and which of them is shown.
class AccountsViewModel : public QObject, public Lockable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(Place place READ place NOTIFY placeChanged FINAL)
    Q_PROPERTY(Sparekey::SignInViewModel *signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(Sparekey::UnlockViewModel *unlock READ unlock CONSTANT FINAL)
    /// The account that is shown; null while nobody is signed in to it.
    Q_PROPERTY(Sparekey::AccountViewModel *account READ account NOTIFY accountChanged FINAL)
    /// All accounts: maps of key, email, server, icon and stateText.
    Q_PROPERTY(QVariantList allAccounts READ allAccounts NOTIFY accountsChanged FINAL)
    /// The same without the one that is shown.
    Q_PROPERTY(QVariantList otherAccounts READ otherAccounts NOTIFY accountsChanged FINAL)
    /// The sign-in page was reached from an account, to which `goBack` returns.
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY accountsChanged FINAL)
    /// A notice to show once, on any page; empty if there is none.
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    enum class Place {
        SignIn,
        Account, ///< The pages of the account.
        Locked,
    };
    Q_ENUM(Place)

    /// Starts with the lock page if an account stays signed in. `services` must outlive this
    /// object.
    explicit AccountsViewModel(Services &services, QObject *parent = nullptr);
    ~AccountsViewModel() override;

    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] SignInViewModel *signIn() { return &m_signIn; }
    [[nodiscard]] UnlockViewModel *unlock() { return &m_unlock; }
    [[nodiscard]] AccountViewModel *account() const;
    [[nodiscard]] QVariantList allAccounts() const;
    [[nodiscard]] QVariantList otherAccounts() const;
    [[nodiscard]] bool canGoBack() const;
    [[nodiscard]] QString notice() const { return m_notice; }

    /// The email of an account that this window knows, or empty.
    [[nodiscard]] QString emailOf(const QString &accountKey) const;

    /// At least one account is signed in and not locked.
    [[nodiscard]] bool isUnlocked() const override;
    /// Wipes what all accounts show and what was copied; each is unlocked with its own master
    /// password.
    void lock() override;
    /// Ends the session of the shown account and wipes it, here and in the keyring. Another
    /// account that is signed in is shown, else the sign-in page with the email.
    Q_INVOKABLE void signOut();
    /// The same, but always shows the sign-in page, because the session has expired.
    Q_INVOKABLE void signInAgain();
    /// Shows another account, or the sign-in page for it.
    Q_INVOKABLE void show(const QString &accountKey);
    /// Shows the sign-in page for another account.
    Q_INVOKABLE void addAccount();
    Q_INVOKABLE void goBack();
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    /// The place, or the account that it shows, has changed.
    void placeChanged();
    void accountChanged();
    void accountsChanged();
    void noticeChanged();
    void unlockedChanged();
    /// For a toast on any page of an account: an action was not done.
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
    /// `answer` is shown for an attempt after the general notice was shown.
    void reportNotSaved(const Error &error, const QString &answer);
    void reportNoKeyring();
    /// Records the methods that are on, for "If I lose this key, what is left?"
    void recordMethods(const Entry &entry);
    [[nodiscard]] QVariantMap described(const Entry &entry) const;
    void setPlace(Place place);

    Services &m_services;
    SignInViewModel m_signIn;
    UnlockViewModel m_unlock;
    std::vector<std::unique_ptr<Entry>> m_entries;
    Entry *m_shown = nullptr; ///< null on the sign-in page
    QString m_back;           ///< key of the account from which the sign-in page was reached
    QTimer m_keyringWait;     ///< An unlocked keyring answers before it fires.
    bool m_showsWaiting = false;
    QString m_notice;
    Place m_place = Place::SignIn;
    bool m_reportedNotSaved = false; ///< since the last sign-in
};

} // namespace Sparekey
