// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetcomposer.h"

#include "core/sheet/recoverysheet.h"
#include "core/sheet/setupsheet.h"
#include "ui/render/missingglyphs.h"

namespace Sparekey {

SheetSubject sheetSubject(const Session::Account &account)
{
    const Environment &environment = account.environment;
    SheetSubject subject;
    subject.serverAddress = environment.webVault.toDisplayString();
    subject.selfHosted = environment.region == Environment::Region::SelfHosted;
    subject.accountEmail = account.email;
    if (!missingFontPackage(account.email).isEmpty())
        subject.accountAscii = asciiEmail(account.email);
    // The ASCII form of an address always exists and works when it is entered.
    if (!missingFontPackage(subject.serverAddress).isEmpty())
        subject.serverAddress = QString::fromLatin1(environment.webVault.toEncoded());
    subject.recoveryAddress = environment.recoveryPage().toDisplayString();
    if (!missingFontPackage(subject.recoveryAddress).isEmpty())
        subject.recoveryAddress = QString::fromLatin1(environment.recoveryPage().toEncoded());
    // Stays the same for all sheets of this secret, even if the user changes the options.
    subject.sheetId = makeSheetId().value_or(QString());
    return subject;
}

Result<Sheet> composeSheet(const SheetSecret &secret, const SheetSubject &subject,
                           const SheetOptions &options)
{
    SheetSubject now = subject;
    now.made = QDateTime::currentDateTime();
    if (const auto *code = std::get_if<RecoveryCode>(&secret))
        return makeRecoverySheet(*code, now, options);
    return makeSetUpSheet(std::get<AuthenticatorKey>(secret).letters, now, options);
}

} // namespace Sparekey
