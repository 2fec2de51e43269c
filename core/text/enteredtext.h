// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QStringView>

namespace Sparekey {

// Reads what users enter or paste as they mean it. Any thread.

/// A gap within a code, as people enter it or pages show it: any space or dash.
[[nodiscard]] bool isGap(QChar character);

/// The digits as ASCII, without gaps. Digits of other scripts are accepted too, because some
/// keyboards enter them. Empty if there is anything else, or fewer than `least` or more than `most`
/// digits.
[[nodiscard]] SecureBuffer digitsFrom(QStringView entered, qsizetype least, qsizetype most);

/// The code that an authenticator app shows: six digits.
[[nodiscard]] SecureBuffer authenticatorCodeFrom(QStringView entered);
/// A code that a server sent by email, at sign-in, at set-up, and as proof: digits, on official
/// servers 6 or 8 (`EmailTokenProvider`), on Vaultwarden as many as its administrator has set
/// (`EMAIL_TOKEN_SIZE`, at most 255).
[[nodiscard]] SecureBuffer emailedCodeFrom(QStringView entered);

/// The letters for 0 to 15 in the codes of a YubiKey, the same on most keyboard layouts (Yubico,
/// "modhex").
inline constexpr char16_t modhexLetters[] = u"cbdefghijklnrtuv";
[[nodiscard]] bool isModhex(QStringView text);

/// Something on both sides of one `@`, and no spaces. Only a mail server knows whether the address
/// exists.
[[nodiscard]] bool isEmailShaped(QStringView text);

} // namespace Sparekey
