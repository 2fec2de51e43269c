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
    // An address can always be written in ASCII, and is entered so as well.
    if (!missingFontPackage(subject.serverAddress).isEmpty())
        subject.serverAddress = QString::fromLatin1(environment.webVault.toEncoded());
    subject.recoveryAddress = environment.recoveryPage().toDisplayString();
    if (!missingFontPackage(subject.recoveryAddress).isEmpty())
        subject.recoveryAddress = QString::fromLatin1(environment.recoveryPage().toEncoded());
    // The same for all that is made of this secret now, whatever options are tried out.
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
