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
    // Servers accept the codes of the previous and next step (30 s each); some time is lost on the
    // network.
    constexpr int tolerated = 20;
    return seconds > tolerated
        ? Text::tr("Your computer’s clock is %n second(s) off. Codes may be refused.", nullptr,
                   seconds)
        : QString();
}

} // namespace Sparekey
