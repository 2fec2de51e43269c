// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/codeimport/importfile.h"
#include "core/result.h"

#include <QByteArrayView>

namespace Sparekey {

/// Begins as files of KeePass do, of whatever version.
[[nodiscard]] bool isKeePassFile(QByteArrayView bytes);

/// Setup keys and recovery codes of a KDBX file: attributes `otp` (KeePassXC),
/// `TimeOtp-Secret-Base32` (KeePass) and `TOTP Seed` (plug-ins); `KeePassOTP.RecoveryCodes` and
/// others whose name speaks of recovery codes; notes. Neither histories nor the recycle bin are
/// read. Errors as `importFile`.
///
/// A file of ours, or of an export, has `Used recovery codes` beside `Recovery code 01`, …: those
/// are `FoundCode::used`.
[[nodiscard]] Result<ImportResult> importKdbx(QByteArrayView file, const ImportKey &key);

} // namespace Sparekey
