// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inventory/inventory.h"
#include "core/settings/settings.h"

#include <functional>

namespace Sparekey {

/// How one account can still be opened when a key is lost, as far as this computer knows.
struct AccountAfterLoss
{
    enum class Verdict {
        AnotherKey,     ///< Another key of the inventory.
        AnotherPasskey, ///< A passkey that was not registered through this program.
        AnotherMethod,
        RecoveryCode, ///< Nothing else was on, but there is a copy of the recovery code.
        Nothing,      ///< Nothing else was on, and no copy is known.
        Unknown,      ///< The other methods were never read.
        NotAsked,     ///< The server does not ask for passkeys: nothing is lost.
    };

    QString accountKey;
    QString server;
    Verdict verdict = Verdict::Unknown;
    QStringList otherKeys;            ///< Ids in the inventory.
    QStringList otherPasskeys;        ///< Their names at the server; names may be empty.
    QList<ProviderType> otherMethods; ///< Passkeys are not among them.
    QDateTime methodsSeen;            ///< Not valid if the methods were never read.
    std::optional<CopyRecord> recoveryCopy;
};

/// "If I lose this key, what is left?", for each account that it is registered with. `copyOf`
/// returns the known copy of an account's recovery code.
[[nodiscard]] QList<AccountAfterLoss>
whatIsLeft(const Inventory &inventory, const QString &keyId,
           const std::function<std::optional<CopyRecord>(const QString &accountKey)> &copyOf);

} // namespace Sparekey
