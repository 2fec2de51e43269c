// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

// What a YubiKey types when it is touched (Yubico OTP): the public id of the key, which stays,
// and one AES-128 block, which is new each time; both in modhex, the letters that most keyboard
// layouts type alike. Servers take these lengths only. Pure functions, any thread.

constexpr int yubicoIdLength = 12;
constexpr int yubicoOtpLength = 44;

/// Why a typed text is no one-time password of a YubiKey.
enum class YubicoOtpFlaw {
    None,
    OtherLetters, ///< Not modhex; where the length is right the keyboard layout is to blame.
    WrongLength,
};

/// As servers want it: without spaces around it, and in lower case although Caps Lock was on.
[[nodiscard]] QString yubicoOtpFrom(QStringView typed);
[[nodiscard]] YubicoOtpFlaw yubicoOtpFlaw(QStringView code);

} // namespace Sparekey
