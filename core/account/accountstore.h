// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/deviceidentity.h"
#include "core/account/session.h"
#include "core/keyring/keyring.h"
#include "core/settings/settings.h"

#include <QHash>
#include <QObject>

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
/// the device identifier that they are bound to; the settings only say whether it is worth
/// asking the keyring. GUI thread.
class AccountStore : public QObject
{
    Q_OBJECT

public:
    /// How long servers take a token for "remember this device".
    static constexpr int RememberedDays = 30;

    /// All must outlive this object.
    AccountStore(Settings &settings, Keyring &keyring, DeviceIdentity &identity,
                 QObject *parent = nullptr);

    /// Empty if there is none, its time is over, or it belongs to another device identifier. The
    /// keyring is not asked where the settings say that there is none.
    [[nodiscard]] QCoro::Task<SecureBuffer> rememberToken(QString accountKey);
    /// `Canceled` if it was forgotten, or another one kept, before the keyring had it.
    /// `KeyringUnavailable` also where the device identifier is for this run only: the token would
    /// be of no use in the next.
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
    /// `SessionExpired` if the keyring does not have it.
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<Session>>>
    restoreSession(AccountRecord account);
    [[nodiscard]] QCoro::Task<Result<void>> dropSession(QString accountKey);

Q_SIGNALS:
    /// What the settings say about any account.
    void changed();

private:
    [[nodiscard]] QCoro::Task<Result<void>> write(std::shared_ptr<Session> session);
    void follow(const std::shared_ptr<Session> &session);

    Settings &m_settings;
    Keyring &m_keyring;
    DeviceIdentity &m_identity;
    // By account, what was last decided: whoever has waited for the keyring sees by the number
    // whether that is still so.
    QHash<QString, quint64> m_rememberDecisions;
    QHash<QString, quint64> m_sessionDecisions;
};

} // namespace Sparekey
