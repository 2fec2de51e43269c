// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/emailedcode.h"
#include "core/account/identityapi.h"
#include "core/api/client.h"
#include "core/crypto/kdf.h"
#include "core/environment/environment.h"
#include "core/http/httptransport.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace Sparekey {

/// One signed-in account: its tokens, and how its password is derived. Lives in the GUI thread.
///
/// Held by `shared_ptr`; running tasks keep it alive, so that signing out in the middle of a
/// request is safe: `end()` wipes the tokens and lets the tasks finish with `Canceled`.
class Session : public QObject, public std::enable_shared_from_this<Session>
{
    Q_OBJECT

public:
    struct Account
    {
        Environment environment;
        QString email;
        Prelogin prelogin;
        /// Accounts without one prove themselves by an emailed code.
        bool hasMasterPassword = true;
        /// Signed in with the personal API key, for which official servers refuse two-step login.
        bool byApiKey = false;

        /// The key under which `Settings` keeps what belongs to this account.
        [[nodiscard]] QString key() const;
    };

    Session(Account account, Tokens tokens, std::shared_ptr<HttpTransport> transport,
            ClientDevice device);
    ~Session() override;

    [[nodiscard]] const Account &account() const { return m_account; }
    [[nodiscard]] const ClientDevice &device() const { return m_device; }

    /// For an account without master password: the state of the last emailed code. Never null.
    [[nodiscard]] const std::shared_ptr<EmailedCode> &emailedCode() const { return m_emailedCode; }

    /// For staying signed in. Empty if the server gave none, or after the tokens were wiped.
    [[nodiscard]] SecureBuffer refreshToken() const { return m_tokens.refresh.clone(); }

    /// Sends with the access token. After a 401, or if there is no access token: one refresh
    /// (shared by all requests that need one at that moment) and one retry. `SessionExpired` is
    /// final: the tokens are wiped and `expired` is emitted once.
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> send(HttpRequest request);

    /// Sends without the access token, for public endpoints.
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> sendAnonymously(HttpRequest request);

    /// GET and POST on the API server.
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> get(QString path);
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> post(QString path, SecureBuffer jsonBody);

    /// The master-password hash, derived on a worker thread with this account's settings.
    [[nodiscard]] QCoro::Task<Result<SecureBuffer>> passwordHash(SecureBuffer password);

    /// Asks the server again how the password is derived: a session may outlive a change of key
    /// derivation or salt, and every password looks wrong then. True if they have changed;
    /// `passwordHash` then uses the new settings. They are assessed as at sign-in: `KdfTooLarge`,
    /// or `KdfWeaker` if the user has to be asked.
    [[nodiscard]] QCoro::Task<Result<bool>> renewPrelogin();

    /// Closes idle connections, for when the window is locked. Those in use are closed after their
    /// answer.
    void dropConnections() { m_transport->dropConnections(); }

    /// Wipes the tokens and stops everything; nothing can be sent afterwards.
    void end();
    [[nodiscard]] bool hasEnded() const { return m_ended; }

Q_SIGNALS:
    /// `renewPrelogin` has found changed settings.
    void preloginRenewed();
    void expired();
    void refreshFinished();

private:
    QCoro::Task<Result<void>> refresh();
    void expire();

    Account m_account;
    Tokens m_tokens;
    std::shared_ptr<HttpTransport> m_transport;
    ClientDevice m_device;
    IdentityApi m_identity;
    std::shared_ptr<EmailedCode> m_emailedCode;
    Result<void> m_lastRefresh;
    quint64 m_tokenGeneration = 0; ///< counts refreshes, to recognize an outdated token
    bool m_refreshing = false;
    bool m_ended = false;
    /// Shared with derivations, which run on a worker.
    std::shared_ptr<std::atomic_bool> m_derivationCanceled = std::make_shared<std::atomic_bool>(
        false);
    bool m_expired = false;
};

} // namespace Sparekey
