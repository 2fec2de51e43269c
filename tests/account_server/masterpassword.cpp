// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/masterpassword.h"

#include <QCryptographicHash>

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace Sparekey {

namespace {

constexpr int keyLength = 32;
constexpr int largestMemoryMiB = 1024;

QByteArray pbkdf2(const QByteArray &password, const QByteArray &salt, int iterations)
{
    QByteArray key(keyLength, Qt::Uninitialized);
    const int done = PKCS5_PBKDF2_HMAC(password.constData(), int(password.size()),
                                       reinterpret_cast<const unsigned char *>(salt.constData()),
                                       int(salt.size()), iterations, EVP_sha256(), keyLength,
                                       reinterpret_cast<unsigned char *>(key.data()));
    return done == 1 ? key : QByteArray();
}

QByteArray argon2id(const QByteArray &password, const QByteArray &salt, const KdfSettings &kdf)
{
    QByteArray key(keyLength, Qt::Uninitialized);
    const int result = argon2id_hash_raw(uint32_t(kdf.iterations), uint32_t(kdf.memoryMiB) * 1024,
                                         uint32_t(kdf.parallelism), password.constData(),
                                         size_t(password.size()), salt.constData(),
                                         size_t(salt.size()), key.data(), keyLength);
    return result == ARGON2_OK ? key : QByteArray();
}

} // namespace

QString normalizedEmail(const QString &email)
{
    return email.trimmed().toLower();
}

std::optional<QByteArray> masterPasswordHash(const QString &password, const QString &saltText,
                                             const KdfSettings &kdf)
{
    const QByteArray passwordBytes = password.toUtf8();
    const QByteArray salt = saltText.toUtf8();
    QByteArray masterKey;
    switch (kdf.type) {
    case KdfSettings::Type::Pbkdf2: masterKey = pbkdf2(passwordBytes, salt, kdf.iterations); break;
    case KdfSettings::Type::Argon2id:
        if (kdf.memoryMiB > largestMemoryMiB)
            return std::nullopt;
        masterKey = argon2id(passwordBytes,
                             QCryptographicHash::hash(salt, QCryptographicHash::Sha256), kdf);
        break;
    }
    if (masterKey.isEmpty())
        return std::nullopt;
    return pbkdf2(masterKey, passwordBytes, 1).toBase64();
}

StoredSecret::StoredSecret(const QByteArray &hash)
    : m_salt(randomBytes(16))
    , m_stretched(hash.isEmpty() ? QByteArray() : pbkdf2(hash, m_salt, 10'000))
{
}

bool StoredSecret::matches(const QByteArray &hash) const
{
    if (m_stretched.isEmpty() || hash.isEmpty())
        return false;
    const QByteArray stretched = pbkdf2(hash, m_salt, 10'000);
    return CRYPTO_memcmp(stretched.constData(), m_stretched.constData(), keyLength) == 0;
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), int(count)) != 1)
        qFatal("The system gives no random bytes.");
    return bytes;
}

} // namespace Sparekey
