// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the library reads of a KDBX file: the JSON of an entry and the entries of a foreign
// database. Any two databases can be merged.

#include "core/kdbx/innerheader.h"
#include "core/kdbx/kdbxmerge.h"
#include "core/kdbx/kdbxxml.h"
#include "core/library/entrydetails.h"
#include "core/library/entryinkdbx.h"
#include "core/library/storedentries.h"
#include "tests/fuzz/require.h"

#include <cstdint>
#include <optional>

using namespace Sparekey;

namespace {

std::optional<KdbxDatabase> databaseOf(QByteArrayView xml)
{
    ChaCha20 stream = innerStreamOf(SecureBuffer::copyOf("key of the fuzzer"));
    auto root = readXml(xml, &stream, {});
    if (!root)
        return std::nullopt;
    return KdbxDatabase{.header = {}, .root = *std::move(root)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView octets(data, qsizetype(size));
    const EntryDetails details = entryDetailsFromJson(QString::fromUtf8(octets));
    require(entryDetailsFromJson(entryDetailsToJson(details)) == details);

    // Two documents, one after the other, separated by a zero.
    const qsizetype middle = octets.indexOf('\0');
    auto first = databaseOf(middle < 0 ? octets : octets.first(middle));
    if (!first)
        return 0;
    for (const LibraryEntry &entry : readEntries(*first)) {
        const auto stored = findEntry(*first, entry.id);
        require(stored.has_value());
        writeEntry(stored->entry, entry);
        require(readEntry(stored->entry).has_value());
    }
    const auto second = middle < 0 ? first : databaseOf(octets.sliced(middle + 1));
    if (!second)
        return 0;
    (void)mergeKdbx(*first, *second);
    (void)mergeKdbx(*first, *second);
    return 0;
}
