// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/clocktext.h"

#include <QCoreApplication>

namespace Sparekey {

namespace {

// Gives the texts of this file their context for translators.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ClockText)
};

} // namespace

QString clockText(int seconds)
{
    // Servers take the code of the step before and after (30 s each), and the way takes some time.
    constexpr int tolerated = 20;
    return seconds > tolerated
        ? Text::tr("Your computer’s clock is %n second(s) off. Codes may be refused.", nullptr,
                   seconds)
        : QString();
}

} // namespace Sparekey
