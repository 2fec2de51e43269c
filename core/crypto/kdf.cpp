// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/crypto/kdf.h"

#include "core/crypto/cryptolibraries.h"
#include "core/secret/wipedstack.h"

#include <QCryptographicHash>

#include <argon2.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype KeySize = 32;

// nettle, because its PBKDF2 keeps the padded key blocks between rounds; OpenSSL's takes twice as
// long for the same result.
SecureBuffer pbkdf2Sha256(const SecureBuffer &password, QByteArrayView salt, unsigned rounds)
{
    SecureBuffer key(KeySize);
    derivePbkdf2(static_cast<size_t>(password.size()), password.data(), rounds,
                 static_cast<size_t>(salt.size()), reinterpret_cast<const uint8_t *>(salt.data()),
                 static_cast<size_t>(KeySize), key.data());
    return key;
}

Result<SecureBuffer> argon2id(const SecureBuffer &password, const QString &salt,
                              const KdfSettings &settings)
{
    const QByteArray saltHash = QCryptographicHash::hash(salt.toUtf8(), QCryptographicHash::Sha256);
    SecureBuffer key(KeySize);
    const int code = argon2id_hash_raw(static_cast<uint32_t>(settings.iterations),
                                       static_cast<uint32_t>(settings.memoryMiB * 1024),
                                       static_cast<uint32_t>(settings.parallelism), password.data(),
                                       static_cast<size_t>(password.size()), saltHash.constData(),
                                       static_cast<size_t>(saltHash.size()), key.data(),
                                       static_cast<size_t>(KeySize));
    if (code == ARGON2_MEMORY_ALLOCATION_ERROR)
        return fail({.kind = ErrorKind::KdfTooLarge, .subject = describe(settings)});
    if (code != ARGON2_OK) {
        return fail({.kind = ErrorKind::Cryptography,
                     .subject = describe(settings),
                     .detail = QString::fromLatin1(argon2_error_message(code))});
    }
    return key;
}

} // namespace

KdfVerdict assess(const KdfSettings &settings)
{
    if (settings.type == KdfType::Pbkdf2Sha256) {
        if (settings.iterations < 1 || settings.iterations > 10'000'000)
            return KdfVerdict::TooLarge;
        return settings.iterations < 100'000 ? KdfVerdict::Weak : KdfVerdict::Good;
    }
    // RFC 9106 requires at least 8 KiB per lane; 1 MiB is more than enough for 16 lanes.
    if (settings.iterations < 1 || settings.memoryMiB < 1 || settings.parallelism < 1
        || settings.memoryMiB > 1024 || settings.parallelism > 16
        || settings.iterations > 10 * 1024 / settings.memoryMiB)
        return KdfVerdict::TooLarge;
    return settings.iterations < 2 || settings.memoryMiB < 15 ? KdfVerdict::Weak : KdfVerdict::Good;
}

bool isWeakerThan(const KdfSettings &now, const KdfSettings &before)
{
    if (now.type != before.type)
        return now.type == KdfType::Pbkdf2Sha256;
    if (now.type == KdfType::Pbkdf2Sha256)
        return now.iterations < before.iterations;
    return now.iterations * now.memoryMiB < before.iterations * before.memoryMiB;
}

QString describe(const KdfSettings &settings)
{
    if (settings.type == KdfType::Pbkdf2Sha256)
        return u"PBKDF2-SHA256, %1"_s.arg(settings.iterations);
    return u"Argon2id, %1 × %2 MiB × %3"_s.arg(settings.iterations)
        .arg(settings.memoryMiB)
        .arg(settings.parallelism);
}

QString defaultSalt(const QString &email)
{
    return email.trimmed().toLower();
}

Result<SecureBuffer> deriveMasterKey(const SecureBuffer &password, const QString &salt,
                                     const KdfSettings &settings)
{
    if (assess(settings) == KdfVerdict::TooLarge)
        return fail({.kind = ErrorKind::KdfTooLarge, .subject = describe(settings)});
    Result<SecureBuffer> key;
    callOnWipedStack([&] {
        if (settings.type == KdfType::Argon2id)
            key = argon2id(password, salt, settings);
        else
            key = pbkdf2Sha256(password, salt.toUtf8(), static_cast<unsigned>(settings.iterations));
    });
    return key;
}

SecureBuffer masterPasswordHash(const SecureBuffer &masterKey, const SecureBuffer &password)
{
    SecureBuffer base64(4 * ((KeySize + 2) / 3) + 1); // and the terminating zero
    callOnWipedStack([&] {
        const SecureBuffer hash = pbkdf2Sha256(masterKey, password.view(), 1);
        const int length = EVP_EncodeBlock(base64.data(), hash.data(), static_cast<int>(KeySize));
        base64.truncate(length);
    });
    return base64;
}

} // namespace Sparekey
