// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/json/jsonfields.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// Decrypts the database of an Aegis vault. A slot of type 1 holds the master key, encrypted with
/// the key that scrypt (RFC 7914) derives from the password; both it and the database are encrypted
/// with AES-256-GCM. Other slots need the phone. Blocks for about a second. Errors:
/// `PassphraseRefused`; `ImportKdfTooLarge`; `ImportUnsupported` if there is no password slot;
/// `ImportDamaged`; `Cryptography`.
[[nodiscard]] Result<SecureBuffer> decryptAegis(const JsonFields &header, QByteArrayView sealed,
                                                const SecureBuffer &passphrase);

} // namespace Sparekey
