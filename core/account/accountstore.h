// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/deviceidentity.h"
#include "core/account/session.h"
#include "core/keyring/keyring.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace Sparekey {

/// The part of a session that the keyring keeps between two starts of the program.
struct KeptSession
{
    Session::Account account;
    SecureBuffer refreshToken;
    QString deviceIdentifier;
};

/// Reads a keyring entry. Nothing if it cannot be used.
[[nodiscard]] std::optional<KeptSession> keptSessionFrom(const SecureBuffer &entry,
                                                         const AccountRecord &record);

/// Keeps what makes the next sign-in shorter: the token that replaces the second step, and the
/// session. Both are in the keyring, together with the device identifier that they are bound to.
/// The settings say whether the keyring has an entry, so the keyring is not accessed before a user
/// has asked to be remembered or to stay signed in. GUI thread.
class AccountStore : public QObject
{
    Q_OBJECT

public:
    /// How long servers accept a token for "remember this device".
    static constexpr int RememberedDays = 30;
    /// How long a sign-in waits for the keyring before it asks for the second step instead.
    static constexpr std::chrono::milliseconds ReadTimeout{3'000};
    /// How long to wait for a kept session, without which the user has to sign in again.
    static constexpr std::chrono::milliseconds RestoreTimeout{60'000};

    /// All must outlive this object.
    AccountStore(Settings &settings, Keyring &keyring, DeviceIdentity &identity,
                 QObject *parent = nullptr);

    /// Empty if there is none, it has expired, it belongs to another device identifier, or the
    /// keyring does not answer within `ReadTimeout`. The keyring is not asked if the settings say
    /// that there is none.
    [[nodiscard]] QCoro::Task<SecureBuffer> rememberToken(QString accountKey);
    /// Waits while the desktop asks the user to unlock the keyring. `Canceled` if the token was
    /// forgotten or replaced before it was written.
    [[nodiscard]] QCoro::Task<Result<void>> keepRememberToken(QString accountKey,
                                                              SecureBuffer token);
    /// Makes the next sign-in ask for the second step, even if the keyring fails to remove the
    /// token or is still writing one.
    [[nodiscard]] QCoro::Task<Result<void>> forgetRememberToken(QString accountKey);

    /// Writes the session to the keyring for the next start, and again whenever its refresh token
    /// changes, until it expires. `SessionExpired` if it has no refresh token, `Canceled` if it was
    /// dropped before it was written.
    [[nodiscard]] QCoro::Task<Result<void>> keepSession(std::shared_ptr<Session> session);
    /// The session as it was kept. Only its first request shows whether the server still accepts
    /// it. `SessionExpired` if the keyring does not have it, `KeyringUnavailable` if it does not
    /// answer within `RestoreTimeout`.
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<Session>>>
    restoreSession(AccountRecord account);
    [[nodiscard]] QCoro::Task<Result<void>> dropSession(QString accountKey);

    /// A write to the keyring has not finished yet; perhaps the keyring has to be unlocked.
    [[nodiscard]] bool isWaiting() const { return m_waiting > 0; }

Q_SIGNALS:
    void waitingChanged();
    /// What the settings say about an account has changed.
    void changed();

private:
    [[nodiscard]] QCoro::Task<Result<void>> write(std::shared_ptr<Session> session);
    [[nodiscard]] QCoro::Task<Result<void>> keep(QString entry, SecureBuffer secret);
    void follow(const std::shared_ptr<Session> &session);

    Settings &m_settings;
    Keyring &m_keyring;
    DeviceIdentity &m_identity;
    TaskGuard m_tasks;
    int m_waiting = 0;
    // By account, the number of the last decision. A task that has waited for the keyring compares
    // it, to see whether a later decision has replaced its own.
    QHash<QString, quint64> m_rememberDecisions;
    QHash<QString, quint64> m_sessionDecisions;
};

} // namespace Sparekey
