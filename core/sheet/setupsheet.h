// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sheet/sheet.h"

namespace Sparekey {

/// The content of a sheet from which an authenticator app can be set up again: the key and the QR
/// code that the app reads (`authenticatorUri`), without the email if the options leave it out. The
/// words are in the language of the installed translator. `key` is a setup key
/// (`isSetupKey`). Errors: `CodeTooLong`, also where the email makes a QR code too large
/// for paper; `Cryptography` if the system has no random numbers.
[[nodiscard]] Result<Sheet> makeSetupSheet(const SecureBuffer &key, const SheetSubject &subject,
                                           const SheetOptions &options);

} // namespace Sparekey
