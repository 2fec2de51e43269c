// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/recovery/recoverycode.h"
#include "core/sheet/sheet.h"

#include <variant>

namespace Sparekey {

/// The key of an authenticator app, base32.
struct AuthenticatorKey
{
    SecureBuffer letters;
};

/// The secret that a sheet keeps.
using SheetSecret = std::variant<std::monostate, RecoveryCode, AuthenticatorKey>;

/// What sheets of this account are about, with a new number. If no font has letters of the email,
/// they have its ASCII form, too. Needs a QGuiApplication.
[[nodiscard]] SheetSubject sheetSubject(const Session::Account &account);

/// The sheet for a secret, which must not be empty, as of now. Errors: see `makeRecoverySheet` and
/// `makeSetUpSheet`.
[[nodiscard]] Result<Sheet> composeSheet(const SheetSecret &secret, const SheetSubject &subject,
                                         const SheetOptions &options);

} // namespace Sparekey
