// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <span>

namespace Sparekey {

/// Words in a generated passphrase. They are drawn from 2 048, and a phrase that is too long is
/// drawn again: 63.8 bits of entropy are left.
inline constexpr int passphraseWords = 6;

/// The longest passphrase that every program accepts, in bytes of UTF-8: the tools of poppler 22
/// (Debian 12) refuse longer ones.
inline constexpr int widelyReadPassphraseBytes = 32;

/// The shortest passphrase of the user's own that is accepted, in characters.
inline constexpr int shortestPassphrase = 12;
/// The longest, in bytes of UTF-8: what ISO 32000-2 uses for AES-256, revision 6.
inline constexpr int longestPassphraseBytes = 127;

/// The list the words are drawn from: common English words of four to seven letters, each
/// distinguished from all others by its first four letters, and no two differing by one mistaken
/// letter.
[[nodiscard]] std::span<const QByteArrayView> passphraseWordList();

/// Six words, each with a capital, such as "MapleRiverCandleOrbitPenBay", of at most
/// `widelyReadPassphraseBytes`. All such phrases have the same probability; they are made with the
/// system's random numbers. Error: `Cryptography`.
[[nodiscard]] Result<SecureBuffer> generatePassphrase();

/// Whether a passphrase that the user made up may protect a file. Errors: `PassphraseTooShort`,
/// `PassphraseTooLong`.
[[nodiscard]] Result<void> checkOwnPassphrase(const SecureBuffer &passphrase);

} // namespace Sparekey
