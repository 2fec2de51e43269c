// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/crypto/cryptolibraries.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <exception>
#include <memory>

namespace Sparekey {

/// A primitive of OpenSSL failed, which happens only if memory runs out or the installation is
/// broken. Caught in the functions that other folders call (`guardedKdbx`).
class CryptoFailure : public std::exception
{
public:
    [[nodiscard]] const char *what() const noexcept override { return "OpenSSL failed"; }
};

// The functions of OpenSSL that KDBX needs, resolved when they are first used.
#define SPAREKEY_OPENSSL(function)                                                                 \
    inline const LateFunction<decltype(::function)> function(opensslLibrary, #function)
SPAREKEY_OPENSSL(EVP_CIPHER_CTX_new);
SPAREKEY_OPENSSL(EVP_CIPHER_CTX_free);
SPAREKEY_OPENSSL(EVP_CIPHER_CTX_set_padding);
SPAREKEY_OPENSSL(EVP_CipherInit_ex);
SPAREKEY_OPENSSL(EVP_CipherUpdate);
SPAREKEY_OPENSSL(EVP_CipherFinal_ex);
SPAREKEY_OPENSSL(EVP_aes_256_cbc);
SPAREKEY_OPENSSL(EVP_chacha20);
SPAREKEY_OPENSSL(EVP_MD_CTX_new);
SPAREKEY_OPENSSL(EVP_MD_CTX_free);
SPAREKEY_OPENSSL(EVP_DigestInit_ex);
SPAREKEY_OPENSSL(EVP_DigestUpdate);
SPAREKEY_OPENSSL(EVP_DigestFinal_ex);
SPAREKEY_OPENSSL(EVP_sha256);
SPAREKEY_OPENSSL(EVP_sha512);
SPAREKEY_OPENSSL(EVP_MAC_fetch);
SPAREKEY_OPENSSL(EVP_MAC_free);
SPAREKEY_OPENSSL(EVP_MAC_CTX_new);
SPAREKEY_OPENSSL(EVP_MAC_CTX_free);
SPAREKEY_OPENSSL(EVP_MAC_init);
SPAREKEY_OPENSSL(EVP_MAC_update);
SPAREKEY_OPENSSL(EVP_MAC_final);
SPAREKEY_OPENSSL(OSSL_PARAM_construct_utf8_string);
SPAREKEY_OPENSSL(OSSL_PARAM_construct_end);
#undef SPAREKEY_OPENSSL

/// Throws `CryptoFailure` unless OpenSSL returned 1.
inline void requireOpenSsl(int code)
{
    if (code != 1)
        throw CryptoFailure();
}

/// Frees an object of OpenSSL, which wipes it.
template<const auto &Free>
struct OpenSslDeleter
{
    template<class T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

} // namespace Sparekey
