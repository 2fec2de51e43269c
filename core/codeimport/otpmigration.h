// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/result.h"

#include <QByteArrayView>

namespace Sparekey {

/// An export of Google Authenticator: `otpauth-migration://offline?data=…`.
[[nodiscard]] bool isOtpMigrationUri(QByteArrayView uri);

/// The setup keys of such an export. One QR code holds at most ten; of a larger export there are
/// several, each complete in itself. The data is base64 of a protobuf message, `MigrationPayload`:
/// field 1, repeated: the keys, of which 1 is the secret, 2 the name, 3 the issuer, 4 the algorithm
/// (1 SHA-1, 2 SHA-256, 3 SHA-512), 5 the digits (1: six, 2: eight), 6 the type (1 HOTP, 2 TOTP),
/// 7 the counter. Keys of other algorithms count as skipped. Any thread. Errors: `ImportDamaged`;
/// `ImportNothingFound` if there are no keys in it.
[[nodiscard]] Result<ImportResult> setupKeysFromMigration(QByteArrayView uri);

/// Base32 (RFC 4648 §6) without padding.
[[nodiscard]] SecureBuffer base32Of(QByteArrayView octets);

} // namespace Sparekey
