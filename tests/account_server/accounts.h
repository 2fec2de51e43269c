// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/generation.h"
#include "tests/account_server/masterpassword.h"
#include "tests/account_server/passkeyverifier.h"
#include "tests/account_server/totp.h"

#include <QDateTime>
#include <QList>

#include <map>
#include <optional>
#include <vector>

namespace Sparekey {

/// The numbers in the protocol (official `TwoFactorProviderType`).
enum class ProviderType {
    Authenticator = 0,
    Email = 1,
    Duo = 2,
    YubiKey = 3,
    OrganizationDuo = 6, ///< Only for organizations, never for an account.
    WebAuthn = 7,
    RecoveryCode = 8, ///< Only as the second step at sign-in.
};

struct RegisteredPasskey
{
    int id = 0;
    QString name;
    bool migrated = false; ///< Registered with U2F.
    PasskeyCredential credential = {};
};

/// A provider whose setup was finished, or at least started. Members of other providers stay
/// empty.
struct Provider
{
    bool enabled = false;
    QByteArray setupKey;  ///< The shared secret of RFC 6238.
    QString email;        ///< The address for the codes of the email provider.
    QStringList yubiKeys; ///< Public ids in modhex.
    bool nfc = false;     ///< The user wants to use the keys with a phone.
    QString duoHost;
    QString duoClientId;
    QString duoClientSecret;
    std::vector<RegisteredPasskey> passkeys;
    QString duoState; ///< The state of the last challenge; a code is valid only with it.

    /// Sets values that the server's simulated Duo accepts, unless there are values.
    void setUpDuo();
};

/// One account, as the server stores it. Tests set the public members through the control
/// interface; `demoaccounts.cpp` has the initial values.
class Account
{
public:
    QString role;         ///< Name for tests; not part of the protocol.
    QString enteredEmail; ///< As a user would enter it, perhaps with capitals.
    QString name;
    QString password;
    KdfSettings kdf;
    QString salt = {}; ///< Salt of the KDF; if empty, the email (official `MasterPasswordSalt`).
    bool premium = false;
    /// Sign-in from an unknown device needs a code sent by email, unless there is a second step.
    bool verifiesDevices = false;
    /// If false, changes are verified with codes sent by email, and sign-in is possible only with
    /// the personal API key.
    bool hasMasterPassword = true;
    /// An organization's policy requires single sign-on for this account.
    bool ssoRequired = false;
    QString apiKey = {}; ///< `client_secret` of the client `user.<id>`.
    /// Empty if nothing was ever set up; the official server sends `data: null` then.
    std::map<ProviderType, Provider> providers;
    std::optional<QString> recoveryCode;

    QString id;               ///< GUID, made at start.
    QString securityStamp;    ///< A change ends all sessions.
    QDateTime revisionDate;   ///< Changes with the data that the server stores with the account.
    QStringList knownDevices; ///< Identifiers of devices that have signed in.
    TotpMemory usedCodes;     ///< Used codes of the authenticator.
    // One challenge of each kind at a time; empty if there is none.
    QByteArray passkeyRegistrationChallenge;
    QByteArray passkeySignInChallenge;

    [[nodiscard]] QString email() const; ///< Normalized.

    /// Derives the expected hash if that was not done yet; takes as long as in a client.
    void prepareSecret();

    /// Changes the key derivation; the password stays the same. The official server keeps the
    /// sessions (its flag pm-23995), Vaultwarden ends them.
    void changeDerivation(const KdfSettings &kdf, const QString &salt, Generation generation);

    /// Checks a hash sent by a client; calls `prepareSecret` first.
    [[nodiscard]] bool passwordHashMatches(const QByteArray &hash);

    /// The providers that this server supports. The simulated Vaultwarden has no Duo and no Yubico
    /// credentials configured, so these two do not exist there.
    [[nodiscard]] std::map<ProviderType, Provider> knownProviders(Generation generation) const;

    /// The enabled providers that sign-in offers. Duo and YubiKey OTP need premium, which all
    /// accounts have on Vaultwarden.
    [[nodiscard]] QList<ProviderType> usableProviders(Generation generation) const;

    /// Call after a provider was changed. The official server stores providers with the account, so
    /// its revision date changes. Vaultwarden stores only the recovery code with the account.
    void recordProviderChange(Generation generation);

    /// Turns a provider on; the first one creates a recovery code. If the provider has no details
    /// yet, it gets values that tests can use.
    void enable(ProviderType type);
    void ensureRecoveryCode();

    /// Uses the recovery code: removes all providers. The official server creates a new code at
    /// once, Vaultwarden when a provider is turned on again.
    /// @return false if @p code is wrong.
    [[nodiscard]] bool recover(const QString &code, Generation generation);

private:
    void moveRevisionDate();

    std::optional<StoredSecret> m_secret;
};

/// A random recovery code of 32 lower-case characters, as real servers create them.
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
