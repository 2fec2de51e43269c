// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QCborMap>

#include <memory>
#include <openssl/evp.h>

namespace Sparekey {

// What a security key computes, on OpenSSL. A failure of OpenSSL ends the program: nothing
// that a test does can cause one.

[[nodiscard]] QByteArray sha256(const QByteArray &bytes);
[[nodiscard]] QByteArray hmacSha256(const QByteArray &key, const QByteArray &message);
/// RFC 5869 with SHA-256, a salt of 32 zero bytes and 32 bytes of output.
[[nodiscard]] QByteArray hkdfSha256(const QByteArray &key, const QByteArray &info);
/// AES-256-CBC without padding.
[[nodiscard]] QByteArray aesEncrypt(const QByteArray &key, const QByteArray &iv,
                                    const QByteArray &plain);
[[nodiscard]] QByteArray aesDecrypt(const QByteArray &key, const QByteArray &iv,
                                    const QByteArray &cipher);
[[nodiscard]] QByteArray randomBytes(qsizetype count);

/// A key pair on P-256 or Ed25519.
class KeyPair
{
public:
    /// @p algorithm is `Cose::Es256` or `Cose::EdDsa`.
    [[nodiscard]] static KeyPair make(int algorithm);

    [[nodiscard]] int algorithm() const { return m_algorithm; }
    /// ECDSA over SHA-256 in DER, or Ed25519's 64 bytes.
    [[nodiscard]] QByteArray sign(const QByteArray &message) const;
    /// COSE_Key with the members in canonical order. @p algorithm overrides the stated one: keys
    /// of the PIN protocols say -25.
    [[nodiscard]] QCborMap coseKey(int algorithm) const;
    [[nodiscard]] QCborMap coseKey() const { return coseKey(m_algorithm); }
    /// P-256 only: `04 x y`.
    [[nodiscard]] QByteArray point() const;
    /// P-256 only: the x coordinate of the product with the peer's point; empty if that is none.
    [[nodiscard]] QByteArray agree(const QCborMap &peer) const;
    [[nodiscard]] EVP_PKEY *handle() const { return m_key.get(); }

private:
    struct Free
    {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    };
    KeyPair(EVP_PKEY *key, int algorithm);

    std::shared_ptr<EVP_PKEY> m_key;
    int m_algorithm;
};

/// A certificate for attestation, signed by itself, as WebAuthn section 8.2.1 wants it, in DER.
[[nodiscard]] QByteArray attestationCertificate(const KeyPair &key, const QByteArray &aaguid);

} // namespace Sparekey
