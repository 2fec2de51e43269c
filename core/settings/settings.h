// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"
#include "core/crypto/kdf.h"
#include "core/environment/environment.h"
#include "core/settings/settingsfile.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Sparekey {

/// Identifies an account in the settings without its email: the first 10 bytes of a SHA-256 over
/// API address and normalized email, in hex.
[[nodiscard]] QString accountKey(const Environment &environment, const QString &email);

/// How a recovery code left the program.
enum class CopyKind {
    Printed,
    Pdf,
    ProtectedPdf,
    Text,
    Elsewhere, ///< As the user says: written down, or kept by another program.
};

/// Records that a sheet was printed or saved, for the reminder to do so. No secret.
struct CopyRecord
{
    CopyKind kind = CopyKind::Printed;
    QDateTime when;
    QString sheetId;
};

/// An account that this computer knows, for the list of accounts. No secret.
struct AccountRecord
{
    Environment environment;
    QString email;
    QString name = {}; ///< may be empty
    bool hasMasterPassword = true;
    /// Stays on the list when it is signed out.
    bool listed = true;

    [[nodiscard]] QString key() const { return accountKey(environment, email); }
};

/// What is kept on this computer between starts of the program, never a secret. One file, readable
/// only by its owner, which is read once and written in the background (`SettingsFile`). GUI
/// thread.
class Settings
{
public:
    /// `file` need not exist; its folder is made when something is written.
    explicit Settings(const QString &file);

    [[nodiscard]] QString file() const { return m_file.path(); }
    /// Waits until everything is on the disk; the destructor does so as well.
    void flush() { m_file.flush(); }

    [[nodiscard]] Environment environment() const;
    void setEnvironment(const Environment &environment);
    /// The addresses of the last self-hosted server, kept while a cloud region is chosen.
    [[nodiscard]] SelfHostedAddresses selfHosted() const;
    void setSelfHosted(const SelfHostedAddresses &addresses);

    /// The identifier by which servers know this installation (`DeviceIdentity`); empty until it is
    /// created.
    [[nodiscard]] QString deviceIdentifier() const;
    void setDeviceIdentifier(const QString &identifier);

    /// Empty if the user does not want it remembered.
    [[nodiscard]] QString rememberedEmail() const;
    void setRememberedEmail(const QString &email);

    /// The key derivation of the last successful sign-in, to notice a downgrade.
    [[nodiscard]] std::optional<KdfSettings> knownKdf(const QString &accountKey) const;
    void setKnownKdf(const QString &accountKey, const KdfSettings &kdf);

    /// The method that was used at the last sign-in to this account.
    [[nodiscard]] std::optional<ProviderType> lastMethod(const QString &accountKey) const;
    void setLastMethod(const QString &accountKey, ProviderType method);

    /// In the order in which they were first kept. Those whose certificate authority file is
    /// missing are left out.
    [[nodiscard]] QList<AccountRecord> accounts() const;
    [[nodiscard]] bool hasAccount(const QString &accountKey) const;
    void keepAccount(const AccountRecord &account);
    /// Removes it from the list; what is known about its sheets and key derivation stays.
    void dropAccount(const QString &accountKey);
    /// The account that was shown the last time; may be empty.
    [[nodiscard]] QString lastAccount() const;
    void setLastAccount(const QString &accountKey);

    /// Until when the token in the keyring replaces the second step of this account.
    [[nodiscard]] std::optional<QDateTime> rememberedUntil(const QString &accountKey) const;
    void setRememberedUntil(const QString &accountKey, std::optional<QDateTime> until);
    /// The keyring has a session of this account.
    [[nodiscard]] bool staysSignedIn(const QString &accountKey) const;
    void setStaysSignedIn(const QString &accountKey, bool stays);

    /// The copies of the current recovery code, the latest of each kind, in the order of
    /// `CopyKind`.
    [[nodiscard]] QList<CopyRecord> copies(const QString &accountKey) const;
    /// Replaces an earlier copy of the same kind.
    void addCopy(const QString &accountKey, const CopyRecord &record);
    /// For a changed code, which makes all copies useless.
    void forgetCopies(const QString &accountKey);
    /// How many more starts will remind the user of a recovery code that still has to be saved.
    [[nodiscard]] int copyReminders(const QString &accountKey) const;
    void setCopyReminders(const QString &accountKey, int count);

    /// "light" or "dark"; anything else means the appearance of the desktop.
    [[nodiscard]] QString appearance() const;
    void setAppearance(const QString &appearance);
    /// After how much inactivity the window is locked; 0 means never.
    [[nodiscard]] std::chrono::minutes lockAfter() const;
    void setLockAfter(std::chrono::minutes minutes);
    [[nodiscard]] bool letterPaper() const;
    void setLetterPaper(bool letter);

private:
    SettingsFile m_file;
};

} // namespace Sparekey
