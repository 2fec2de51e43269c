// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/servicehints.h"

#include "core/sheet/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

using SheetParts::Text;

ServiceHints serviceHints(const QString &serviceId)
{
    if (serviceId == "bitwarden"_L1 || serviceId == "vaultwarden"_L1) {
        return {.notes = {Text::tr("You also need the master password. Using the code turns off "
                                   "every method of two-step login.")},
                .howToEnter = Text::tr("Enter the email address, the master password and this "
                                       "code.")};
    }
    if (serviceId == "google"_L1) {
        return {.howToEnter = Text::tr("When it asks for the second step, choose “Try another "
                                       "way” and enter one of these codes.")};
    }
    if (serviceId == "microsoft"_L1) {
        return {.notes = {Text::tr("Microsoft keeps one code for an account. A new code makes this "
                                   "one invalid.")}};
    }
    if (serviceId == "apple"_L1) {
        return {.notes = {Text::tr("Apple asks for a trusted phone number too. This key alone is "
                                   "not enough."),
                          Text::tr("While a recovery key is on, Apple cannot get you in without "
                                   "it.")},
                .howToEnter = Text::tr("Enter the trusted phone number and this key when Apple "
                                       "asks for them.")};
    }
    if (serviceId == "github"_L1) {
        return {.notes = {Text::tr("Turning two-factor authentication off and on makes these codes "
                                   "invalid too.")}};
    }
    if (serviceId == "signal"_L1) {
        return {.notes = {Text::tr("This key opens the backup of the messages. Without it, nobody "
                                   "can read the backup.")}};
    }
    if (serviceId == "1password"_L1) {
        return {.notes = {Text::tr("1Password has no recovery codes for two-factor authentication. "
                                   "This key takes their place."),
                          Text::tr("Keep this sheet apart from the Emergency Kit. Both together "
                                   "open the account.")}};
    }
    if (serviceId == "1password-account"_L1)
        return {.notes = {Text::tr("Keep this sheet apart from the Emergency Kit.")}};
    if (serviceId == "bitlocker"_L1)
        return {.notes = {Text::tr("This key opens one drive. Other drives have keys of their "
                                   "own.")}};
    return {};
}

} // namespace Sparekey
