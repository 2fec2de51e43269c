// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/testcertificates.h"

#include <QSslCertificate>
#include <QSslKey>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

constexpr long day = 24 * 60 * 60;

struct Wanted
{
    const char *commonName;
    const char *alternativeNames; ///< Null for a certificate authority.
    long notBefore;               ///< Seconds from now.
    long notAfter;
};

bool addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value), &X509_EXTENSION_free);
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setRandomSerial(X509 *certificate)
{
    uint64_t serial = 0;
    return RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1;
}

/// Self-signed if @p issuer is null.
Certificate makeCertificate(const Wanted &wanted, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuerKey)
{
    Certificate certificate(X509_new(), &X509_free);
    X509 *raw = certificate.get();
    X509 *signer = issuer ? issuer : raw;
    X509_set_version(raw, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(raw), wanted.notBefore);
    X509_gmtime_adj(X509_getm_notAfter(raw), wanted.notAfter);
    X509_set_pubkey(raw, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(wanted.commonName), -1, -1,
                               0);
    X509_set_issuer_name(raw, X509_get_subject_name(signer));

    const bool isAuthority = wanted.alternativeNames == nullptr;
    bool done = setRandomSerial(raw)
        && addExtension(raw, signer, NID_basic_constraints,
                        isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE")
        && addExtension(raw, signer, NID_subject_key_identifier, "hash")
        && addExtension(raw, signer, NID_key_usage,
                        isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    if (!isAuthority) {
        done = done && addExtension(raw, signer, NID_subject_alt_name, wanted.alternativeNames)
            && addExtension(raw, signer, NID_ext_key_usage, "serverAuth");
    }
    if (!done || X509_sign(raw, issuerKey, EVP_sha256()) == 0)
        certificate.reset();
    return certificate;
}

QByteArray contentOf(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

QByteArray pemOf(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    return PEM_write_bio_X509(bio.get(), certificate) == 1 ? contentOf(bio) : QByteArray();
}

QByteArray pemOf(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    const int done = PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr,
                                              nullptr);
    return done == 1 ? contentOf(bio) : QByteArray();
}

Wanted serverCertificate(CertificateKind kind)
{
    Wanted wanted{.commonName = "localhost",
                  .alternativeNames = "DNS:localhost,IP:127.0.0.1",
                  .notBefore = -2 * day,
                  .notAfter = 30 * day};
    if (kind == CertificateKind::WrongHost) {
        wanted.commonName = "elsewhere.invalid";
        wanted.alternativeNames = "DNS:elsewhere.invalid";
    } else if (kind == CertificateKind::Expired) {
        wanted.notAfter = -1 * day;
    }
    return wanted;
}

} // namespace

std::optional<CertificateKind> certificateKindFromName(const QString &name)
{
    if (name == "good"_L1)
        return CertificateKind::Good;
    if (name == "wrong-host"_L1)
        return CertificateKind::WrongHost;
    if (name == "expired"_L1)
        return CertificateKind::Expired;
    if (name == "self-signed"_L1)
        return CertificateKind::SelfSigned;
    return std::nullopt;
}

std::optional<TestCertificates> makeTestCertificates(CertificateKind kind)
{
    const Key authorityKey(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const Key serverKey(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    if (!authorityKey || !serverKey)
        return std::nullopt;
    const Certificate authority =
        makeCertificate({.commonName = "Test authority, trust it in tests only",
                         .alternativeNames = nullptr,
                         .notBefore = -2 * day,
                         .notAfter = 30 * day},
                        authorityKey.get(), nullptr, authorityKey.get());
    if (!authority)
        return std::nullopt;
    const bool selfSigned = kind == CertificateKind::SelfSigned;
    const Certificate server = makeCertificate(serverCertificate(kind), serverKey.get(),
                                               selfSigned ? nullptr : authority.get(),
                                               selfSigned ? serverKey.get() : authorityKey.get());
    if (!server)
        return std::nullopt;

    TestCertificates made{.authorityPem = pemOf(authority.get()), .server = {}};
    made.server = QSslConfiguration::defaultConfiguration();
    made.server.setLocalCertificate(QSslCertificate(pemOf(server.get())));
    made.server.setPrivateKey(QSslKey(pemOf(serverKey.get()), QSsl::Ec));
    if (made.server.localCertificate().isNull() || made.server.privateKey().isNull())
        return std::nullopt;
    return made;
}

} // namespace Sparekey
