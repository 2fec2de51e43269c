// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inventory/inventory.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace Sparekey {

/// The file of an inventory, in JSON. All of it blocks on the disk: not for the GUI thread.

/// Far more than a person has keys; no larger file is read or written.
constexpr qsizetype largestInventory = qsizetype(4) * 1024 * 1024;

struct InventoryContent
{
    Inventory inventory;
    /// Some of the file could be read, but not all.
    bool damaged = false;
};

/// Reads what `inventoryToJson` has written; also credentials without a public key, which a key can
/// only claim to hold. `FileDamaged` if nothing of it can be read, `FileFromNewerVersion`.
[[nodiscard]] Result<InventoryContent> inventoryFromJson(const QByteArray &json);
[[nodiscard]] QByteArray inventoryToJson(const Inventory &inventory);

struct InventoryReading
{
    Inventory inventory;
    /// The file was damaged: it lies here, and what could be read of it is in a file of its own.
    QString keptAside;
};

/// An empty inventory if there is no file. Errors, with the path as subject: `FileNotReadable`,
/// `FileFromNewerVersion`, and for a damaged file that could not be put aside, those of writing.
[[nodiscard]] Result<InventoryReading> readInventory(const QString &path);

/// Reads the file, changes what is in it and writes it, while no other process does. Nothing is
/// written if nothing is changed. Errors: as above, `InventoryFull`, and those of writing.
[[nodiscard]] Result<InventoryReading>
changeInventory(const QString &path, const std::function<void(Inventory &)> &change);

} // namespace Sparekey
