// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QString>

namespace Sparekey {

/// In bytes; larger files are not read.
inline constexpr qsizetype largestImportedFile = qsizetype{64} * 1024 * 1024;

/// What opens an encrypted file.
struct ImportKey
{
    SecureBuffer passphrase = {};
    SecureBuffer keyFile = {}; ///< The content of a key file of KeePass; empty if there is none.
};

/// Reads a file of any kind that is known, which its content tells: KeePass (KDBX 4), a Bitwarden
/// export as JSON (plain or password-protected), Aegis (plain or encrypted), 2FAS (plain), else
/// text (`importText`). `key` is empty where none is needed or known yet.
///
/// Derives keys where the file is encrypted, which takes up to seconds: never on the GUI thread.
/// Pure, any other thread. Errors: `ImportPassphraseRequired`; `PassphraseRefused` if it is wrong,
/// or `ImportKeyRefused` with a key file; `ImportKeyFileUnusable`;
/// `ImportAccountBound`; `ImportUnsupported`; `ImportKdfTooLarge`; `ImportDamaged`;
/// `ImportTooLarge`; `ImportNotReadable`; `ImportNothingFound`; `Cryptography`.
[[nodiscard]] Result<ImportResult> importFile(const SecureBuffer &bytes, const QString &fileName,
                                              const ImportKey &key);

} // namespace Sparekey
