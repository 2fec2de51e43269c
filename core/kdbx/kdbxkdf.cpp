// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxkdf.h"

#include "core/crypto/randomoctets.h"
#include "core/kdbx/ciphers.h"
#include "core/kdbx/digests.h"
#include "core/kdbx/guardedkdbx.h"

#include <argon2.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype KeySize = 32;
constexpr qsizetype SaltSize = 32;

// The identifiers of the functions, as they stand in the file.
const QByteArray aesKdfId = QByteArray::fromHex("c9d9f39a628a4460bf740d08c18a4fea");
const QByteArray argon2dId = QByteArray::fromHex("ef636ddf8c29444b91f7a9a403e30a0c");
const QByteArray argon2idId = QByteArray::fromHex("9e298b1956db4773b23dfc3ec6f0a1e6");

// The names of the parameters.
const QByteArray idName = "$UUID"_ba;
const QByteArray saltName = "S"_ba;
const QByteArray roundsName = "R"_ba;
const QByteArray iterationsName = "I"_ba;
const QByteArray memoryName = "M"_ba;
const QByteArray lanesName = "P"_ba;
const QByteArray versionName = "V"_ba;
const QByteArray secretKeyName = "K"_ba;
const QByteArray associatedDataName = "A"_ba;

KdbxFailure impossible(const QString &detail)
{
    return kdbxFailure(KdbxErrorKind::HeaderDamaged, detail);
}

QString describe(const KdbxKdf &kdf)
{
    if (kdf.type == KdbxKdfType::AesKdf)
        return u"AES-KDF, %1"_s.arg(kdf.iterations);
    return u"%1, %2 × %3 MiB × %4"_s
        .arg(kdf.type == KdbxKdfType::Argon2d ? u"Argon2d"_s : u"Argon2id"_s)
        .arg(kdf.iterations)
        .arg(kdf.memory / (quint64{1024} * 1024))
        .arg(kdf.lanes);
}

KdbxResult<KdbxKdf> aesKdfFrom(const VariantDictionary &parameters, const KdbxLimits &limits)
{
    const KdbxKdf kdf{.type = KdbxKdfType::AesKdf,
                      .salt = parameters.bytes(saltName).value_or(QByteArray()),
                      .iterations = parameters.number64(roundsName).value_or(0)};
    if (kdf.salt.size() != KeySize || kdf.iterations == 0)
        return impossible(u"AES-KDF without rounds or seed"_s);
    if (kdf.iterations > limits.aesRounds)
        return kdbxFailureOf(KdbxErrorKind::KdfTooLarge, describe(kdf));
    return kdf;
}

KdbxResult<KdbxKdf> argon2From(KdbxKdfType type, const VariantDictionary &parameters,
                               const KdbxLimits &limits)
{
    const KdbxKdf kdf{
        .type = type,
        .salt = parameters.bytes(saltName).value_or(QByteArray()),
        .iterations = parameters.number64(iterationsName).value_or(0),
        .memory = parameters.number64(memoryName).value_or(0),
        .lanes = parameters.number32(lanesName).value_or(0),
        .version = parameters.number32(versionName).value_or(0),
        .secretKey = parameters.bytes(secretKeyName).value_or(QByteArray()),
        .associatedData = parameters.bytes(associatedDataName).value_or(QByteArray()),
    };
    if (kdf.version != ARGON2_VERSION_10 && kdf.version != ARGON2_VERSION_13)
        return impossible(u"Argon2 of version %1"_s.arg(kdf.version));
    if (kdf.salt.size() < ARGON2_MIN_SALT_LENGTH || kdf.iterations == 0 || kdf.lanes == 0)
        return impossible(u"Argon2 without salt, passes or lanes"_s);
    // RFC 9106: at least 8 KiB for each lane.
    if (kdf.memory / 1024 < quint64{8} * kdf.lanes)
        return impossible(u"Argon2 with too little memory for its lanes"_s);
    if (kdf.memory > limits.kdfMemory || kdf.lanes > limits.kdfLanes
        || kdf.iterations > limits.kdfWork / kdf.memory)
        return kdbxFailureOf(KdbxErrorKind::KdfTooLarge, describe(kdf));
    return kdf;
}

SecureBuffer aesKdf(const KdbxKdf &kdf, SecureBuffer key)
{
    encryptAesRepeatedly(kdf.salt, key.data(), kdf.iterations);
    encryptAesRepeatedly(kdf.salt, key.data() + KeySize / 2, kdf.iterations);
    return sha256({key.view()});
}

unsigned char *unchanged(const QByteArray &bytes)
{
    // The struct of libargon2 has no const, but these are only read.
    return reinterpret_cast<unsigned char *>(const_cast<char *>(bytes.constData()));
}

KdbxResult<SecureBuffer> argon2(const KdbxKdf &kdf, SecureBuffer key)
{
    SecureBuffer result(KeySize);
    argon2_context context{};
    context.out = result.data();
    context.outlen = static_cast<uint32_t>(result.size());
    context.pwd = key.data();
    context.pwdlen = static_cast<uint32_t>(key.size());
    context.salt = unchanged(kdf.salt);
    context.saltlen = static_cast<uint32_t>(kdf.salt.size());
    context.secret = unchanged(kdf.secretKey);
    context.secretlen = static_cast<uint32_t>(kdf.secretKey.size());
    context.ad = unchanged(kdf.associatedData);
    context.adlen = static_cast<uint32_t>(kdf.associatedData.size());
    context.t_cost = static_cast<uint32_t>(kdf.iterations);
    context.m_cost = static_cast<uint32_t>(kdf.memory / 1024);
    context.lanes = kdf.lanes;
    context.threads = kdf.lanes;
    context.version = kdf.version;
    context.flags = ARGON2_DEFAULT_FLAGS;
    const int code = argon2_ctx(&context, kdf.type == KdbxKdfType::Argon2d ? Argon2_d : Argon2_id);
    if (code == ARGON2_MEMORY_ALLOCATION_ERROR)
        return kdbxFailureOf(KdbxErrorKind::KdfTooLarge, describe(kdf));
    if (code != ARGON2_OK) {
        return kdbxFailure(KdbxErrorKind::Cryptography,
                           QString::fromLatin1(argon2_error_message(code)));
    }
    return result;
}

} // namespace

VariantDictionary argon2idParameters(quint64 memory, quint64 iterations, quint32 lanes)
{
    VariantDictionary parameters;
    parameters.setBytes(idName, argon2idId);
    parameters.setBytes(saltName, {});
    parameters.setNumber32(lanesName, lanes);
    parameters.setNumber64(memoryName, memory);
    parameters.setNumber64(iterationsName, iterations);
    parameters.setNumber32(versionName, ARGON2_VERSION_13);
    return parameters;
}

KdbxResult<KdbxKdf> kdfFrom(const VariantDictionary &parameters, const KdbxLimits &limits)
{
    const QByteArray id = parameters.bytes(idName).value_or(QByteArray());
    if (id == argon2idId)
        return argon2From(KdbxKdfType::Argon2id, parameters, limits);
    if (id == argon2dId)
        return argon2From(KdbxKdfType::Argon2d, parameters, limits);
    if (id == aesKdfId)
        return aesKdfFrom(parameters, limits);
    return kdbxFailureOf(KdbxErrorKind::UnknownKdf, QString::fromLatin1(id.toHex()));
}

KdbxResult<void> renewSalt(VariantDictionary &parameters)
{
    const auto salt = randomOctets(SaltSize);
    if (!salt)
        return kdbxFailure(KdbxErrorKind::Cryptography);
    parameters.setBytes(saltName, *salt);
    return {};
}

KdbxResult<SecureBuffer> deriveKdbxKey(const VariantDictionary &parameters, const CompositeKey &key,
                                       const KdbxLimits &limits)
{
    return guardedKdbx([&]() -> KdbxResult<SecureBuffer> {
        const auto kdf = kdfFrom(parameters, limits);
        if (!kdf)
            return tl::unexpected(kdf.error());
        if (key.isEmpty())
            return kdbxFailure(KdbxErrorKind::NoKey);
        if (kdf->type == KdbxKdfType::AesKdf)
            return aesKdf(*kdf, key.hash());
        return argon2(*kdf, key.hash());
    });
}

} // namespace Sparekey
