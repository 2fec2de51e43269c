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

/// The numbers of the wire (official `TwoFactorProviderType`).
enum class ProviderType {
    Authenticator = 0,
    Email = 1,
    Duo = 2,
    YubiKey = 3,
    OrganizationDuo = 6, ///< Never an account's own.
    WebAuthn = 7,
    RecoveryCode = 8, ///< Only as an answer to the challenge at sign-in.
};

struct RegisteredPasskey
{
    int id = 0;
    QString name;
    bool migrated = false; ///< From the time of U2F.
    PasskeyCredential credential = {};
};

/// A second step that was set up, or at least begun. What belongs to another kind of step stays
/// empty.
struct Provider
{
    bool enabled = false;
    QByteArray authenticatorKey; ///< The shared secret of RFC 6238.
    QString email;               ///< Where the codes of the email step go.
    QStringList yubiKeys;        ///< Public ids in modhex.
    bool nfc = false;            ///< The user wants to hold keys to a phone.
    QString duoHost;
    QString duoClientId;
    QString duoClientSecret;
    std::vector<RegisteredPasskey> passkeys;
    QString duoState; ///< What the last challenge told Duo; a code is good with it only.

    /// Values that this server's own Duo answers for, unless there are some.
    void setUpDuo();
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
    QString salt = {}; ///< Of the derivation; empty: the email (official `MasterPasswordSalt`).
    bool premium = false;
    /// Signing in from a device that the account does not know takes a mailed code, unless there
    /// is a second step.
    bool verifiesDevices = false;
    /// False: nobody knows one, so that acts are proven by mailed codes, and only the personal API
    /// key signs in.
    bool hasMasterPassword = true;
    /// The policy of an organization: its members sign in through it only.
    bool ssoRequired = false;
    QString apiKey = {}; ///< `client_secret` of the client `user.<id>`.
    /// Empty: nothing was ever set up, which the official server tells as `data: null`.
    std::map<ProviderType, Provider> providers;
    std::optional<QString> recoveryCode;

    QString id;               ///< GUID, made at start.
    QString securityStamp;    ///< Changes when all sessions shall end.
    QDateTime revisionDate;   ///< Of what is kept with the account, in the server's sense.
    QStringList knownDevices; ///< Identifiers of those that have signed in.
    TotpMemory usedCodes;     ///< Of the authenticator.
    // One challenge of each kind at a time; empty while there is none.
    QByteArray passkeyRegistrationChallenge;
    QByteArray passkeySignInChallenge;

    [[nodiscard]] QString email() const; ///< Normalized.

    /// Derives the true hash, unless that was done; takes as long as it takes a client.
    void prepareSecret();

    /// The same password is derived in another way from now on. The official server keeps the
    /// sessions (its flag pm-23995), Vaultwarden ends them.
    void changeDerivation(const KdfSettings &kdf, const QString &salt, Generation generation);

    /// Checks a hash sent by a client, after `prepareSecret`.
    [[nodiscard]] bool passwordHashMatches(const QByteArray &hash);

    /// The providers this server knows of. Our Vaultwarden has no Duo and no Yubico credentials
    /// configured, so these two cannot exist there.
    [[nodiscard]] std::map<ProviderType, Provider> knownProviders(Generation generation) const;

    /// The enabled providers that sign-in would ask for: Duo and YubiKey OTP need premium, which
    /// everybody has on Vaultwarden.
    [[nodiscard]] QList<ProviderType> usableProviders(Generation generation) const;

    /// A provider was changed. The official server keeps them with the account, whose revision date
    /// moves on; on Vaultwarden they lie beside it, and only a recovery code is the account's own.
    void noteProviderChange(Generation generation);

    /// Turns a provider on; the first one brings a recovery code. Where it has no details yet, it
    /// gets those that tests can answer for.
    void enable(ProviderType type);
    void ensureRecoveryCode();

    /// Uses the recovery code up: all providers go; the official server makes a new code at once,
    /// Vaultwarden has none until a provider is turned on again.
    /// @return false if @p code is not the code.
    [[nodiscard]] bool recover(const QString &code, Generation generation);

private:
    void moveRevisionDate();

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
