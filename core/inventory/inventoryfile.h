// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/datafile.h"
#include "core/inventory/inventory.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace Sparekey {

// The file of an inventory, in JSON.

/// In bytes, far more than the keys of a person need. Larger files are neither read nor written.
constexpr qsizetype largestInventory = qsizetype(4) * 1024 * 1024;

/// Reads the output of `inventoryToJson`. Accepts credentials without a public key, which a key can
/// only claim to hold. Errors: `FileDamaged` if nothing can be read, `FileFromNewerVersion`.
[[nodiscard]] Result<DataFile<Inventory>::Content> inventoryFromJson(const QByteArray &json);
[[nodiscard]] QByteArray inventoryToJson(const Inventory &inventory);

/// An empty inventory if there is no file. Writing one that is too large fails with
/// `InventoryFull`.
[[nodiscard]] DataFile<Inventory> inventoryFile(const QString &path);

} // namespace Sparekey
