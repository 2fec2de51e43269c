// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/generation.h"
#include "tests/account_server/masterpassword.h"

#include <QDateTime>
#include <QList>

#include <map>
#include <optional>
#include <vector>

namespace Sparekey {

/// The numbers of the wire (official `TwoFactorProviderType`).
enum class ProviderType {
    Authenticator = 0,
    Email = 1,
    Duo = 2,
    YubiKey = 3,
    WebAuthn = 7,
    RecoveryCode = 8, ///< Only as an answer to the challenge at sign-in.
};

/// A second step that was set up, or at least begun.
struct Provider
{
    bool enabled = false;
};

/// One account, as the server keeps it. The public members are what a test may set through the
/// control interface or what `demoaccounts.cpp` describes.
class Account
{
public:
    QString role;       ///< Name by which tests ask for it; no part of the protocol.
    QString typedEmail; ///< As a person would type it, perhaps with capitals.
    QString name;
    QString password;
    KdfSettings kdf;
    bool premium = false;
    /// Empty: nothing was ever set up, which the official server tells as `data: null`.
    std::map<ProviderType, Provider> providers;
    std::optional<QString> recoveryCode;

    QString id;            ///< GUID, made at start.
    QString securityStamp; ///< Changes when all sessions shall end.
    QDateTime revisionDate;

    [[nodiscard]] QString email() const; ///< Normalised; the salt of the derivation, too.

    /// Derives the true hash, unless that was done; takes as long as it takes a client.
    void prepareSecret();

    /// Checks a hash sent by a client, after `prepareSecret`.
    [[nodiscard]] bool passwordHashMatches(const QByteArray &hash);

    /// The providers this server knows of. Our Vaultwarden has no Duo and no Yubico credentials
    /// configured, so these two cannot exist there.
    [[nodiscard]] std::map<ProviderType, Provider> knownProviders(Generation generation) const;

    /// The enabled providers that sign-in would ask for: Duo and YubiKey OTP need premium, which
    /// everybody has on Vaultwarden.
    [[nodiscard]] QList<ProviderType> usableProviders(Generation generation) const;

    /// Turns a provider on; the first one brings a recovery code.
    void enable(ProviderType type);

    /// Uses the recovery code up: all providers go; the official server makes a new code at once,
    /// Vaultwarden has none until a provider is turned on again.
    /// @return false if @p code is not the code.
    [[nodiscard]] bool recover(const QString &code, Generation generation);

private:
    std::optional<StoredSecret> m_secret;
};

/// 32 characters as the servers make them, lower case.
[[nodiscard]] QString newRecoveryCode();

/// All accounts of this server.
class AccountBook
{
public:
    explicit AccountBook(std::vector<Account> accounts);

    [[nodiscard]] Account *byEmail(const QString &email); ///< In any letter case; null if unknown.
    [[nodiscard]] Account *byRole(const QString &role);
    [[nodiscard]] Account *byId(const QString &id);
    [[nodiscard]] std::vector<Account> &all() { return m_accounts; }

private:
    std::vector<Account> m_accounts;
};

} // namespace Sparekey
