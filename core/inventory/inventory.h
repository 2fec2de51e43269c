// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"
#include "core/hardware/credentials.h"
#include "core/hardware/keydevice.h"
#include "core/twofactor/providerdetails.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// A passkey that was registered through this program. Nothing in it is secret: the server gives
/// credential ids to everybody who wants to sign in.
struct KeyRegistration
{
    enum class State {
        Registered,
        RemovedAtServer, ///< The server removed it. The key still holds it and is recognized by it.
        GoneFromKey,     ///< The key was reset, or the credential was deleted from it.
    };

    QString accountKey; ///< As `accountKey()` of core/settings makes it.
    QString server;     ///< The name of the server for display, as `Environment::title()`.
    QString rpId;
    QByteArray credentialId;
    /// Verifies the key's proof that it holds the credential. Nothing if it is not known.
    std::optional<CredentialPublicKey> publicKey = {};
    qint64 number = 0;    ///< Of the passkey at the server.
    QString name;         ///< Of the passkey at the server.
    QDateTime added = {}; ///< UTC.
    State state = State::Registered;

    bool operator==(const KeyRegistration &) const = default;
};

/// A security key in the inventory.
struct InventoryKey
{
    QString id;      ///< Identifies it within the inventory. Not for display.
    QString name;    ///< What its owner calls it; may be empty.
    QString place;   ///< Where it is kept, in the owner's words; may be empty.
    QString product; ///< The name it reports; empty if it was seen only on a reader.
    QByteArray aaguid;
    QDateTime added; ///< UTC.
    QList<KeyRegistration> registrations;
    /// Credentials that were made only to recognize the key.
    QList<KnownCredential> recognitionCredentials;

    bool operator==(const InventoryKey &) const = default;
};

/// What the server of an account reported last.
struct AccountSnapshot
{
    std::optional<QList<ProviderType>> methods;    ///< Those that were turned on.
    QDateTime methodsSeen;                         ///< UTC.
    std::optional<QMap<qint64, QString>> passkeys; ///< Numbers and names of all.

    bool operator==(const AccountSnapshot &) const = default;
};

/// What an operation with a key showed about it.
struct KeyObservation
{
    /// For a reader, `product` stays empty, because the device's name is that of the reader.
    [[nodiscard]] static KeyObservation on(const KeyDevice &device, const QByteArray &aaguid,
                                           const HeldCredentials &held);

    QString product;
    QByteArray aaguid;
    /// Ids of known credentials that the key proved to hold. Claimed credentials are left out,
    /// because they must not change the inventory.
    QList<QByteArray> held;

    bool operator==(const KeyObservation &) const = default;
};

/// A registration that was sent to the server, until its answer is known. If the program ends
/// before that, the account's list of passkeys shows later whether it was registered.
struct PendingRegistration
{
    KeyRegistration registration;
    KeyObservation seen;
    QString newId; ///< For the key, if it is not known yet.

    bool operator==(const PendingRegistration &) const = default;
};

/// The security keys that this computer knows, and what it knows about their accounts. A value
/// type; `KeyInventory` keeps it in a file.
///
/// If a key proves to hold credentials of two entries, both are the same key. They are merged into
/// the older entry, with the places and registrations of both, once the key is registered or added.
/// Only plugging it in merges nothing, because the user was not asked.
///
/// A key that supports only U2F proves nothing without a touch. So each time such a key is
/// registered or added, a new entry is made.
class Inventory
{
public:
    /// The longest text for display, in characters.
    static constexpr qsizetype LongestText = 200;
    /// The longest account key or RP ID, in characters; a host name has up to 253.
    static constexpr qsizetype LongestIdentifier = 255;
    /// In bytes (WebAuthn Level 2, 4, "Credential ID").
    static constexpr qsizetype LongestCredentialId = 1023;

    [[nodiscard]] const QList<InventoryKey> &keys() const { return m_keys; }
    /// By account key.
    [[nodiscard]] const QMap<QString, AccountSnapshot> &accounts() const { return m_accounts; }

    /// Null if there is no such key.
    [[nodiscard]] const InventoryKey *key(const QString &id) const;
    [[nodiscard]] const InventoryKey *holderOf(const QByteArray &credentialId) const;
    /// Ids of the keys that hold any of these credentials, the oldest first.
    [[nodiscard]] QStringList holdersOf(const QList<QByteArray> &held) const;
    /// The only key that holds any of these credentials. Null if there is none, or several: then it
    /// is not certain which key it is.
    [[nodiscard]] const InventoryKey *onlyHolderOf(const QList<QByteArray> &held) const;
    /// The credentials by which a key can be recognized.
    [[nodiscard]] QList<KnownCredential> candidates() const;

    [[nodiscard]] const QList<PendingRegistration> &pending() const { return m_pending; }

    // Changes. A change to something that does not exist has no effect.

    /// The server will be asked to register a passkey. `recordRegistration` or `dropPending`
    /// follows once its answer is known.
    void recordPending(const KeyRegistration &registration, const KeyObservation &seen,
                       const QString &newId);
    /// The passkey was not registered.
    void dropPending(const QByteArray &credentialId);
    /// A passkey was registered. The key is recognized by the credentials it holds, or added as
    /// `newId` with the name of the passkey. A malformed credential is ignored.
    void recordRegistration(const KeyRegistration &registration, const KeyObservation &seen,
                            const QString &newId);
    /// The user added the key, with a credential to recognize it by. `id` is new, or that of the
    /// entry for this key.
    void add(const QString &name, const QString &place,
             const KnownCredential &recognitionCredential, const KeyObservation &seen,
             const QString &id);
    /// The key was looked at without a touch. Fills in missing details if it is certain which key
    /// it is.
    void recordSeen(const KeyObservation &seen);
    void describe(const QString &id, const QString &name, const QString &place);
    void forget(const QString &id);
    void recordReset(const QString &id);
    void recordDeletedFromKey(const QByteArray &credentialId);

    /// The server removed this passkey.
    void recordRemoval(const QString &accountKey, qint64 passkeyNumber);
    /// `all` is the server's complete list. A registration that is not in it was removed at the
    /// server. A pending registration is recorded if it is in the list, else dropped.
    void recordPasskeys(const QString &accountKey, const QList<Passkey> &all);
    /// Ignored for accounts that no key is registered with.
    void recordMethods(const QString &accountKey, const QList<ProviderType> &on,
                       const QDateTime &now);

    /// For reading a stored inventory. Texts are cleaned.
    void append(InventoryKey key);
    void appendPending(const PendingRegistration &pending);
    void setSnapshot(const QString &accountKey, const AccountSnapshot &snapshot);

    bool operator==(const Inventory &) const = default;

private:
    [[nodiscard]] InventoryKey *find(const QString &id);
    /// The entry for this key, after merging other entries for the same key into it. Null if the
    /// key is not known.
    InventoryKey *known(const KeyObservation &seen);
    InventoryKey &knownOrNew(const KeyObservation &seen, const QString &id, const QDateTime &now);

    QList<InventoryKey> m_keys;
    QMap<QString, AccountSnapshot> m_accounts;
    QList<PendingRegistration> m_pending;
};

} // namespace Sparekey
