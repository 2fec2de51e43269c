// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/inventory.h"

#include "core/text/foreigntext.h"
#include "core/webauthn/authenticatordata.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

using State = KeyRegistration::State;

QString cleaned(const QString &text)
{
    return ForeignText(text, Inventory::LongestText);
}

bool isIdentifier(const QString &text)
{
    return !text.isEmpty() && text.size() <= Inventory::LongestIdentifier;
}

KnownCredential credentialOf(const KeyRegistration &registration)
{
    return {.rpId = registration.rpId,
            .id = registration.credentialId,
            .publicKey = registration.publicKey};
}

bool isSound(const KnownCredential &credential)
{
    return isIdentifier(credential.rpId) && !credential.id.isEmpty()
        && credential.id.size() <= Inventory::LongestCredentialId
        && (!credential.publicKey || credential.publicKey->isWellFormed());
}

QByteArray soundAaguid(const QByteArray &aaguid)
{
    return aaguid.size() == AuthenticatorData::AaguidSize ? aaguid : QByteArray();
}

bool holds(const InventoryKey &key, const QByteArray &credentialId)
{
    return std::ranges::any_of(key.registrations,
                               [&](const auto &each) { return each.credentialId == credentialId; })
        || std::ranges::any_of(key.recognitionCredentials,
                               [&](const auto &each) { return each.id == credentialId; });
}

// Merges two entries for the same key.
void merge(InventoryKey &older, const InventoryKey &newer)
{
    if (older.name.isEmpty())
        older.name = newer.name;
    if (older.place.isEmpty())
        older.place = newer.place;
    else if (!newer.place.isEmpty() && newer.place != older.place)
        older.place = cleaned(older.place + u"; " + newer.place);
    if (older.product.isEmpty())
        older.product = newer.product;
    if (older.aaguid.isEmpty())
        older.aaguid = newer.aaguid;
    older.added = std::min(older.added, newer.added);
    older.registrations += newer.registrations;
    older.recognitionCredentials += newer.recognitionCredentials;
}

} // namespace

KeyObservation KeyObservation::on(const KeyDevice &device, const QByteArray &aaguid,
                                  const HeldCredentials &held)
{
    return {.product = device.isReader() ? QString() : device.name,
            .aaguid = aaguid,
            .held = held.proven};
}

const InventoryKey *Inventory::key(const QString &id) const
{
    const auto found = std::ranges::find(m_keys, id, &InventoryKey::id);
    return found == m_keys.end() ? nullptr : &*found;
}

InventoryKey *Inventory::find(const QString &id)
{
    const auto found = std::ranges::find(m_keys, id, &InventoryKey::id);
    return found == m_keys.end() ? nullptr : &*found;
}

const InventoryKey *Inventory::holderOf(const QByteArray &credentialId) const
{
    const auto found = std::ranges::find_if(m_keys, [&](const InventoryKey &key) {
        return holds(key, credentialId);
    });
    return found == m_keys.end() ? nullptr : &*found;
}

QList<KnownCredential> Inventory::candidates() const
{
    QList<KnownCredential> all;
    for (const InventoryKey &key : m_keys) {
        all += key.recognitionCredentials;
        for (const KeyRegistration &registration : key.registrations) {
            if (registration.state != State::GoneFromKey)
                all.append(credentialOf(registration));
        }
    }
    return all;
}

QStringList Inventory::holdersOf(const QList<QByteArray> &held) const
{
    QStringList ids;
    for (const InventoryKey &key : m_keys) {
        if (std::ranges::any_of(held, [&](const QByteArray &id) { return holds(key, id); }))
            ids.append(key.id);
    }
    return ids;
}

const InventoryKey *Inventory::onlyHolderOf(const QList<QByteArray> &held) const
{
    const QStringList ids = holdersOf(held);
    return ids.size() == 1 ? key(ids.first()) : nullptr;
}

InventoryKey *Inventory::known(const KeyObservation &seen)
{
    const QStringList ids = holdersOf(seen.held);
    if (ids.isEmpty())
        return nullptr;
    for (const QString &other : ids.sliced(1)) {
        merge(*find(ids.first()), *find(other));
        m_keys.removeIf([&](const InventoryKey &key) { return key.id == other; });
    }
    InventoryKey *key = find(ids.first());
    if (!seen.product.isEmpty())
        key->product = cleaned(seen.product);
    if (const QByteArray aaguid = soundAaguid(seen.aaguid); !aaguid.isEmpty())
        key->aaguid = aaguid;
    return key;
}

InventoryKey &Inventory::knownOrNew(const KeyObservation &seen, const QString &id,
                                    const QDateTime &now)
{
    if (InventoryKey *key = known(seen))
        return *key;
    if (InventoryKey *key = find(id))
        return *key;
    m_keys.append({.id = id,
                   .name = {},
                   .place = {},
                   .product = cleaned(seen.product),
                   .aaguid = soundAaguid(seen.aaguid),
                   .added = now,
                   .registrations = {},
                   .recognitionCredentials = {}});
    return m_keys.last();
}

void Inventory::recordPending(const KeyRegistration &registration, const KeyObservation &seen,
                              const QString &newId)
{
    if (!isSound(credentialOf(registration)) || !isIdentifier(registration.accountKey))
        return;
    dropPending(registration.credentialId);
    appendPending({.registration = registration, .seen = seen, .newId = newId});
}

void Inventory::dropPending(const QByteArray &credentialId)
{
    m_pending.removeIf([&](const PendingRegistration &each) {
        return each.registration.credentialId == credentialId;
    });
}

void Inventory::recordRegistration(const KeyRegistration &registration, const KeyObservation &seen,
                                   const QString &newId)
{
    if (!isSound(credentialOf(registration)) || !isIdentifier(registration.accountKey))
        return;
    KeyRegistration noted = registration;
    noted.server = cleaned(noted.server);
    noted.name = cleaned(noted.name);
    dropPending(noted.credentialId);
    // Reading the account's passkeys may have recorded it already.
    for (InventoryKey &holder : m_keys) {
        for (KeyRegistration &known : holder.registrations) {
            if (known.credentialId == noted.credentialId) {
                known = noted;
                return;
            }
        }
    }
    // A number belongs to one passkey at a time, so an older one with this number is gone.
    recordRemoval(noted.accountKey, noted.number);
    InventoryKey &key = knownOrNew(seen, newId, noted.added);
    if (key.registrations.isEmpty() && key.name.isEmpty())
        key.name = noted.name;
    key.registrations.append(noted);
    if (const auto snapshot = m_accounts.find(noted.accountKey); snapshot != m_accounts.end()) {
        if (auto &methods = snapshot->methods; methods && !methods->contains(ProviderType::Passkey))
            methods->append(ProviderType::Passkey);
        if (auto &passkeys = snapshot->passkeys)
            passkeys->insert(noted.number, noted.name);
    }
}

void Inventory::add(const QString &name, const QString &place,
                    const KnownCredential &recognitionCredential, const KeyObservation &seen,
                    const QString &id)
{
    if (!isSound(recognitionCredential))
        return;
    InventoryKey &key = knownOrNew(seen, id, QDateTime::currentDateTimeUtc());
    key.recognitionCredentials.append(recognitionCredential);
    key.name = cleaned(name);
    key.place = cleaned(place);
}

void Inventory::recordSeen(const KeyObservation &seen)
{
    const InventoryKey *only = onlyHolderOf(seen.held);
    if (!only)
        return;
    InventoryKey *key = find(only->id);
    if (key->product.isEmpty())
        key->product = cleaned(seen.product);
    if (key->aaguid.isEmpty())
        key->aaguid = soundAaguid(seen.aaguid);
}

void Inventory::describe(const QString &id, const QString &name, const QString &place)
{
    if (InventoryKey *key = find(id)) {
        key->name = cleaned(name);
        key->place = cleaned(place);
    }
}

void Inventory::forget(const QString &id)
{
    m_keys.removeIf([&](const InventoryKey &key) { return key.id == id; });
    // Also forget accounts that no remaining key is registered with.
    QSet<QString> left;
    for (const InventoryKey &key : std::as_const(m_keys)) {
        for (const KeyRegistration &registration : key.registrations)
            left.insert(registration.accountKey);
    }
    m_accounts.removeIf([&](const auto &entry) { return !left.contains(entry.key()); });
}

void Inventory::recordReset(const QString &id)
{
    if (InventoryKey *key = find(id)) {
        key->recognitionCredentials.clear();
        for (KeyRegistration &registration : key->registrations)
            registration.state = State::GoneFromKey;
    }
}

void Inventory::recordDeletedFromKey(const QByteArray &credentialId)
{
    for (InventoryKey &key : m_keys) {
        for (KeyRegistration &registration : key.registrations) {
            if (registration.credentialId == credentialId)
                registration.state = State::GoneFromKey;
        }
    }
}

void Inventory::recordRemoval(const QString &accountKey, qint64 passkeyNumber)
{
    for (InventoryKey &key : m_keys) {
        for (KeyRegistration &registration : key.registrations) {
            if (registration.accountKey == accountKey && registration.number == passkeyNumber
                && registration.state == State::Registered)
                registration.state = State::RemovedAtServer;
        }
        // Neither the server nor the key has it.
        key.registrations.removeIf([&](const KeyRegistration &registration) {
            return registration.accountKey == accountKey && registration.number == passkeyNumber
                && registration.state == State::GoneFromKey;
        });
    }
    if (const auto snapshot = m_accounts.find(accountKey); snapshot != m_accounts.end()) {
        if (auto &passkeys = snapshot->passkeys)
            passkeys->remove(passkeyNumber);
    }
}

void Inventory::recordPasskeys(const QString &accountKey, const QList<Passkey> &all)
{
    QMap<qint64, QString> atServer;
    for (const Passkey &passkey : all)
        atServer.insert(passkey.id, cleaned(passkey.name));
    const QList<PendingRegistration> pending = m_pending;
    for (const PendingRegistration &each : pending) {
        const KeyRegistration &asked = each.registration;
        if (asked.accountKey != accountKey)
            continue;
        if (atServer.value(asked.number) == asked.name && atServer.contains(asked.number))
            recordRegistration(asked, each.seen, each.newId);
        else
            dropPending(asked.credentialId);
    }
    bool concerned = false;
    // Servers reuse numbers, so the name must match too.
    const auto isGone = [&](const KeyRegistration &registration) {
        const auto found = atServer.constFind(registration.number);
        return registration.accountKey == accountKey
            && (found == atServer.cend() || *found != registration.name);
    };
    for (InventoryKey &key : m_keys) {
        for (KeyRegistration &registration : key.registrations) {
            concerned = concerned || registration.accountKey == accountKey;
            if (registration.state == State::Registered && isGone(registration))
                registration.state = State::RemovedAtServer;
        }
        // Neither the server nor the key has it.
        key.registrations.removeIf([&](const KeyRegistration &registration) {
            return registration.state == State::GoneFromKey && isGone(registration);
        });
    }
    if (concerned)
        m_accounts[accountKey].passkeys = atServer;
}

void Inventory::recordMethods(const QString &accountKey, const QList<ProviderType> &on,
                              const QDateTime &now)
{
    const bool concerned = std::ranges::any_of(m_keys, [&](const InventoryKey &key) {
        return std::ranges::any_of(key.registrations, [&](const KeyRegistration &registration) {
            return registration.accountKey == accountKey;
        });
    });
    if (!concerned)
        return;
    AccountSnapshot &snapshot = m_accounts[accountKey];
    // The time is shown as a date, so a second look on the same day is not written.
    if (snapshot.methods == on
        && snapshot.methodsSeen.toLocalTime().date() == now.toLocalTime().date())
        return;
    snapshot.methods = on;
    snapshot.methodsSeen = now;
}

void Inventory::append(InventoryKey key)
{
    key.name = cleaned(key.name);
    key.place = cleaned(key.place);
    key.product = cleaned(key.product);
    for (KeyRegistration &registration : key.registrations) {
        registration.server = cleaned(registration.server);
        registration.name = cleaned(registration.name);
    }
    m_keys.append(std::move(key));
}

void Inventory::appendPending(const PendingRegistration &pending)
{
    PendingRegistration clean = pending;
    clean.registration.server = cleaned(clean.registration.server);
    clean.registration.name = cleaned(clean.registration.name);
    clean.seen.product = cleaned(clean.seen.product);
    clean.seen.aaguid = soundAaguid(clean.seen.aaguid);
    m_pending.append(clean);
}

void Inventory::setSnapshot(const QString &accountKey, const AccountSnapshot &snapshot)
{
    m_accounts.insert(accountKey, snapshot);
}

} // namespace Sparekey
