// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbx.h"

#include "core/crypto/randomoctets.h"
#include "core/kdbx/ciphers.h"
#include "core/kdbx/digests.h"
#include "core/kdbx/guardedkdbx.h"
#include "core/kdbx/gzip.h"
#include "core/kdbx/hmacblocks.h"
#include "core/kdbx/kdbxxml.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr int SeedSize = 32;
constexpr qsizetype StreamKeySize = 64;

SecureBuffer cipherKey(const KdbxHeader &header, const SecureBuffer &derivedKey)
{
    return sha256({header.masterSeed, derivedKey.view()});
}

KdbxResult<SecureBuffer> decrypted(const KdbxHeader &header, const SecureBuffer &derivedKey,
                                   QByteArrayView ciphertext)
{
    const SecureBuffer key = cipherKey(header, derivedKey);
    if (header.cipher == KdbxCipher::Aes256Cbc)
        return decryptAesCbc(key.view(), header.encryptionIv, ciphertext);
    SecureBuffer plaintext(ciphertext.size());
    ChaCha20(key.view(), header.encryptionIv).apply(ciphertext, plaintext.data());
    return plaintext;
}

QByteArray encrypted(const KdbxHeader &header, const SecureBuffer &derivedKey,
                     QByteArrayView plaintext)
{
    const SecureBuffer key = cipherKey(header, derivedKey);
    if (header.cipher == KdbxCipher::Aes256Cbc)
        return encryptAesCbc(key.view(), header.encryptionIv, plaintext);
    QByteArray ciphertext(plaintext.size(), Qt::Uninitialized);
    ChaCha20(key.view(), header.encryptionIv)
        .apply(plaintext, reinterpret_cast<unsigned char *>(ciphertext.data()));
    return ciphertext;
}

// The payload is the inner header and the XML.
KdbxResult<KdbxDatabase> readPayload(QByteArrayView payload, KdbxHeader header,
                                     const KdbxLimits &limits)
{
    if (payload.size() > limits.payload)
        return kdbxFailure(KdbxErrorKind::TooLarge, u"payload"_s);
    OctetReader reader(payload);
    auto inner = readInnerHeader(reader, limits);
    if (!inner)
        return tl::unexpected(inner.error());
    ChaCha20 innerStream = innerStreamOf(inner->streamKey);
    auto root = readXml(payload.sliced(reader.position()), &innerStream, limits);
    if (!root)
        return tl::unexpected(root.error());
    const XmlElement *container = root->child(u"Root");
    if (root->name != "KeePassFile"_L1 || !container || !container->child(u"Group"))
        return kdbxFailure(KdbxErrorKind::Damaged, u"no root group"_s);
    return KdbxDatabase{.header = std::move(header),
                        .binaries = std::move(inner->binaries),
                        .otherInnerFields = std::move(inner->otherFields),
                        .root = *std::move(root)};
}

KdbxResult<SecureBuffer> payloadOf(const KdbxDatabase &database)
{
    InnerHeader inner{.streamKey = SecureBuffer(StreamKeySize),
                      .binaries = database.binaries,
                      .otherFields = database.otherInnerFields};
    requireOpenSsl(RAND_priv_bytes(inner.streamKey.data(), static_cast<int>(StreamKeySize)));
    SecureBuffer payload;
    writeInnerHeader(inner, payload);
    ChaCha20 innerStream = innerStreamOf(inner.streamKey);
    if (const auto written = writeXml(database.root, innerStream, payload); !written)
        return tl::unexpected(written.error());
    return payload;
}

} // namespace

KdbxResult<KdbxDatabase> openKdbx(QByteArrayView file, const CompositeKey &key,
                                  const KdbxLimits &limits)
{
    return guardedKdbx([&]() -> KdbxResult<KdbxDatabase> {
        const auto parts = readOuterHeader(file, limits);
        if (!parts)
            return tl::unexpected(parts.error());
        const auto derivedKey = deriveKdbxKey(parts->header.kdf, key, limits);
        if (!derivedKey)
            return tl::unexpected(derivedKey.error());
        return openKdbxWith(file, *derivedKey, limits);
    });
}

KdbxResult<KdbxDatabase> openKdbxWith(QByteArrayView file, const SecureBuffer &derivedKey,
                                      const KdbxLimits &limits)
{
    return guardedKdbx([&]() -> KdbxResult<KdbxDatabase> {
        auto parts = readOuterHeader(file, limits);
        if (!parts)
            return tl::unexpected(parts.error());
        KdbxHeader &header = parts->header;
        const SecureBuffer hmacKey = hmacKeyOf(header.masterSeed, derivedKey);
        if (!headerHmac(parts->headerOctets, hmacKey).equals(parts->headerHmac))
            return kdbxFailure(KdbxErrorKind::WrongKey);
        const auto ciphertext = readHmacBlocks(parts->blocks, hmacKey);
        if (!ciphertext)
            return tl::unexpected(ciphertext.error());
        auto payload = decrypted(header, derivedKey, *ciphertext);
        if (payload && header.compressed)
            payload = gunzip(payload->view(), limits.payload);
        if (!payload)
            return tl::unexpected(payload.error());
        return readPayload(payload->view(), std::move(header), limits);
    });
}

KdbxResult<QByteArray> writeKdbx(const KdbxDatabase &database, const CompositeKey &key,
                                 const KdbxLimits &limits)
{
    return guardedKdbx([&]() -> KdbxResult<QByteArray> {
        KdbxDatabase salted = database;
        if (const auto renewed = renewSalt(salted.header.kdf); !renewed)
            return tl::unexpected(renewed.error());
        const auto derivedKey = deriveKdbxKey(salted.header.kdf, key, limits);
        if (!derivedKey)
            return tl::unexpected(derivedKey.error());
        return writeKdbxWith(salted, *derivedKey);
    });
}

KdbxResult<QByteArray> writeKdbxWith(const KdbxDatabase &database, const SecureBuffer &derivedKey)
{
    return guardedKdbx([&]() -> KdbxResult<QByteArray> {
        KdbxHeader header = database.header;
        const auto seed = randomOctets(SeedSize);
        const auto iv = randomOctets(static_cast<int>(ivSize(header.cipher)));
        if (!seed || !iv)
            return kdbxFailure(KdbxErrorKind::Cryptography);
        header.masterSeed = *seed;
        header.encryptionIv = *iv;
        auto payload = payloadOf(database);
        if (!payload)
            return tl::unexpected(payload.error());
        if (header.compressed)
            payload = gzip(payload->view());
        const QByteArray headerOctets = outerHeaderOctets(header);
        const SecureBuffer hmacKey = hmacKeyOf(header.masterSeed, derivedKey);
        QByteArray file = headerOctets;
        file.append(sha256({headerOctets}).view());
        file.append(headerHmac(headerOctets, hmacKey).view());
        file.append(hmacBlocks(encrypted(header, derivedKey, payload->view()), hmacKey));
        return file;
    });
}

} // namespace Sparekey
