// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// A copy of a PDF that opens with `passphrase` only: AES-256 with the key derivation of revision 6
/// (ISO 32000-2, 7.6.4), metadata encrypted too, never RC4 or revision 5. All in memory. The owner
/// password is random and discarded.
///
/// Takes some milliseconds. Errors: `PassphraseTooShort`, `PassphraseTooLong` (as in
/// `checkOwnPassphrase`), `Cryptography` if `pdf` is not a PDF or qpdf failed.
[[nodiscard]] Result<SecureBuffer> protectPdf(QByteArrayView pdf, const SecureBuffer &passphrase);

/// Proves that a protected PDF opens with the passphrase, does not open without one, and is
/// protected as `protectPdf` does it. Errors: `PassphraseRefused`, `Cryptography`.
[[nodiscard]] Result<void> verifyOpens(QByteArrayView pdf, const SecureBuffer &passphrase);

} // namespace Sparekey
