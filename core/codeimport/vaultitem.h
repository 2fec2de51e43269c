// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"

#include <QDate>
#include <QList>
#include <QString>

namespace Sparekey {

/// A named value of an item. Secrets and texts are not told apart.
struct VaultField
{
    QString name;
    SecretBytes value;
    bool used = false; ///< It is a code, and was used for sure.
    QDate usedOn = {}; ///< Not valid if it was not used, or that is not known.
};

/// An item of a password manager, as far as it may hold recovery codes.
struct VaultItem
{
    QString title;
    QString account;
    QString address;
    QList<VaultField> fields; ///< Those that the user or a plug-in has added.
    SecretBytes setupKey;     ///< A URI, or a key in base32; may be empty.
    SecretBytes notes;        ///< May have codes among other text.
};

/// A proposal for the setup key and one for the recovery codes, where the item has them: fields
/// whose name says so, such as "Recovery code 01" or "Backup codes", fields that are only numbered
/// among those, and notes that mention such codes. A field named "… (used …)" is unsure.
[[nodiscard]] QList<FoundCodes> foundInVaultItem(const VaultItem &item);

/// A setup key as vaults store it: an `otpauth://` URI, Bitwarden's `steam://KEY`, or a bare key.
[[nodiscard]] std::optional<FoundCodes> foundSetupKeyOf(const VaultItem &item);

} // namespace Sparekey
