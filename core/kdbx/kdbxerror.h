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
    UnknownCipher, ///< Twofish, or one that KDBX 4 does not define: `subject` names it.
    UnknownKdf,    ///< `subject` is the identifier of the key derivation function.
    UnknownCompression, ///< `subject` is its number.
    UnknownInnerStream, ///< The stream cipher of the protected values; `subject` names it.

    // The key
    /// The header is intact, but this key does not match it. This also happens if the file needs
    /// the response of a security key as well, because KDBX does not record that.
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
    NotWritable, ///< A text has characters that XML cannot hold, or a setting is not valid.

    Cryptography, ///< A primitive of the crypto library failed, or there is not enough memory.
};

/// An expected failure. Copyable, free of secrets.
struct KdbxError
{
    KdbxErrorKind kind = KdbxErrorKind::Damaged;
    /// What the kind describes, for the user: a version, a cipher.
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
