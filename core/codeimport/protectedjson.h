// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/json/jsonfields.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>

namespace Sparekey {

// The encryption of Bitwarden's password-protected export: a key derived from the passphrase is
// stretched (HKDF-Expand, RFC 5869) to two, with which AES-256-CBC and HMAC-SHA-256 protect the
// JSON of the plain export. Source: the export and import of the official clients. Derives a key,
// which takes up to seconds: never on the GUI thread.

/// The plain export. Errors as `importFile`.
[[nodiscard]] Result<SecureBuffer> openProtectedJson(const JsonFields &file,
                                                     const SecureBuffer &passphrase);

/// A file of that plain export, by PBKDF2 with 600 000 rounds, which every client can import.
/// `Cryptography`.
[[nodiscard]] Result<QByteArray> sealProtectedJson(const SecureBuffer &plain,
                                                   const SecureBuffer &passphrase);

} // namespace Sparekey
