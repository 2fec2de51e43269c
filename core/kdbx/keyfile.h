// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/secret/securebuffer.h"

namespace Sparekey {

/// The key that a key file stands for, by the rules of KeePass in their order: XML of version 2.0
/// (hexadecimal digits with a check) or 1.0 (base64); 32 bytes as they are; 64 hexadecimal digits;
/// any other file by its SHA-256. Source: keepass.info, "Key Files". Any thread.
///
/// `KeyFileDamaged` if it is XML and the key is missing or fails its check, `KeyFileNotReadable` if
/// it is of another version. An empty file is `KeyFileDamaged` too: it protects nothing.
[[nodiscard]] KdbxResult<SecureBuffer> keyFromKeyFile(const SecureBuffer &content);

/// A key file of version 2.0 for a key of 32 bytes, such as random ones.
[[nodiscard]] KdbxResult<SecureBuffer> writeKeyFile(const SecureBuffer &key);
/// The same for a new random key. `Cryptography`.
[[nodiscard]] KdbxResult<SecureBuffer> newKeyFile();

} // namespace Sparekey
