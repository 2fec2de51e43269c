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

/// How a test wants its account server; see `sparekey_account_server --help`.
struct AccountServerStart
{
    QString generation = QStringLiteral("token"); ///< classic, middle, token or pascal.
    QString basePath = {};                        ///< Such as "/vault".
    QString certificate = QStringLiteral("good"); ///< good, wrong-host, expired, self-signed.
    int requestsPerMinute = 0;                    ///< Off, as tests sign in more than people do.
    QStringList moreArguments = {};
};

/// An account of the server, by the role it plays: demo, second-step, nothing-on, argon2, weak-kdf,
/// huge-kdf, odd-code, new-device, unusual-letters, every-step.
struct ServerAccount
{
    QString role;
    QString email; ///< As a person would type it.
    QString password;
};

/// The account server as a process of its own, for tests. Everything here blocks until it is done,
/// without an event loop. The process ends with this object, and with the test if that crashes.
class AccountServerProcess
{
public:
    AccountServerProcess() = default;
    ~AccountServerProcess();
    Q_DISABLE_COPY_MOVE(AccountServerProcess)

    /// @return false if it did not get ready; `problem` says why.
    [[nodiscard]] bool start(const AccountServerStart &how = {});
    [[nodiscard]] QString problem() const { return m_problem; }
    void stop(); ///< Ends the process, as when a server goes down. Ports are free afterwards.

    [[nodiscard]] QUrl http() const { return urlFromReadyLine("http"); }   ///< With the base path.
    [[nodiscard]] QUrl https() const { return urlFromReadyLine("https"); } ///< With the base path.
    [[nodiscard]] QString caFile() const; ///< PEM of the authority to trust for `https()`.
    [[nodiscard]] QList<ServerAccount> accounts() const;
    [[nodiscard]] ServerAccount account(QStringView role) const; ///< Empty if there is none.

    // The control interface (tests/account_server/control.h). False means: the server refused.

    /// @p more may hold times, method, milliseconds, seconds, status, location. Without `times` the
    /// fault stays until `reset`.
    bool setFault(const QString &path, const QString &fault, QJsonObject more = {});
    bool clearFaults();
    bool reset(); ///< All as at start: nobody is signed in any more.
    bool expireTokens(bool sessionsToo = false);
    bool changeSettings(const QJsonObject &settings);
    bool editAccount(QStringView role, const QJsonObject &changes);
    [[nodiscard]] QJsonObject accountState(QStringView role); ///< With `recoveryCode`.
    [[nodiscard]] QStringList mailedCodes(); ///< Oldest first; mails without a code are left out.
    bool expireMailedCodes();
    bool expireVerifications(); ///< The `userVerificationToken`s that were given.
    bool forgetRememberedDevices();
    /// Touches the virtual YubiKey of a role, or any other key by its name: 44 letters.
    [[nodiscard]] QString touchYubiKey(const QString &name);
    [[nodiscard]] QJsonArray requests();        ///< All since start or reset.
    [[nodiscard]] QStringList requestedPaths(); ///< Of `requests`, such as "GET /api/config".

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
