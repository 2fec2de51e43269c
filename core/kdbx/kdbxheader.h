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

/// One field of a header that means nothing to us and is kept as it is.
struct KdbxHeaderField
{
    quint8 type = 0;
    QByteArray value;

    bool operator==(const KdbxHeaderField &) const = default;
};

/// The outer header: what a file says in the open. All of it is checked with the key (HMAC), yet
/// only after the key was derived, so its numbers are compared with `KdbxLimits` first. Source:
/// keepass.info, "KDBX 4", Header.
struct KdbxHeader
{
    /// 0 or 1: KDBX 4.0 or 4.1. A higher one is read as well, as minor versions are made so that
    /// older programs can.
    quint16 minorVersion = 1;
    KdbxCipher cipher = KdbxCipher::Aes256Cbc;
    bool compressed = true;
    /// 32 random bytes, new with each save.
    QByteArray masterSeed = {};
    /// 16 random bytes for AES, 12 for ChaCha20; new with each save.
    QByteArray encryptionIv = {};
    /// Which key derivation function, and its parameters (`kdfFrom`).
    VariantDictionary kdf = {};
    /// A `VariantDictionary` that plug-ins use; empty if there is none. Kept octet by octet.
    QByteArray publicCustomData = {};
    /// Comments and what later versions add.
    QList<KdbxHeaderField> otherFields = {};

    bool operator==(const KdbxHeader &) const = default;
};

/// A file taken apart, as far as that works without the key. The views are of the file.
struct KdbxFileParts
{
    KdbxHeader header;
    QByteArrayView headerOctets;
    QByteArrayView headerHmac;
    QByteArrayView blocks;
};

/// The length of a `KdbxHeader::encryptionIv`, in bytes.
[[nodiscard]] qsizetype ivSize(KdbxCipher cipher);

/// Reads the header and compares it with its checksum (SHA-256). Any thread; pure.
/// `NotKdbx`, `OlderFormat`, `NewerFormat`; `TooLarge`; `HeaderDamaged` if it is cut off, does not
/// fit its checksum or lacks a field; `UnknownCipher`, `UnknownCompression`.
[[nodiscard]] KdbxResult<KdbxFileParts> readOuterHeader(QByteArrayView file,
                                                        const KdbxLimits &limits);

/// The octets of `header`, from the signature to the end field.
[[nodiscard]] QByteArray outerHeaderOctets(const KdbxHeader &header);

} // namespace Sparekey
