// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/compositekey.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

namespace Sparekey {

/// What the user gives to open a library: a passphrase, the content of a key file, or both. An
/// empty one of them counts as not given.
struct LibraryKey
{
    SecureBuffer passphrase = {};
    SecureBuffer keyFile = {};

    [[nodiscard]] LibraryKey clone() const
    {
        return {.passphrase = passphrase.clone(), .keyFile = keyFile.clone()};
    }
};

/// Errors: those of `CompositeKey`.
[[nodiscard]] KdbxResult<CompositeKey> compositeKey(const LibraryKey &key);

/// The content of a key file with a new random key. Error: `Cryptography`.
[[nodiscard]] Result<SecureBuffer> newLibraryKeyFile();

} // namespace Sparekey
