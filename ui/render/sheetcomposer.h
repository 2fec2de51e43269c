// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/recovery/recoverycode.h"
#include "core/sheet/sheet.h"

#include <variant>

namespace Sparekey {

/// The setup key of an authenticator app, in base32.
struct AuthenticatorKey
{
    SecureBuffer letters;
};

/// The secret on a sheet.
using SheetSecret = std::variant<std::monostate, RecoveryCode, AuthenticatorKey>;

/// The subject of the sheets of this account, with a new sheet id. Has the ASCII form of the email
/// too, if no font has all of its letters. Needs a QGuiApplication.
[[nodiscard]] SheetSubject sheetSubject(const Session::Account &account);

/// Makes the sheet for a secret, which must not be empty, with the current time. Errors: see
/// `makeRecoverySheet` and `makeSetUpSheet`.
[[nodiscard]] Result<Sheet> composeSheet(const SheetSecret &secret, const SheetSubject &subject,
                                         const SheetOptions &options);

} // namespace Sparekey
