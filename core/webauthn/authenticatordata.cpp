// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/authenticatordata.h"

#include <QCryptographicHash>

namespace Sparekey {

namespace {

constexpr qsizetype HashSize = 32;
constexpr qsizetype FlagsAt = 32;
constexpr qsizetype HeadSize = 37;
constexpr qsizetype IdLengthAt = 53;
constexpr qsizetype IdAt = 55;

constexpr unsigned UserPresent = 0x01;
constexpr unsigned UserVerified = 0x04;
constexpr unsigned AttestedCredential = 0x40;

unsigned byteAt(const QByteArray &bytes, qsizetype index)
{
    return static_cast<unsigned char>(bytes.at(index));
}

} // namespace

std::optional<AuthenticatorData> AuthenticatorData::parse(const QByteArray &bytes)
{
    if (bytes.size() < HeadSize)
        return {};
    const unsigned flags = byteAt(bytes, FlagsAt);
    AuthenticatorData data;
    data.rpIdHash = bytes.first(HashSize);
    data.userPresent = (flags & UserPresent) != 0;
    data.userVerified = (flags & UserVerified) != 0;
    if ((flags & AttestedCredential) == 0)
        return data;
    if (bytes.size() < IdAt)
        return {};
    const auto length = static_cast<qsizetype>((byteAt(bytes, IdLengthAt) << 8)
                                               | byteAt(bytes, IdLengthAt + 1));
    // The public key comes after the id.
    if (length == 0 || bytes.size() <= IdAt + length)
        return {};
    data.credentialId = bytes.mid(IdAt, length);
    return data;
}

bool AuthenticatorData::isFor(const QString &rpId) const
{
    return rpIdHash == QCryptographicHash::hash(rpId.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace Sparekey
