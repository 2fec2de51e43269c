// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

// What a YubiKey types when it is touched (Yubico OTP): the public id of the key, which stays the
// same, and one AES-128 block, which is new each time. Both are in modhex: letters that are the
// same on most keyboard layouts. Servers accept only these lengths. Pure functions, any thread.

constexpr int yubicoIdLength = 12;
constexpr int yubicoOtpLength = 44;

/// Why an entered text is not a one-time password of a YubiKey.
enum class YubicoOtpFlaw {
    None,
    OtherLetters, ///< Not modhex; if the length is right, the keyboard layout is wrong.
    WrongLength,
};

/// As servers expect it: without spaces around it, and in lower case even if Caps Lock was on.
[[nodiscard]] QString yubicoOtpFrom(QStringView entered);
[[nodiscard]] YubicoOtpFlaw yubicoOtpFlaw(QStringView code);

} // namespace Sparekey
