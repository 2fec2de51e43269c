// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/latelibrary/latelibrary.h"

#include <nettle/pbkdf2.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace Sparekey {

/// OpenSSL and nettle, loaded at the first random number or key derivation: together they take a
/// megabyte of memory, which is not needed before sign-in. Both must be installed. Inside our
/// namespace these names call the functions of the libraries.
inline constexpr LateLibrary opensslLibrary("crypto", SPAREKEY_CRYPTO_VERSION);
inline constexpr LateLibrary nettleLibrary("nettle", SPAREKEY_NETTLE_VERSION);

inline const LateFunction<decltype(::EVP_EncodeBlock)> EVP_EncodeBlock(opensslLibrary,
                                                                       "EVP_EncodeBlock");
inline const LateFunction<decltype(::RAND_bytes)> RAND_bytes(opensslLibrary, "RAND_bytes");
inline const LateFunction<decltype(::RAND_priv_bytes)> RAND_priv_bytes(opensslLibrary,
                                                                       "RAND_priv_bytes");
inline const LateFunction<decltype(::pbkdf2_hmac_sha256)> derivePbkdf2(nettleLibrary,
                                                                       "nettle_pbkdf2_hmac_sha256");

} // namespace Sparekey
