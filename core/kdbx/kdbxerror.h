// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/text/foreigntext.h"

#include <QString>

#include <tl/expected.hpp>

#include <utility>

namespace Sparekey {

/// Why a KDBX file cannot be read or written, as far as a person can act on it.
enum class KdbxErrorKind {
    // Another kind of file
    NotKdbx,       ///< Has no KDBX signature at all.
    OlderFormat,   ///< KeePass 1, KDBX 2 or 3: `subject` is its version. To be converted first.
    NewerFormat,   ///< KDBX 5 or later: `subject` is its version.
    UnknownCipher, ///< Twofish, or one that is not of KDBX 4: `subject` names it.
    UnknownKdf,    ///< `subject` is the identifier of the key derivation function.
    UnknownCompression, ///< `subject` is its number.
    UnknownInnerStream, ///< The stream cipher of the protected values; `subject` names it.

    // The key
    /// The header is whole, and this key does not belong to it. So does a file look that also needs
    /// the response of a hardware key: KDBX does not note that it does.
    WrongKey,
    NoKey,              ///< Neither a passphrase nor a key file was given.
    KeyFileDamaged,     ///< An XML key file without a key, or with one that fails its own check.
    KeyFileNotReadable, ///< An XML key file of another version; `subject` is its version.

    // Limits
    KdfTooLarge, ///< The key derivation would exhaust this computer: `subject` says what it asks
                 ///< for.
    TooLarge,    ///< More bytes, elements or levels than `KdbxLimits` admits.

    // Damage
    HeaderDamaged, ///< Before the key is looked at: cut off, or the header's checksum is wrong.
    Damaged,       ///< After the key was accepted: cut off, changed, or not of the format.

    // Writing
    NotWritable, ///< A text holds characters that XML cannot hold, or a setting is impossible.

    Cryptography, ///< A primitive of the crypto library failed, or there is not enough memory.
};

/// An expected failure. Copyable, free of secrets.
struct KdbxError
{
    KdbxErrorKind kind = KdbxErrorKind::Damaged;
    /// What the kind says, for the person: a version, a cipher.
    ForeignText subject = {};
    /// For the log only, in English.
    QString detail = {};
};

template<class T>
using KdbxResult = tl::expected<T, KdbxError>;

using KdbxFailure = tl::unexpected<KdbxError>;

inline KdbxFailure kdbxFailure(KdbxErrorKind kind, const QString &detail = {})
{
    return KdbxFailure(KdbxError{.kind = kind, .detail = detail});
}

inline KdbxFailure kdbxFailureOf(KdbxErrorKind kind, const QString &subject)
{
    return KdbxFailure(KdbxError{.kind = kind, .subject = subject});
}

} // namespace Sparekey
