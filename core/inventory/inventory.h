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

/// A passkey that was registered through this program. Nothing in it is secret: a credential id is
/// what the server hands out to everybody who wants to sign in.
struct KeyRegistration
{
    enum class State {
        Registered,
        RemovedAtServer, ///< The server forgot it. The key still knows it, and is known by it.
        GoneFromKey,     ///< The key was reset, or this entry of it deleted.
    };

    QString accountKey; ///< As `accountKey()` of core/settings makes it.
    QString server;     ///< What a person calls the server, as `Environment::title()`.
    QString rpId;
    QByteArray credentialId;
    /// What the key proves with that it holds the credential; nothing if it is not known.
    std::optional<CredentialPublicKey> publicKey = {};
    qint64 number = 0;    ///< Of the passkey at the server.
    QString name;         ///< Of the passkey at the server.
    QDateTime added = {}; ///< UTC.
    State state = State::Registered;

    bool operator==(const KeyRegistration &) const = default;
};

/// A key as its owner knows it.
struct InventoryKey
{
    QString id;      ///< Names it within the inventory. Not for people.
    QString name;    ///< What its owner calls it; may be empty.
    QString place;   ///< Where it is kept, in the owner's words; may be empty.
    QString product; ///< What it calls itself; empty if it was seen only on a reader.
    QByteArray aaguid;
    QDateTime added; ///< UTC.
    QList<KeyRegistration> registrations;
    /// Credentials that were made for nothing but to know the key again.
    QList<KnownCredential> marks;

    bool operator==(const InventoryKey &) const = default;
};

/// What the server of an account said when it was asked the last time.
struct AccountSnapshot
{
    std::optional<QList<ProviderType>> methods;    ///< Those that were on.
    QDateTime methodsSeen;                         ///< UTC.
    std::optional<QMap<qint64, QString>> passkeys; ///< Numbers and names of all.

    bool operator==(const AccountSnapshot &) const = default;
};

/// What was seen of a key while something was done with it.
struct KeyObservation
{
    /// On a reader the device's name is the reader's, and left out.
    [[nodiscard]] static KeyObservation on(const KeyDevice &device, const QByteArray &aaguid,
                                           const HeldCredentials &held);

    QString product;
    QByteArray aaguid;
    /// Ids of known credentials that the key proved to hold. What it only claims is left out: it
    /// changes nothing in the inventory.
    QList<QByteArray> held;

    bool operator==(const KeyObservation &) const = default;
};

/// A registration that the server was asked for, until its answer is known. If the program ends in
/// between, the next look at the account's passkeys tells what became of it.
struct PendingRegistration
{
    KeyRegistration registration;
    KeyObservation seen;
    QString newId; ///< For the key, if it is none of those known.

    bool operator==(const PendingRegistration &) const = default;
};

/// The keys that this computer knows, and what it knows of the accounts that they open. A value;
/// `KeyInventory` keeps it in a file.
///
/// Two entries turn out to be one key when it proves to hold credentials of both. They become one,
/// the older, with the names, places and registrations of both, once the key is registered or
/// added. Plugging it in alone joins nothing: whoever does that has not been asked.
///
/// A key that speaks U2F alone proves nothing without a touch: each time such a key is registered
/// or added, it becomes an entry of its own.
class Inventory
{
public:
    /// Characters of any text that a person reads.
    static constexpr qsizetype LongestText = 200;
    /// Characters of account keys and RP IDs; a host name has up to 253.
    static constexpr qsizetype LongestIdentifier = 255;
    /// Bytes (WebAuthn Level 2, 4, "Credential ID").
    static constexpr qsizetype LongestCredentialId = 1023;

    [[nodiscard]] const QList<InventoryKey> &keys() const { return m_keys; }
    /// By account key.
    [[nodiscard]] const QMap<QString, AccountSnapshot> &accounts() const { return m_accounts; }

    /// Null if there is no such key.
    [[nodiscard]] const InventoryKey *key(const QString &id) const;
    [[nodiscard]] const InventoryKey *holderOf(const QByteArray &credentialId) const;
    /// Ids of the keys that have some of these credentials, the oldest first.
    [[nodiscard]] QStringList holdersOf(const QList<QByteArray> &held) const;
    /// The one key that has some of these credentials. Null if there is none, and if there are
    /// several: then it is not certain which key it is.
    [[nodiscard]] const InventoryKey *onlyHolderOf(const QList<QByteArray> &held) const;
    /// What a key may be asked for, to know it again.
    [[nodiscard]] QList<KnownCredential> candidates() const;

    [[nodiscard]] const QList<PendingRegistration> &pending() const { return m_pending; }

    // Changes. Those of what is not there change nothing.

    /// The server will be asked to register a passkey. `noteRegistration` or `dropIntention`
    /// follows once its answer is known.
    void noteIntention(const KeyRegistration &registration, const KeyObservation &seen,
                       const QString &newId);
    /// It was not registered.
    void dropIntention(const QByteArray &credentialId);
    /// A passkey was registered. The key is known by what it holds, or added as `newId` and called
    /// like the passkey. Nothing is noted of a credential that no key can have made.
    void noteRegistration(const KeyRegistration &registration, const KeyObservation &seen,
                          const QString &newId);
    /// The key was added by hand, with a credential to know it by. `id` is a new one, or that of a
    /// key which is known to be this one.
    void add(const QString &name, const QString &place, const KnownCredential &mark,
             const KeyObservation &seen, const QString &id);
    /// The key was looked at, which needs no touch. Fills in what was not known of it, if it is
    /// certain which key it is.
    void noteSeen(const KeyObservation &seen);
    void describe(const QString &id, const QString &name, const QString &place);
    void forget(const QString &id);
    void noteReset(const QString &id);
    void noteDeletedFromKey(const QByteArray &credentialId);

    /// The server removed this passkey.
    void noteRemoval(const QString &accountKey, qint64 passkeyNumber);
    /// These are all that the server has: whatever else was registered is not any more, and what is
    /// pending is registered if it is among them.
    void notePasskeys(const QString &accountKey, const QList<Passkey> &all);
    /// Kept only of accounts that a key is registered with.
    void noteMethods(const QString &accountKey, const QList<ProviderType> &on,
                     const QDateTime &now);

    /// As it was kept. Texts are cleaned.
    void append(InventoryKey key);
    void appendPending(const PendingRegistration &pending);
    void setSnapshot(const QString &accountKey, const AccountSnapshot &snapshot);

    bool operator==(const Inventory &) const = default;

private:
    [[nodiscard]] InventoryKey *find(const QString &id);
    /// Makes one of all that it is. Null if it is none of them.
    InventoryKey *known(const KeyObservation &seen);
    InventoryKey &knownOrNew(const KeyObservation &seen, const QString &id, const QDateTime &now);

    QList<InventoryKey> m_keys;
    QMap<QString, AccountSnapshot> m_accounts;
    QList<PendingRegistration> m_pending;
};

} // namespace Sparekey
