// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/rawhttp.h"

#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <optional>

namespace Sparekey {

/// Options for starting the account server; see `sparekey_account_server --help`.
struct AccountServerStart
{
    QString generation = QStringLiteral(
        "token");          ///< classic, middle, token, pascal, fido4 or nested.
    QString basePath = {}; ///< Such as "/vault".
    QString certificate = QStringLiteral("good"); ///< good, wrong-host, expired, self-signed.
    int requestsPerMinute = 0;                    ///< 0: no limit, because tests sign in often.
    QStringList moreArguments = {};
};

/// An account of the server. Roles: demo, second-step, nothing-on, argon2, weak-kdf, huge-kdf,
/// odd-code, new-device, unusual-letters, every-step, no-password.
struct ServerAccount
{
    QString role;
    QString email; ///< As a user would enter it.
    QString password;
};

/// Runs the account server as a separate process, for tests. All functions block until they are
/// done, without an event loop. The process ends with this object, even if the test crashes.
class AccountServerProcess
{
public:
    AccountServerProcess() = default;
    ~AccountServerProcess();
    Q_DISABLE_COPY_MOVE(AccountServerProcess)

    /// @return false if the server did not start; `problem` says why.
    [[nodiscard]] bool start(const AccountServerStart &how = {});
    [[nodiscard]] QString problem() const { return m_problem; }
    void stop(); ///< Ends the process and frees its ports, as when a server goes down.

    [[nodiscard]] QUrl http() const { return urlFromReadyLine("http"); }   ///< With the base path.
    [[nodiscard]] QUrl https() const { return urlFromReadyLine("https"); } ///< With the base path.
    [[nodiscard]] QString caFile() const; ///< PEM file of the authority to trust for `https()`.
    [[nodiscard]] QList<ServerAccount> accounts() const;
    [[nodiscard]] ServerAccount account(QStringView role) const; ///< Empty if there is none.

    // The control interface (tests/account_server/control.h). False if the server refused.

    /// @p more may have times, method, milliseconds, seconds, status, location. Without `times`,
    /// the fault stays until `clearFaults` or `reset`.
    bool setFault(const QString &path, const QString &fault, QJsonObject more = {});
    bool clearFaults();
    bool reset(); ///< Restores the state at start; nobody is signed in.
    bool expireTokens(bool sessionsToo = false);
    bool changeSettings(const QJsonObject &settings);
    bool editAccount(QStringView role, const QJsonObject &changes);
    [[nodiscard]] QJsonObject accountState(QStringView role); ///< Includes `recoveryCode`.
    [[nodiscard]] QStringList emailedCodes(); ///< Oldest first; emails without a code are left out.
    bool expireEmailedCodes();
    bool expireVerifications(); ///< The issued `userVerificationToken`s.
    bool forgetRememberedDevices();
    /// Touches a virtual YubiKey, named after a role or with any other name. Returns 44 letters.
    [[nodiscard]] QString touchYubiKey(const QString &name);
    [[nodiscard]] QJsonArray requests();        ///< All requests since start or reset.
    [[nodiscard]] QStringList requestedPaths(); ///< From `requests`, such as "GET /api/config".

private:
    [[nodiscard]] QUrl urlFromReadyLine(const char *member) const;
    std::optional<RawAnswer> control(const QByteArray &verb, const QString &path,
                                     const QJsonObject &body = {});
    bool post(const QString &path, const QJsonObject &body);

    QTemporaryDir m_folder;
    QProcess m_process;
    QJsonObject m_ready;
    QString m_problem;
};

} // namespace Sparekey
