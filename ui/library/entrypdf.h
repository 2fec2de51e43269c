// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/secretfile.h"
#include "core/library/libraryentry.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/sheet/papersize.h"

#include <QCoroTask>

#include <QList>
#include <QString>

namespace Sparekey {

/// Saves one PDF with the sheets of these entries, entry after entry. Those without valid codes are
/// left out; at least one must have some. With a passphrase it is protected, and is opened again
/// before it is saved. Painted and saved on worker threads. GUI thread; needs a QGuiApplication.
/// Errors: those of `pdfInBackground` and `saveSecretFile`.
[[nodiscard]] QCoro::Task<Result<void>> savePdf(QList<LibraryEntry> entries, QString path,
                                                SecureBuffer passphrase, PaperSize paper,
                                                ExistingFile existing);

} // namespace Sparekey
