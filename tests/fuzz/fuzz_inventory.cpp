// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever lies in the file of the inventory, what is read of it can be written and read again, and
// no credential comes in that a key could not be asked for.

#include "core/inventory/inventoryfile.h"
#include "core/inventory/keyloss.h"

#include <cstdint>
#include <cstdlib>

using namespace Sparekey;

namespace {

void insist(bool promise)
{
    if (!promise)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto content = inventoryFromJson(
        QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    if (!content)
        return 0;
    const Inventory &inventory = content->value;
    const QList<KnownCredential> candidates = inventory.candidates();
    for (const KnownCredential &credential : candidates) {
        insist(!credential.rpId.isEmpty()
               && credential.rpId.size() <= Inventory::LongestIdentifier);
        insist(!credential.id.isEmpty() && credential.id.size() <= Inventory::LongestCredentialId);
        insist(!credential.publicKey || credential.publicKey->isWellFormed());
    }
    for (const InventoryKey &key : inventory.keys()) {
        insist(key.name.size() <= Inventory::LongestText);
        (void)whatIsLeft(inventory, key.id, [](const QString &) { return std::nullopt; });
    }
    const auto again = inventoryFromJson(inventoryToJson(inventory));
    insist(again && !again->damaged);
    // The times lose what is less than a second.
    const auto third = inventoryFromJson(inventoryToJson(again->value));
    insist(third && !third->damaged && third->value == again->value);
    return 0;
}
