// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

struct evp_cipher_ctx_st; // EVP_CIPHER_CTX of OpenSSL

namespace Sparekey {

/// Frees a cipher context of OpenSSL, which also wipes it.
struct CipherContextDeleter
{
    void operator()(evp_cipher_ctx_st *context) const;
};

/// ChaCha20 (RFC 8439), whose counter begins at 0. The stream continues from call to call, so use
/// one object for each stream. Encryption and decryption are the same. Throws `CryptoFailure`.
class ChaCha20
{
public:
    /// A key of 32 bytes, a nonce of 12.
    ChaCha20(QByteArrayView key, QByteArrayView nonce);

    /// Reads `input` and writes as many bytes to `output`; both may be the same.
    void apply(QByteArrayView input, unsigned char *output);

private:
    std::unique_ptr<evp_cipher_ctx_st, CipherContextDeleter> m_context;
};

/// AES-256 in CBC mode with PKCS #7 padding; a key of 32 bytes, an IV of 16. Decryption fails with
/// `Damaged` if the padding is wrong. Throw `CryptoFailure`. Any thread.
[[nodiscard]] KdbxResult<SecureBuffer> decryptAesCbc(QByteArrayView key, QByteArrayView iv,
                                                     QByteArrayView ciphertext);
[[nodiscard]] QByteArray encryptAesCbc(QByteArrayView key, QByteArrayView iv,
                                       QByteArrayView plaintext);

/// Encrypts one block of 16 bytes `rounds` times in place with AES-256. AES-KDF does this with each
/// half of its key.
void encryptAesRepeatedly(QByteArrayView key, unsigned char *block, quint64 rounds);

} // namespace Sparekey
