// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/compositekey.h"
#include "core/kdbx/kdbxerror.h"
#include "core/kdbx/kdbxlimits.h"
#include "core/kdbx/variantdictionary.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>

namespace Sparekey {

/// Which function makes the key expensive to guess.
enum class KdbxKdfType {
    AesKdf, ///< Only for files that use it already: guessing takes no memory.
    Argon2d,
    Argon2id,
};

/// The parameters of the key derivation, checked. Source: keepass.info, "KDBX 4", KDF parameters;
/// RFC 9106 for Argon2.
struct KdbxKdf
{
    KdbxKdfType type = KdbxKdfType::Argon2id;
    QByteArray salt = {};           ///< 32 bytes for AES-KDF, whose key it is; 8 or more for Argon2
    quint64 iterations = 0;         ///< rounds of AES-KDF, passes of Argon2
    quint64 memory = 0;             ///< Argon2: bytes, of which it uses whole KiB
    quint32 lanes = 0;              ///< Argon2
    quint32 version = 0;            ///< Argon2: 0x10 or 0x13
    QByteArray secretKey = {};      ///< Argon2: optional; in the header, so it is not secret
    QByteArray associatedData = {}; ///< Argon2: optional
};

/// Parameters of Argon2id for a header, without a salt: each save makes a new one.
[[nodiscard]] VariantDictionary argon2idParameters(quint64 memory, quint64 iterations,
                                                   quint32 lanes);

/// The checked parameters of a header. Errors: `UnknownKdf`; `HeaderDamaged` if a value is missing
/// or impossible; `KdfTooLarge` if it is above the limits, before anything is allocated.
[[nodiscard]] KdbxResult<KdbxKdf> kdfFrom(const VariantDictionary &parameters,
                                          const KdbxLimits &limits);

/// Puts a new random salt into the parameters. `Cryptography`.
[[nodiscard]] KdbxResult<void> renewSalt(VariantDictionary &parameters);

/// The 32 bytes from which all keys of a file are made (the "transformed key"). Blocks for up to
/// seconds, on a stack that is wiped: never on the GUI thread. Pure, so it can run on any worker;
/// it cannot be interrupted. Errors as `kdfFrom`, `NoKey`, and `KdfTooLarge` if there is not enough
/// memory.
[[nodiscard]] KdbxResult<SecureBuffer> deriveKdbxKey(const VariantDictionary &parameters,
                                                     const CompositeKey &key,
                                                     const KdbxLimits &limits = {});

} // namespace Sparekey
