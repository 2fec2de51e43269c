// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/virtualyubikey.h"

#include "tests/account_server/masterpassword.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <memory>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr auto letters = "cbdefghijklnrtuv"_L1;
constexpr qsizetype idSize = 6;
constexpr qsizetype blockSize = 16;
/// The CRC of a block that includes its own CRC.
constexpr quint16 crcResidue = 0xf0b8;

/// CRC-16 of ISO/IEC 13239.
quint16 crc(const QByteArray &bytes)
{
    quint16 value = 0xffff;
    for (const char byte : bytes) {
        value ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit) {
            const bool carry = value & 1;
            value = quint16(value >> 1);
            if (carry)
                value ^= 0x8408;
        }
    }
    return value;
}

QByteArray littleEndian(quint16 number)
{
    const quint16 ordered = qToLittleEndian(number);
    return QByteArray(reinterpret_cast<const char *>(&ordered), sizeof ordered);
}

QByteArray aesBlock(const QByteArray &key, const QByteArray &block, bool encrypt)
{
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    QByteArray result(blockSize * 2, '\0');
    int size = 0;
    const bool done = context
        && EVP_CipherInit_ex(context.get(), EVP_aes_128_ecb(), nullptr,
                             reinterpret_cast<const unsigned char *>(key.constData()), nullptr,
                             encrypt)
        && EVP_CIPHER_CTX_set_padding(context.get(), 0)
        && EVP_CipherUpdate(context.get(), reinterpret_cast<unsigned char *>(result.data()), &size,
                            reinterpret_cast<const unsigned char *>(block.constData()),
                            int(blockSize));
    return done ? result.first(blockSize) : QByteArray();
}

} // namespace

QString modhex(const QByteArray &bytes)
{
    QString text;
    for (const char byte : bytes) {
        text += letters[quint8(byte) >> 4];
        text += letters[quint8(byte) & 15];
    }
    return text;
}

std::optional<QByteArray> fromModhex(const QString &text)
{
    if (text.size() % 2 != 0)
        return std::nullopt;
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); i += 2) {
        const qsizetype high = letters.indexOf(text[i]);
        const qsizetype low = letters.indexOf(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes.append(char(high * 16 + low));
    }
    return bytes;
}

YubiKeySecret YubiKeySecret::named(const QString &name)
{
    const QByteArray bytes = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return {.publicId = QByteArray(3, '\0') + bytes.first(3),
            .privateId = bytes.sliced(3, idSize),
            .aesKey = bytes.last(blockSize)};
}

QString YubiKeySecret::shownId() const
{
    return modhex(publicId);
}

VirtualYubiKey::VirtualYubiKey(YubiKeySecret secret)
    : m_secret(std::move(secret))
{
}

QString VirtualYubiKey::touch()
{
    QByteArray block = m_secret.privateId + littleEndian(m_session) + randomBytes(3);
    block.append(char(m_use++));
    block += randomBytes(2);
    block += littleEndian(quint16(~crc(block)));
    return modhex(m_secret.publicId + aesBlock(m_secret.aesKey, block, true));
}

void VirtualYubiKey::plugInAgain()
{
    ++m_session;
    m_use = 0;
}

VirtualYubiKey &YubicoService::key(const QString &name)
{
    const auto entry = m_keys.try_emplace(name,
                                          Known{.key = VirtualYubiKey(YubiKeySecret::named(name))});
    return entry.first->second.key;
}

bool YubicoService::accept(const QString &otp)
{
    const auto bytes = fromModhex(otp);
    if (!bytes || bytes->size() != idSize + blockSize)
        return false;
    for (auto &[name, known] : m_keys) {
        const YubiKeySecret &secret = known.key.secret();
        if (!bytes->startsWith(secret.publicId))
            continue;
        const QByteArray block = aesBlock(secret.aesKey, bytes->sliced(idSize), false);
        if (crc(block) != crcResidue || !block.startsWith(secret.privateId))
            return false;
        const int session = qFromLittleEndian<quint16>(block.constData() + idSize);
        const int use = session * 256 + quint8(block[11]);
        if (use <= known.lastUse)
            return false;
        known.lastUse = use;
        return true;
    }
    return false;
}

} // namespace Sparekey
