// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/entrypdf.h"

#include "ui/library/entrysheet.h"
#include "ui/render/sheetfile.h"

#include <utility>
#include <vector>

namespace Sparekey {

QCoro::Task<Result<void>> savePdf(QList<LibraryEntry> entries, QString path,
                                  SecureBuffer passphrase, PaperSize paper, ExistingFile existing)
{
    std::vector<Sheet> sheets;
    for (const LibraryEntry &entry : std::as_const(entries)) {
        const auto source = sheetSourceOf(entry);
        if (!source)
            continue;
        // A file has no copy number, unlike a printed sheet.
        const SheetOptions options{.paper = paper, .copies = 0};
        auto sheet = source->makeSheet(options);
        if (!sheet)
            co_return fail(sheet.error());
        sheets.push_back(std::move(*sheet));
    }
    Q_ASSERT(!sheets.empty());
    auto bytes = co_await pdfInBackground(std::move(sheets), std::move(passphrase));
    if (!bytes)
        co_return fail(bytes.error());
    auto saved = co_await saveSecretFile(path, std::move(*bytes), existing);
    co_return std::move(saved);
}

} // namespace Sparekey
