// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/kdbx/kdbxlimits.h"
#include "core/kdbx/variantdictionary.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace Sparekey {

/// How the payload of a file is encrypted.
enum class KdbxCipher {
    Aes256Cbc,
    ChaCha20,
};

/// An unknown field of a header, which is kept as it is.
struct KdbxHeaderField
{
    quint8 type = 0;
    QByteArray value;

    bool operator==(const KdbxHeaderField &) const = default;
};

/// The outer header, which is not encrypted. Its HMAC can be checked only after the key was
/// derived, so its numbers are compared with `KdbxLimits` first. Source: keepass.info, "KDBX 4",
/// Header.
struct KdbxHeader
{
    /// 0 or 1: KDBX 4.0 or 4.1. Higher ones are read as well, because minor versions are meant to
    /// be compatible.
    quint16 minorVersion = 1;
    KdbxCipher cipher = KdbxCipher::Aes256Cbc;
    bool compressed = true;
    /// 32 random bytes, new with each save.
    QByteArray masterSeed = {};
    /// 16 random bytes for AES, 12 for ChaCha20; new with each save.
    QByteArray encryptionIv = {};
    /// The key derivation function and its parameters (`kdfFrom`).
    VariantDictionary kdf = {};
    /// A `VariantDictionary` that plug-ins use; empty if there is none. Kept octet by octet.
    QByteArray publicCustomData = {};
    /// Comments, and fields that later versions add.
    QList<KdbxHeaderField> otherFields = {};

    bool operator==(const KdbxHeader &) const = default;
};

/// The parts of a file, as far as they can be read without the key. The views refer to the file's
/// bytes.
struct KdbxFileParts
{
    KdbxHeader header;
    QByteArrayView headerOctets;
    QByteArrayView headerHmac;
    QByteArrayView blocks;
};

/// The length of a `KdbxHeader::encryptionIv`, in bytes.
[[nodiscard]] qsizetype ivSize(KdbxCipher cipher);

/// Reads the header and compares it with its checksum (SHA-256). Any thread; pure. `NotKdbx`,
/// `OlderFormat`, `NewerFormat`; `TooLarge`; `HeaderDamaged` if it is cut off, does not match its
/// checksum or lacks a field; `UnknownCipher`, `UnknownCompression`.
[[nodiscard]] KdbxResult<KdbxFileParts> readOuterHeader(QByteArrayView file,
                                                        const KdbxLimits &limits);

/// The octets of `header`, from the signature to the end field.
[[nodiscard]] QByteArray outerHeaderOctets(const KdbxHeader &header);

} // namespace Sparekey
