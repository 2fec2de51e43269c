// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/digests.h"

#include "core/kdbx/opensslfunctions.h"

namespace Sparekey {

namespace {

SecureBuffer digest(const EVP_MD *type, qsizetype size, std::initializer_list<QByteArrayView> parts)
{
    const std::unique_ptr<EVP_MD_CTX, OpenSslDeleter<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    SecureBuffer result(size);
    requireOpenSsl(EVP_DigestInit_ex(context.get(), type, nullptr));
    for (const auto part : parts)
        requireOpenSsl(EVP_DigestUpdate(context.get(), part.data(), size_t(part.size())));
    requireOpenSsl(EVP_DigestFinal_ex(context.get(), result.data(), nullptr));
    return result;
}

} // namespace

SecureBuffer sha256(std::initializer_list<QByteArrayView> parts)
{
    return digest(EVP_sha256(), 32, parts);
}

SecureBuffer sha512(std::initializer_list<QByteArrayView> parts)
{
    return digest(EVP_sha512(), 64, parts);
}

SecureBuffer hmacSha256(QByteArrayView key, std::initializer_list<QByteArrayView> parts)
{
    const std::unique_ptr<EVP_MAC, OpenSslDeleter<EVP_MAC_free>> hmac(
        EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    if (!hmac)
        throw CryptoFailure();
    const std::unique_ptr<EVP_MAC_CTX, OpenSslDeleter<EVP_MAC_CTX_free>> context(
        EVP_MAC_CTX_new(hmac.get()));
    if (!context)
        throw CryptoFailure();
    char name[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end(),
    };
    requireOpenSsl(EVP_MAC_init(context.get(), reinterpret_cast<const unsigned char *>(key.data()),
                                size_t(key.size()), parameters));
    for (const auto part : parts) {
        requireOpenSsl(EVP_MAC_update(context.get(),
                                      reinterpret_cast<const unsigned char *>(part.data()),
                                      size_t(part.size())));
    }
    SecureBuffer result(32);
    size_t size = 0;
    requireOpenSsl(EVP_MAC_final(context.get(), result.data(), &size, 32));
    return result;
}

} // namespace Sparekey
