// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever the file about printed sheets contains, each entry names a job, and the file that is
// written from them is read as the same.

#include "core/printing/sentsheets.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QList<SentSheets::Entry> entries = sentSheetsFromJson(bytes);
    for (const SentSheets::Entry &entry : entries)
        require(!entry.sheet.job.printer.isEmpty() && entry.sheet.job.id > 0);
    const QByteArray written = sentSheetsToJson(entries);
    require(sentSheetsToJson(sentSheetsFromJson(written)) == written);
    return 0;
}
