// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QStringView>

namespace Sparekey {

// What people type or paste, read as they mean it. Any thread.

/// A gap that people put into codes, or that pages show there: spaces of all kinds, hyphens.
[[nodiscard]] bool isGap(QChar character);

/// The digits as ASCII, without gaps. Digits of other scripts count too: they are typed on
/// keyboards. Empty if there is anything else, or fewer than `least` or more than `most` digits.
[[nodiscard]] SecureBuffer digitsFrom(QStringView typed, qsizetype least, qsizetype most);

/// The code that an authenticator app shows: six digits.
[[nodiscard]] SecureBuffer authenticatorCodeFrom(QStringView typed);
/// A code that a server sent by email, at sign-in, at set-up, and as proof: digits, on official
/// servers 6 or 8 (`EmailTokenProvider`), on Vaultwarden as many as its administrator likes
/// (`EMAIL_TOKEN_SIZE`, at most 255).
[[nodiscard]] SecureBuffer mailedCodeFrom(QStringView typed);

/// The letters of a code that a YubiKey types, the same on most keyboard layouts, for 0 to 15
/// (Yubico, "modhex").
inline constexpr char16_t modhexLetters[] = u"cbdefghijklnrtuv";
[[nodiscard]] bool isModhex(QStringView text);

/// Something on both sides of one `@`, and no spaces: whether the address exists, only a mail
/// server knows.
[[nodiscard]] bool isEmailShaped(QStringView text);

} // namespace Sparekey
