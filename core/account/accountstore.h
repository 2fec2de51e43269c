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

/// What the keyring keeps of a session between two starts.
struct KeptSession
{
    Session::Account account;
    SecureBuffer refreshToken;
    QString deviceIdentifier;
};

/// Reads an entry of the keyring. Nothing if it is not one that can be used.
[[nodiscard]] std::optional<KeptSession> keptSessionFrom(const SecureBuffer &entry,
                                                         const AccountRecord &record);

/// What this computer keeps of accounts so that signing in is shorter the next time: the token
/// that stands in for the second step, and the session. Both lie in the keyring, together with
/// the device identifier that they are bound to; the settings say whether there is anything in the
/// keyring. It is not touched before somebody has wished to be remembered or to stay signed in.
/// GUI thread.
class AccountStore : public QObject
{
    Q_OBJECT

public:
    /// How long servers take a token for "remember this device".
    static constexpr int RememberedDays = 30;
    /// A sign-in waits no longer for the keyring; the second step is asked for instead.
    static constexpr std::chrono::milliseconds ReadTimeout{3'000};
    /// The same for a kept session, without which there is no going on.
    static constexpr std::chrono::milliseconds RestoreTimeout{60'000};

    /// All must outlive this object.
    AccountStore(Settings &settings, Keyring &keyring, DeviceIdentity &identity,
                 QObject *parent = nullptr);

    /// Empty if there is none, its time is over, it belongs to another device identifier, or the
    /// keyring does not answer within `ReadTimeout`. The keyring is not asked where the settings
    /// say that there is none.
    [[nodiscard]] QCoro::Task<SecureBuffer> rememberToken(QString accountKey);
    /// Takes as long as the desktop asks for the keyring to be unlocked. `Canceled` if it was
    /// forgotten, or another one kept, before the keyring had it.
    [[nodiscard]] QCoro::Task<Result<void>> keepRememberToken(QString accountKey,
                                                              SecureBuffer token);
    /// The next sign-in asks for the second step, even if the keyring could not be asked to
    /// remove the token, and also if a token is just being written.
    [[nodiscard]] QCoro::Task<Result<void>> forgetRememberToken(QString accountKey);

    /// Keeps the session for the next start: now, whenever it gets another refresh token, and until
    /// it has expired. `SessionExpired` if it cannot be refreshed at all, `Canceled` if it was
    /// dropped before the keyring had it.
    [[nodiscard]] QCoro::Task<Result<void>> keepSession(std::shared_ptr<Session> session);
    /// The session as it was kept; whether the server still takes it shows with its first request.
    /// `SessionExpired` if the keyring does not have it, `KeyringUnavailable` if it does not answer
    /// within `RestoreTimeout`.
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<Session>>>
    restoreSession(AccountRecord account);
    [[nodiscard]] QCoro::Task<Result<void>> dropSession(QString accountKey);

    /// The keyring has not answered yet to a wish to keep something: perhaps it wants to be
    /// unlocked.
    [[nodiscard]] bool isWaiting() const { return m_waiting > 0; }

Q_SIGNALS:
    void waitingChanged();
    /// What the settings say about any account.
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
    // By account, what was last decided: whoever has waited for the keyring sees by the number
    // whether that is still so.
    QHash<QString, quint64> m_rememberDecisions;
    QHash<QString, quint64> m_sessionDecisions;
};

} // namespace Sparekey
