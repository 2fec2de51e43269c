// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/aegiscrypto.h"

#include "core/kdbx/ciphers.h"
#include "core/kdbx/guardedkdbx.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sparekey {

// Beside those of KDBX.
inline const LateFunction<decltype(::EVP_aes_256_gcm)> EVP_aes_256_gcm(opensslLibrary,
                                                                       "EVP_aes_256_gcm");
inline const LateFunction<decltype(::EVP_CIPHER_CTX_ctrl)>
    EVP_CIPHER_CTX_ctrl(opensslLibrary, "EVP_CIPHER_CTX_ctrl");
inline const LateFunction<decltype(::EVP_PBE_scrypt)> EVP_PBE_scrypt(opensslLibrary,
                                                                     "EVP_PBE_scrypt");

namespace {

constexpr qsizetype KeySize = 32;
constexpr qsizetype NonceSize = 12;
constexpr qsizetype TagSize = 16;
// scrypt takes 128 × N × r bytes. Aegis writes 32 768 × 8 × 1.
constexpr quint64 MostMemory = quint64{256} * 1024 * 1024;
constexpr qint64 MostParallel = 16;
constexpr qsizetype MostSlots = 64;
// Of all slots together: each one may have to be tried, and none can be interrupted.
constexpr quint64 MostWork = MostMemory * MostParallel;

struct GcmParameters
{
    QByteArray nonce;
    QByteArray tag;

    [[nodiscard]] bool areValid() const
    {
        return nonce.size() == NonceSize && tag.size() == TagSize;
    }
};

GcmParameters parametersFrom(const JsonFields &fields)
{
    return {.nonce = QByteArray::fromHex(fields.text(u"nonce").toLatin1()),
            .tag = QByteArray::fromHex(fields.text(u"tag").toLatin1())};
}

const unsigned char *octets(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

// Nothing if the tag does not match. Throws `CryptoFailure`.
std::optional<SecureBuffer> decryptAesGcm(const SecureBuffer &key, const GcmParameters &parameters,
                                          QByteArrayView ciphertext)
{
    const std::unique_ptr<EVP_CIPHER_CTX, CipherContextDeleter> context(EVP_CIPHER_CTX_new());
    if (!context)
        throw CryptoFailure();
    SecureBuffer plain(ciphertext.size());
    int size = 0;
    requireOpenSsl(EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                                     octets(parameters.nonce), 0));
    if (!ciphertext.isEmpty()) {
        requireOpenSsl(EVP_CipherUpdate(context.get(), plain.data(), &size, octets(ciphertext),
                                        static_cast<int>(ciphertext.size())));
    }
    QByteArray tag = parameters.tag;
    requireOpenSsl(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG,
                                       static_cast<int>(tag.size()), tag.data()));
    unsigned char rest[16];
    int restSize = 0;
    if (EVP_CipherFinal_ex(context.get(), rest, &restSize) != 1)
        return std::nullopt;
    return plain;
}

/// A slot that a password opens.
struct PasswordSlot
{
    SecureBuffer key;
    GcmParameters parameters;
    QByteArray salt;
    qint64 n = 0;
    qint64 r = 0;
    qint64 p = 0;

    [[nodiscard]] bool isValid() const
    {
        return key.size() == KeySize && parameters.areValid() && !salt.isEmpty() && n > 1
            && (n & (n - 1)) == 0 && r > 0 && p > 0;
    }
    [[nodiscard]] bool isAffordable() const
    {
        return n <= qint64{1} << 30 && r <= 1024 && p <= MostParallel && memory() <= MostMemory;
    }
    [[nodiscard]] quint64 memory() const
    {
        return quint64{128} * static_cast<quint64>(n) * static_cast<quint64>(r);
    }
    [[nodiscard]] quint64 work() const { return memory() * static_cast<quint64>(p); }
};

PasswordSlot slotFrom(const JsonFields &fields)
{
    QByteArray key = QByteArray::fromHex(fields.text(u"key").toLatin1());
    return {.key = SecureBuffer::copyOf(key),
            .parameters = parametersFrom(fields.object(u"key_params")),
            .salt = QByteArray::fromHex(fields.text(u"salt").toLatin1()),
            .n = fields.number(u"n").value_or(0),
            .r = fields.number(u"r").value_or(0),
            .p = fields.number(u"p").value_or(0)};
}

std::optional<SecureBuffer> masterKeyOf(const PasswordSlot &slot, const SecureBuffer &passphrase)
{
    SecureBuffer derived(KeySize);
    // OpenSSL counts a little more than the blocks.
    requireOpenSsl(EVP_PBE_scrypt(reinterpret_cast<const char *>(passphrase.data()),
                                  static_cast<size_t>(passphrase.size()), octets(slot.salt),
                                  static_cast<size_t>(slot.salt.size()),
                                  static_cast<uint64_t>(slot.n), static_cast<uint64_t>(slot.r),
                                  static_cast<uint64_t>(slot.p), 2 * MostMemory, derived.data(),
                                  static_cast<size_t>(KeySize)));
    return decryptAesGcm(derived, slot.parameters, slot.key.view());
}

Result<SecureBuffer> decryptWith(const JsonFields &header, const GcmParameters &parameters,
                                 QByteArrayView sealed, const SecureBuffer &passphrase)
{
    const QJsonArray list = header.array(u"slots");
    std::vector<PasswordSlot> usable;
    quint64 work = 0;
    for (qsizetype i = 0; i < std::min(list.size(), MostSlots); ++i) {
        const JsonFields fields(list.at(i).toObject());
        if (fields.number(u"type") != 1)
            continue;
        PasswordSlot slot = slotFrom(fields);
        if (!slot.isValid())
            return fail(ErrorKind::ImportDamaged);
        work += slot.work();
        if (!slot.isAffordable() || work > MostWork) {
            return fail({.kind = ErrorKind::ImportKdfTooLarge,
                         .subject = u"scrypt, %1 × %2 × %3"_s.arg(slot.n).arg(slot.r).arg(slot.p)});
        }
        usable.push_back(std::move(slot));
    }
    for (const PasswordSlot &slot : usable) {
        const auto masterKey = masterKeyOf(slot, passphrase);
        if (!masterKey)
            continue;
        auto plain = decryptAesGcm(*masterKey, parameters, sealed);
        if (!plain)
            return fail(ErrorKind::ImportDamaged);
        return *std::move(plain);
    }
    if (usable.empty())
        return fail(
            {.kind = ErrorKind::ImportUnsupported, .subject = u"Aegis, without password"_s});
    return fail(ErrorKind::PassphraseRefused);
}

} // namespace

Result<SecureBuffer> decryptAegis(const JsonFields &header, QByteArrayView sealed,
                                  const SecureBuffer &passphrase)
{
    const GcmParameters parameters = parametersFrom(header.object(u"params"));
    if (!parameters.areValid())
        return fail(ErrorKind::ImportDamaged);
    Result<SecureBuffer> plain = fail(ErrorKind::ImportDamaged);
    const auto done = guardedKdbx([&]() -> KdbxResult<void> {
        plain = decryptWith(header, parameters, sealed, passphrase);
        return {};
    });
    if (!done)
        return fail({.kind = ErrorKind::Cryptography, .detail = done.error().detail});
    return plain;
}

} // namespace Sparekey
