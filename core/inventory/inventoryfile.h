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

/// Far more than a person has keys; no larger file is read or written.
constexpr qsizetype largestInventory = qsizetype(4) * 1024 * 1024;

/// Reads what `inventoryToJson` has written; also credentials without a public key, which a key can
/// only claim to hold. `FileDamaged` if nothing of it can be read, `FileFromNewerVersion`.
[[nodiscard]] Result<DataFile<Inventory>::Content> inventoryFromJson(const QByteArray &json);
[[nodiscard]] QByteArray inventoryToJson(const Inventory &inventory);

/// An empty inventory if there is no file. What is too large to be written fails with
/// `InventoryFull`.
[[nodiscard]] DataFile<Inventory> inventoryFile(const QString &path);

} // namespace Sparekey
