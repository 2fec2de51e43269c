// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/secret/securebuffer.h"

#include <optional>

namespace Sparekey {

/// What opens a file: a passphrase, a key file, or both. Holds only their hashes, which are wiped
/// with it. Source: keepass.info, "Composite Master Key". Use from one thread at a time.
class CompositeKey
{
public:
    CompositeKey() = default;

    /// Of both; an empty one counts as not given. Errors of `setPassphrase` and `setKeyFile`.
    [[nodiscard]] static KdbxResult<CompositeKey> of(const SecureBuffer &passphrase,
                                                     const SecureBuffer &keyFile);

    /// The UTF-8 of the passphrase, as entered: KeePass does not normalize it. An empty passphrase
    /// is a valid one, and differs from no passphrase.
    [[nodiscard]] KdbxResult<void> setPassphrase(const SecureBuffer &passphrase);
    /// The content of the key file (`keyFromKeyFile`, with its errors).
    [[nodiscard]] KdbxResult<void> setKeyFile(const SecureBuffer &content);

    [[nodiscard]] bool isEmpty() const { return !m_passphrase && !m_keyFile; }
    [[nodiscard]] CompositeKey clone() const;

    /// SHA-256 of the parts: 32 bytes, the input of the key derivation. Throws `CryptoFailure`.
    [[nodiscard]] SecureBuffer hash() const;

private:
    std::optional<SecureBuffer> m_passphrase;
    std::optional<SecureBuffer> m_keyFile;
};

} // namespace Sparekey
