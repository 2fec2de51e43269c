// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/keycrypto.h"

#include "tests/authenticator/ctap.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <array>

namespace Sparekey {

namespace {

void need(bool ok)
{
    if (!ok)
        qFatal("OpenSSL failed in the software key");
}

const unsigned char *in(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *out(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

std::size_t sizeOf(const QByteArray &bytes)
{
    return static_cast<std::size_t>(bytes.size());
}

QByteArray aes(const QByteArray &key, const QByteArray &iv, const QByteArray &input, bool encrypt)
{
    need(key.size() == 32 && iv.size() == 16 && input.size() % 16 == 0);
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    need(EVP_CipherInit_ex2(context.get(), EVP_aes_256_cbc(), in(key), in(iv), encrypt ? 1 : 0,
                            nullptr)
         == 1);
    need(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
    QByteArray result(input.size(), '\0');
    int written = 0;
    need(EVP_CipherUpdate(context.get(), out(result), &written, in(input),
                          static_cast<int>(input.size()))
         == 1);
    need(written == input.size());
    return result;
}

} // namespace

QByteArray sha256(const QByteArray &bytes)
{
    QByteArray digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(in(bytes), sizeOf(bytes), out(digest));
    return digest;
}

QByteArray hmacSha256(const QByteArray &key, const QByteArray &message)
{
    QByteArray digest(SHA256_DIGEST_LENGTH, '\0');
    need(HMAC(EVP_sha256(), key.constData(), static_cast<int>(key.size()), in(message),
              sizeOf(message), out(digest), nullptr)
         != nullptr);
    return digest;
}

QByteArray hkdfSha256(const QByteArray &key, const QByteArray &info)
{
    const QByteArray extracted = hmacSha256(QByteArray(32, '\0'), key);
    return hmacSha256(extracted, info + '\x01');
}

QByteArray aesEncrypt(const QByteArray &key, const QByteArray &iv, const QByteArray &plain)
{
    return aes(key, iv, plain, true);
}

QByteArray aesDecrypt(const QByteArray &key, const QByteArray &iv, const QByteArray &cipher)
{
    return aes(key, iv, cipher, false);
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, '\0');
    need(RAND_bytes(out(bytes), static_cast<int>(count)) == 1);
    return bytes;
}

KeyPair::KeyPair(EVP_PKEY *key, int algorithm)
    : m_key(key, Free())
    , m_algorithm(algorithm)
{
    need(key != nullptr);
}

KeyPair KeyPair::make(int algorithm)
{
    if (algorithm == Cose::EdDsa)
        return {EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), algorithm};
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), algorithm};
}

QByteArray KeyPair::sign(const QByteArray &message) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    const EVP_MD *digest = m_algorithm == Cose::EdDsa ? nullptr : EVP_sha256();
    need(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_key.get()) == 1);
    std::size_t size = 0;
    need(EVP_DigestSign(context.get(), nullptr, &size, in(message), sizeOf(message)) == 1);
    QByteArray signature(static_cast<qsizetype>(size), '\0');
    need(EVP_DigestSign(context.get(), out(signature), &size, in(message), sizeOf(message)) == 1);
    signature.truncate(static_cast<qsizetype>(size));
    return signature;
}

QByteArray KeyPair::point() const
{
    QByteArray bytes(65, '\0');
    std::size_t size = 0;
    need(EVP_PKEY_get_octet_string_param(m_key.get(), OSSL_PKEY_PARAM_PUB_KEY, out(bytes),
                                         sizeOf(bytes), &size)
         == 1);
    need(size == 65 && bytes.at(0) == '\x04');
    return bytes;
}

QCborMap KeyPair::coseKey(int algorithm) const
{
    if (m_algorithm == Cose::EdDsa) {
        QByteArray raw(32, '\0');
        std::size_t size = sizeOf(raw);
        need(EVP_PKEY_get_raw_public_key(m_key.get(), out(raw), &size) == 1 && size == 32);
        return {{1, 1}, {3, algorithm}, {-1, 6}, {-2, raw}};
    }
    const QByteArray xy = point();
    return {{1, 2}, {3, algorithm}, {-1, 1}, {-2, xy.mid(1, 32)}, {-3, xy.mid(33, 32)}};
}

QByteArray KeyPair::agree(const QCborMap &peer) const
{
    const QByteArray x = peer.value(-2).toByteArray();
    const QByteArray y = peer.value(-3).toByteArray();
    if (x.size() != 32 || y.size() != 32)
        return {};
    QByteArray bytes = '\x04' + x + y;
    std::array<char, 6> group{"P-256"};
    const std::array<OSSL_PARAM, 3> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), sizeOf(bytes)),
        OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> import(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), &EVP_PKEY_CTX_free);
    need(EVP_PKEY_fromdata_init(import.get()) == 1);
    EVP_PKEY *imported = nullptr;
    if (EVP_PKEY_fromdata(import.get(), &imported, EVP_PKEY_PUBLIC_KEY,
                          const_cast<OSSL_PARAM *>(parameters.data()))
        != 1)
        return {};
    const std::unique_ptr<EVP_PKEY, Free> other(imported);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(m_key.get(), nullptr), &EVP_PKEY_CTX_free);
    need(EVP_PKEY_derive_init(context.get()) == 1);
    if (EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1)
        return {};
    QByteArray secret(32, '\0');
    std::size_t size = sizeOf(secret);
    need(EVP_PKEY_derive(context.get(), out(secret), &size) == 1 && size == 32);
    return secret;
}

QByteArray attestationCertificate(const KeyPair &key, const QByteArray &aaguid)
{
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509 *x509 = certificate.get();
    need(X509_set_version(x509, X509_VERSION_3) == 1);
    need(ASN1_INTEGER_set(X509_get_serialNumber(x509), 1) == 1);
    constexpr long Day = 24L * 60 * 60;
    need(X509_gmtime_adj(X509_getm_notBefore(x509), -Day) != nullptr);
    need(X509_gmtime_adj(X509_getm_notAfter(x509), 3650 * Day) != nullptr);
    X509_NAME *name = X509_get_subject_name(x509);
    const auto add = [name](const char *field, const char *text) {
        need(X509_NAME_add_entry_by_txt(name, field, MBSTRING_ASC,
                                        reinterpret_cast<const unsigned char *>(text), -1, -1, 0)
             == 1);
    };
    add("C", "CH");
    add("O", "Sparekey Tests");
    add("OU", "Authenticator Attestation");
    add("CN", "Software Key");
    need(X509_set_issuer_name(x509, name) == 1);
    need(X509_set_pubkey(x509, key.handle()) == 1);

    const auto extend = [x509](int nid, const char *value) {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
        need(extension != nullptr && X509_add_ext(x509, extension, -1) == 1);
        X509_EXTENSION_free(extension);
    };
    extend(NID_basic_constraints, "critical,CA:FALSE");
    // id-fido-gen-ce-aaguid: an octet string within the extension's octet string.
    const QByteArray value = "DER:0410" + aaguid.toHex();
    const QByteArray line = "1.3.6.1.4.1.45724.1.1.4";
    X509_EXTENSION *extension = X509V3_EXT_conf(nullptr, nullptr, line.constData(),
                                                value.constData());
    need(extension != nullptr && X509_add_ext(x509, extension, -1) == 1);
    X509_EXTENSION_free(extension);

    need(X509_sign(x509, key.handle(), EVP_sha256()) > 0);
    const int size = i2d_X509(x509, nullptr);
    need(size > 0);
    QByteArray der(size, '\0');
    unsigned char *end = out(der);
    need(i2d_X509(x509, &end) == size);
    return der;
}

} // namespace Sparekey
