// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/codeimport/importedtext.h"
#include "core/result.h"
#include "core/servicecatalog/servicetemplate.h"

#include <QByteArrayView>
#include <QString>

namespace Sparekey {

// Reads recovery codes from texts: what is pasted, dropped or downloaded from a service. Pure
// functions, any thread; at 64 KiB they take some ten milliseconds.

/// Recognizes the service by the name of the file (may be empty), then by words of the text, then
/// by the form of the codes. Setup keys are found as `otpauth://` URIs. Errors: those of
/// `decodeImportedText`; `ImportNothingFound`.
[[nodiscard]] Result<ImportResult> importText(QByteArrayView bytes, const QString &fileName);

/// The codes of the service that the user has chosen in the preview, whatever the text says. Errors
/// as above.
[[nodiscard]] Result<FoundCodes> recognizeAs(const ServiceTemplate &service, QByteArrayView bytes);

/// The same for a text that is decoded.
[[nodiscard]] Result<ImportResult> codesInText(const ImportedText &text, const QString &fileName);

} // namespace Sparekey
