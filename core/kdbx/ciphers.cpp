// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/ciphers.h"

#include "core/kdbx/opensslfunctions.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherContextDeleter>;

constexpr qsizetype BlockSize = 16;

const unsigned char *octets(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

CipherContext cipherContext(const EVP_CIPHER *cipher, QByteArrayView key, const unsigned char *iv,
                            bool encrypt)
{
    CipherContext context(EVP_CIPHER_CTX_new());
    if (!context)
        throw CryptoFailure();
    requireOpenSsl(
        EVP_CipherInit_ex(context.get(), cipher, nullptr, octets(key), iv, encrypt ? 1 : 0));
    return context;
}

// OpenSSL takes sizes as int, so the input is split. Returns how many bytes were written.
qsizetype update(EVP_CIPHER_CTX *context, QByteArrayView input, unsigned char *output)
{
    constexpr qsizetype Step = qsizetype{1} << 28U;
    qsizetype written = 0;
    for (qsizetype done = 0; done < input.size(); done += Step) {
        const auto part = input.sliced(done, std::min(Step, input.size() - done));
        int size = 0;
        requireOpenSsl(EVP_CipherUpdate(context, output + written, &size, octets(part),
                                        static_cast<int>(part.size())));
        written += size;
    }
    return written;
}

} // namespace

void CipherContextDeleter::operator()(EVP_CIPHER_CTX *context) const
{
    EVP_CIPHER_CTX_free(context);
}

ChaCha20::ChaCha20(QByteArrayView key, QByteArrayView nonce)
{
    // OpenSSL's IV is the counter, little-endian, and the nonce.
    unsigned char iv[BlockSize] = {};
    std::memcpy(iv + 4, nonce.data(), 12);
    m_context = cipherContext(EVP_chacha20(), key, iv, true);
}

void ChaCha20::apply(QByteArrayView input, unsigned char *output)
{
    update(m_context.get(), input, output);
}

KdbxResult<SecureBuffer> decryptAesCbc(QByteArrayView key, QByteArrayView iv,
                                       QByteArrayView ciphertext)
{
    const auto context = cipherContext(EVP_aes_256_cbc(), key, octets(iv), false);
    SecureBuffer plaintext(ciphertext.size() + BlockSize);
    const qsizetype written = update(context.get(), ciphertext, plaintext.data());
    int rest = 0;
    if (EVP_CipherFinal_ex(context.get(), plaintext.data() + written, &rest) != 1)
        return kdbxFailure(KdbxErrorKind::Damaged, u"wrong padding"_s);
    plaintext.truncate(written + rest);
    return plaintext;
}

QByteArray encryptAesCbc(QByteArrayView key, QByteArrayView iv, QByteArrayView plaintext)
{
    const auto context = cipherContext(EVP_aes_256_cbc(), key, octets(iv), true);
    QByteArray ciphertext(plaintext.size() + BlockSize, Qt::Uninitialized);
    auto *output = reinterpret_cast<unsigned char *>(ciphertext.data());
    const qsizetype written = update(context.get(), plaintext, output);
    int rest = 0;
    requireOpenSsl(EVP_CipherFinal_ex(context.get(), output + written, &rest));
    ciphertext.truncate(written + rest);
    return ciphertext;
}

void encryptAesRepeatedly(QByteArrayView key, unsigned char *block, quint64 rounds)
{
    // In CBC mode a block of zeros encrypts to the encryption of the previous ciphertext block. So
    // one call over zeros does many rounds.
    constexpr quint64 RoundsPerCall = 4096;
    const auto context = cipherContext(EVP_aes_256_cbc(), key, block, true);
    const QByteArray zeros(static_cast<qsizetype>(RoundsPerCall) * BlockSize, '\0');
    SecureBuffer states(zeros.size());
    while (rounds > 0) {
        const auto now = static_cast<qsizetype>(std::min(rounds, RoundsPerCall));
        update(context.get(), QByteArrayView(zeros).first(now * BlockSize), states.data());
        std::memcpy(block, states.data() + (now - 1) * BlockSize, size_t(BlockSize));
        rounds -= static_cast<quint64>(now);
    }
}

} // namespace Sparekey
