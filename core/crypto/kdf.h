// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QString>

namespace Sparekey {

/// Which function turns the master password into the master key. The values are those of the
/// protocol.
enum class KdfType {
    Pbkdf2Sha256 = 0,
    Argon2id = 1,
};

/// Parameters as a server gives them at prelogin. They come from outside: `assess` them first.
struct KdfSettings
{
    KdfType type = KdfType::Pbkdf2Sha256;
    qint64 iterations = 0;
    qint64 memoryMiB = 0;   ///< Argon2id only
    qint64 parallelism = 0; ///< Argon2id only

    bool operator==(const KdfSettings &) const = default;
};

/// What to do with the parameters that a server asks for.
enum class KdfVerdict {
    Good,
    /// A hash made with these is cheap to crack for whoever receives it. The user is asked.
    Weak,
    /// Would take all memory or minutes of time, or is not a valid value. Refused.
    TooLarge,
};

/// Compares with what honest servers use: PBKDF2 below 100 000 rounds and Argon2id below
/// 2 passes or 15 MiB are weak; above 10 000 000 rounds, 1 GiB, 16 lanes or 10 GiB·passes
/// they are too large. Values that the algorithms do not define count as too large.
[[nodiscard]] KdfVerdict assess(const KdfSettings &settings);

/// `now` is cheaper to crack than `before`: PBKDF2 instead of Argon2id, or lower values.
[[nodiscard]] bool isWeakerThan(const KdfSettings &now, const KdfSettings &before);

/// "PBKDF2-SHA256, 600000" or "Argon2id, 3 × 64 MiB × 4": the values for messages, untranslated
/// technical terms.
[[nodiscard]] QString describe(const KdfSettings &settings);

/// The salt text that a password is derived with when the server sends none: the email without
/// surrounding spaces, in lower case.
[[nodiscard]] QString defaultSalt(const QString &email);

/// The 32-byte master key. Blocks for up to seconds: never on the GUI thread.
/// PBKDF2 salts with the UTF-8 of `salt`, Argon2id (version 1.3) with its SHA-256.
/// Leaves nothing on the stack of the calling thread (`callOnWipedStack`).
/// Fails with `KdfTooLarge` if the settings are refused or there is not enough memory.
[[nodiscard]] Result<SecureBuffer>
deriveMasterKey(const SecureBuffer &password, const QString &salt, const KdfSettings &settings);

/// What is sent to the server instead of the password: base64 of one PBKDF2 round over the
/// master key, salted with the password. Leaves nothing on the stack of the calling thread.
[[nodiscard]] SecureBuffer masterPasswordHash(const SecureBuffer &masterKey,
                                              const SecureBuffer &password);

} // namespace Sparekey
