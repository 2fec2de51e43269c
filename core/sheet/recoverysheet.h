// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/recovery/recoverycode.h"
#include "core/sheet/sheet.h"

namespace Sparekey {

/// The content of a sheet for a recovery code. The words are in the language of the installed
/// translator. The code must not be empty. Errors: `CodeTooLong`; `Cryptography` if the system has
/// no random numbers.
[[nodiscard]] Result<Sheet> makeRecoverySheet(const RecoveryCode &code, const SheetSubject &subject,
                                              const SheetOptions &options);

} // namespace Sparekey
