// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/sheet.h"

#include <QCoroTask>

#include <QString>

#include <memory>
#include <vector>

namespace Sparekey {

enum class SheetFormat {
    Pdf,
    ProtectedPdf, ///< AES-256, opens with a passphrase.
    Text,
};

/// The content of a sheet's file. Verifies that a protected PDF opens with its passphrase. Takes
/// tens of milliseconds; on any thread that may paint. Errors: those of `renderPdf`, `protectPdf`
/// and `verifyOpens`.
[[nodiscard]] Result<SecureBuffer> sheetBytes(const Sheet &sheet, SheetFormat format,
                                              const SecureBuffer &passphrase);

/// The same on a worker thread. The passphrase is wiped afterwards.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>>
sheetBytesInBackground(std::shared_ptr<const Sheet> sheet, SheetFormat format,
                       SecureBuffer passphrase);

/// One PDF with several sheets, made on a worker thread. Protected if there is a passphrase, which
/// is wiped afterwards; verifies that it opens then. There must be a sheet. Errors: as above.
[[nodiscard]] QCoro::Task<Result<SecureBuffer>> pdfInBackground(std::vector<Sheet> sheets,
                                                                SecureBuffer passphrase);

/// The default path for saving the sheet: the documents folder, with a neutral name.
[[nodiscard]] QString suggestedSheetPath(const Sheet &sheet, SheetFormat format);

/// Makes an absolute path from what the user entered: "~/sheet", "sheet.pdf" or "file:///…". Adds a
/// missing extension. Relative paths start in the documents folder.
[[nodiscard]] QString sheetPath(const QString &entered, SheetFormat format);

} // namespace Sparekey
