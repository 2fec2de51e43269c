// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever is entered or pasted into a field of a code is made what servers take, or named wrong.

#include "core/account/secondstep.h"
#include "core/otp/otpauth.h"
#include "core/otp/yubicootp.h"
#include "core/recovery/enteredcode.h"
#include "core/twofactor/duofields.h"
#include "tests/fuzz/require.h"

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QString entered = QString::fromUtf8(bytes);

    for (const auto type : {ProviderType::Authenticator, ProviderType::Email}) {
        const SecureBuffer digits = normalizedCode(type, entered);
        require(digits.size() <= 255); // the longest that a Vaultwarden can email
        for (const char c : digits.view())
            require(c >= '0' && c <= '9');
    }
    const QString otp = yubicoOtpFrom(entered);
    if (yubicoOtpFlaw(otp) == YubicoOtpFlaw::None)
        require(otp.size() == yubicoOtpLength);
    (void)duoHostFrom(entered);
    const EnteredCode code = readEnteredCode(bytes);
    for (const RowCheck row : code.rows)
        require(row != RowCheck::Correct || code.code.size() >= codeRowSize);
    if (isSetupKey(bytes)) {
        const auto key = SecureBuffer::copyOf(bytes);
        require(authenticatorUri(u"a@b.example"_s, key).view().startsWith("otpauth://totp/"));
        require(withoutGaps(inGroupsOfFour(key).view()).equals(withoutGaps(bytes).view()));
    }
    return 0;
}
