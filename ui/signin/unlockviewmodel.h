// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/accountstore.h"
#include "core/task/taskguard.h"
#include "ui/verification/verificationviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// The locked window. It is unlocked with the master password, or with a code sent by email if the
/// account has no password.
class UnlockViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(QString email READ email NOTIFY accountChanged FINAL)
    Q_PROPERTY(QString serverTitle READ serverTitle NOTIFY accountChanged FINAL)
    Q_PROPERTY(Sparekey::VerificationViewModel *verification READ verification CONSTANT FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)

public:
    /// `store` must outlive this object.
    explicit UnlockViewModel(AccountStore &store, QObject *parent = nullptr);

    /// The account that is locked. Without a `session`, the one in the keyring is restored when a
    /// password is submitted.
    void setAccount(const AccountRecord &account, std::shared_ptr<Session> session);
    void clear();
    /// After `unlocked`.
    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }
    /// Clears the prompt.
    void reset() { m_verification.reset(); }

    [[nodiscard]] QString email() const;
    [[nodiscard]] QString serverTitle() const;
    [[nodiscard]] bool isBusy() const { return m_verification.isBusy(); }
    [[nodiscard]] QString errorText() const { return m_verification.errorText(); }
    [[nodiscard]] int waitSeconds() const { return m_verification.waitSeconds(); }

    /// The prompt for the master password or for a code sent by email.
    [[nodiscard]] VerificationViewModel *verification() { return &m_verification; }

    /// Takes the master password out of the field.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *password) { submit(password->take()); }
    void submit(SecureBuffer password);

Q_SIGNALS:
    void accountChanged();
    void changed();
    void waitSecondsChanged();
    void passwordWanted();
    void unlocked();
    /// The session has expired: the user has to sign in again.
    void sessionEnded();

private:
    QCoro::Task<Result<void>> check(SecureBuffer password);

    AccountStore &m_store;
    std::optional<AccountRecord> m_account;
    std::shared_ptr<Session> m_session;
    VerificationViewModel m_verification;
    TaskGuard m_tasks;
};

} // namespace Sparekey
