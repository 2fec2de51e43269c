// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/keyloss.h"

#include <algorithm>

namespace Sparekey {

namespace {

using Verdict = AccountAfterLoss::Verdict;

bool opens(const KeyRegistration &registration, const QString &accountKey)
{
    return registration.accountKey == accountKey
        && registration.state == KeyRegistration::State::Registered;
}

void findOtherKeys(AccountAfterLoss &account, const Inventory &inventory, const QString &keyId)
{
    for (const InventoryKey &key : inventory.keys()) {
        const bool registered = std::ranges::any_of(key.registrations, [&](const auto &each) {
            return opens(each, account.accountKey);
        });
        if (registered && key.id != keyId)
            account.otherKeys.append(key.id);
    }
}

void findOtherMethods(AccountAfterLoss &account, const Inventory &inventory)
{
    const AccountSnapshot snapshot = inventory.accounts().value(account.accountKey);
    if (snapshot.methods) {
        account.methodsSeen = snapshot.methodsSeen;
        account.otherMethods = *snapshot.methods;
        account.otherMethods.removeAll(ProviderType::Passkey);
    }
    if (!snapshot.passkeys)
        return;
    auto otherPasskeys = *snapshot.passkeys;
    for (const InventoryKey &key : inventory.keys()) {
        for (const KeyRegistration &registration : key.registrations) {
            // A passkey that is gone from its key may still be at the server, but opens nothing.
            if (registration.accountKey == account.accountKey
                && registration.state != KeyRegistration::State::RemovedAtServer)
                otherPasskeys.remove(registration.number);
        }
    }
    account.otherPasskeys = otherPasskeys.values();
}

Verdict assess(const AccountAfterLoss &account, const std::optional<QList<ProviderType>> &methods)
{
    if (methods && !methods->contains(ProviderType::Passkey))
        return Verdict::NotAsked;
    if (!account.otherKeys.isEmpty())
        return Verdict::AnotherKey;
    if (!account.otherPasskeys.isEmpty())
        return Verdict::AnotherPasskey;
    if (!account.otherMethods.isEmpty())
        return Verdict::AnotherMethod;
    if (!methods)
        return Verdict::Unknown;
    return account.recoveryCopy ? Verdict::RecoveryCode : Verdict::Nothing;
}

} // namespace

QList<AccountAfterLoss>
whatIsLeft(const Inventory &inventory, const QString &keyId,
           const std::function<std::optional<CopyRecord>(const QString &accountKey)> &copyOf)
{
    QList<AccountAfterLoss> accounts;
    const InventoryKey *lost = inventory.key(keyId);
    if (!lost)
        return accounts;
    for (const KeyRegistration &registration : lost->registrations) {
        const QString &accountKey = registration.accountKey;
        const bool seen = std::ranges::any_of(accounts, [&](const AccountAfterLoss &account) {
            return account.accountKey == accountKey;
        });
        if (seen || !opens(registration, accountKey))
            continue;
        AccountAfterLoss account;
        account.accountKey = accountKey;
        account.server = registration.server;
        account.recoveryCopy = copyOf(accountKey);
        findOtherKeys(account, inventory, keyId);
        findOtherMethods(account, inventory);
        account.verdict = assess(account, inventory.accounts().value(accountKey).methods);
        accounts.append(account);
    }
    return accounts;
}

} // namespace Sparekey
