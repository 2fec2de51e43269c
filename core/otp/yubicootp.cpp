// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/yubicootp.h"

#include "core/text/enteredtext.h"

namespace Sparekey {

QString yubicoOtpFrom(QStringView entered)
{
    return entered.trimmed().toString().toLower();
}

YubicoOtpFlaw yubicoOtpFlaw(QStringView code)
{
    if (!isModhex(code))
        return YubicoOtpFlaw::OtherLetters;
    return code.size() == yubicoOtpLength ? YubicoOtpFlaw::None : YubicoOtpFlaw::WrongLength;
}

} // namespace Sparekey
