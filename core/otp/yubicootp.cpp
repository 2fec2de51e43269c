// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/yubicootp.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

QString yubicoOtpFrom(const QString &typed)
{
    return typed.trimmed().toLower();
}

YubicoOtpFlaw yubicoOtpFlaw(QStringView code)
{
    constexpr auto modhex = "cbdefghijklnrtuv"_L1;
    if (!std::all_of(code.begin(), code.end(), [modhex](QChar c) { return modhex.contains(c); }))
        return YubicoOtpFlaw::OtherLetters;
    return code.size() == yubicoOtpLength ? YubicoOtpFlaw::None : YubicoOtpFlaw::WrongLength;
}

} // namespace Sparekey
