// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/waittexts.h"

namespace Sparekey {

QString WaitTexts::blocked(int seconds)
{
    return seconds > 0 ? tr("You can continue in %n second(s).", nullptr, seconds) : QString();
}

QString WaitTexts::tooManyAttempts(int seconds)
{
    return seconds > 0
        ? tr("Too many attempts. You can try again in %n second(s).", nullptr, seconds)
        : QString();
}

QString WaitTexts::resendCode(int seconds)
{
    return seconds > 0 ? tr("Resend code (in %n second(s))", nullptr, seconds) : tr("Resend code");
}

} // namespace Sparekey
