// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/accountstore.h"
#include "ui/verification/verificationviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// The locked window: only the master password opens it again.
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

    /// Whose password opens the window. Without a session the one in the keyring is taken, once
    /// there is a password to try.
    void setAccount(const AccountRecord &account, std::shared_ptr<Session> session);
    void clear();
    /// After `unlocked`.
    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }
    /// An empty prompt.
    void reset() { m_verification.reset(); }

    [[nodiscard]] QString email() const;
    [[nodiscard]] QString serverTitle() const;
    [[nodiscard]] bool isBusy() const { return m_verification.isBusy(); }
    [[nodiscard]] QString errorText() const { return m_verification.errorText(); }
    [[nodiscard]] int waitSeconds() const { return m_verification.waitSeconds(); }

    /// The prompt, whether for the master password or for a mailed code.
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
    /// Only signing in again helps.
    void sessionEnded();

private:
    QCoro::Task<Result<void>> check(SecureBuffer password);

    AccountStore &m_store;
    std::optional<AccountRecord> m_account;
    std::shared_ptr<Session> m_session;
    VerificationViewModel m_verification;
};

} // namespace Sparekey
