// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// Begins as files of KeePass do, of whatever version.
[[nodiscard]] bool isKeePassFile(QByteArrayView bytes);

/// Setup keys and recovery codes of a KDBX file: attributes `otp` (KeePassXC),
/// `TimeOtp-Secret-Base32` (KeePass) and `TOTP Seed` (plug-ins); `KeePassOTP.RecoveryCodes` and
/// others whose name speaks of recovery codes; notes. Neither histories nor the recycle bin are
/// read. Errors as `importFile`.
[[nodiscard]] Result<ImportResult> importKdbx(QByteArrayView file, const SecureBuffer &passphrase);

} // namespace Sparekey
