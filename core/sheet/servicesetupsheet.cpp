// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/otpauth.h"
#include "core/otp/otpauthkey.h"
#include "core/recovery/visibletext.h"
#include "core/sheet/serviceparts.h"
#include "core/sheet/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using SheetParts::Text;

void addSteps(Sheet &sheet)
{
    sheet.steps = {
        {Text::tr("Install an authenticator app, for example Aegis, 2FAS or Bitwarden "
                  "Authenticator."),
         {}},
        {Text::tr("Add an account in the app: scan the QR code, or enter the key and its form."),
         {}},
        {Text::tr("Sign in with the password of the account and the digits that the app shows."),
         {}},
        {Text::tr("Could someone else have the lost phone? Turn the authenticator app off and on "
                  "again, and print a new sheet."),
         {}},
    };
    sheet.rule = Text::tr("Once the authenticator app is turned off, this key is void. Shred this "
                          "sheet.");
    sheet.problems = {
        Text::tr("Are the digits refused? Set the clock of the phone to the automatic time."),
        Text::tr("Is there a newer sheet? Then only the key on that one works."),
    };
}

void addWords(Sheet &sheet)
{
    sheet.purpose = Text::tr("Use this to set up the authenticator app on a new phone. Anyone who "
                             "has this sheet can create your codes. Keep it apart from your "
                             "password.");
    sheet.secretHeading = Text::tr("Setup key");
    sheet.formNote = Text::tr("The digits 0, 1, 8 and 9 do not occur in it.");
    sheet.checkLegend = Text::tr("The check is not part of the key. It shows whether a row was "
                                 "copied without a mistake.");
    sheet.qrCaption = Text::tr("Key and account, for the app to scan");
    sheet.qrTextHeading = Text::tr("The same as an address, as apps read it");
    sheet.blanks = {
        {Text::tr("Phones and apps that have this key"), true},
        {Text::tr("Recovery codes are at")},
        {Text::tr("Ask first")},
        {Text::tr("Phone")},
    };
    sheet.boxes = {{Text::tr("Set up"), 1}, {Text::tr("Checked"), 2}};
}

QString nameOf(OtpAlgorithm algorithm)
{
    switch (algorithm) {
    case OtpAlgorithm::Sha1: return u"SHA-1"_s;
    case OtpAlgorithm::Sha256: return u"SHA-256"_s;
    case OtpAlgorithm::Sha512: return u"SHA-512"_s;
    }
    Q_UNREACHABLE();
}

QString formOf(const OtpauthKey &key)
{
    if (key.steam)
        return Text::tr("TOTP of Steam, five letters, %1 seconds").arg(key.period);
    if (key.type == OtpType::Hotp)
        return Text::tr("HOTP, %1 digits, %2").arg(key.digits).arg(nameOf(key.algorithm));
    return Text::tr("TOTP, %1 digits, %2 seconds, %3")
        .arg(key.digits)
        .arg(key.period)
        .arg(nameOf(key.algorithm));
}

// For the sheets of users who leave out their account: its name is in the URI, too.
SecureBuffer uriWithoutAccount(const OtpauthKey &key, const QString &service)
{
    return otpauthUri({.type = key.type,
                       .issuer = service,
                       .key = key.key.clone(),
                       .algorithm = key.algorithm,
                       .digits = key.digits,
                       .period = key.period,
                       .counter = key.counter,
                       .steam = key.steam});
}

} // namespace

Result<Sheet> makeServiceSetupSheet(const SecureBuffer &uri, const ServiceSheetSubject &subject,
                                    const SheetOptions &options)
{
    Q_ASSERT(!uri.isEmpty());
    if (uri.size() > SheetParts::longestQrContent)
        return fail(ErrorKind::CodeTooLong);
    auto sheet = ServiceParts::begin(SheetKind::ServiceSetupKey, Text::tr("Setup sheet: %1"),
                                     subject, options);
    if (!sheet)
        return sheet;
    if (subject.obtained.isValid())
        sheet->facts.append({Text::tr("Obtained"), subject.obtained.toString(Qt::ISODate)});
    const auto read = otpauthKeyFrom(uri.view());
    if (read)
        sheet->facts.append({Text::tr("Form"), formOf(*read)});
    sheet->secret = read ? inGroupsOfFour(read->key) : visibleText(uri.view());
    ServiceParts::addLines(*sheet, Text::tr("A new line is not part of the key."));
    addWords(*sheet);
    addSteps(*sheet);
    if (!read) {
        sheet->formNote = Text::tr("This key has an unusual form. It is printed exactly as it was "
                                   "kept.");
    }
    if (options.qrCodes) {
        sheet->qrContent = read && !options.email
            ? uriWithoutAccount(*read, ServiceParts::nameOf(subject.service))
            : uri.clone();
        if (sheet->qrContent.size() > SheetParts::longestQrContent)
            return fail(ErrorKind::CodeTooLong);
    }
    return sheet;
}

} // namespace Sparekey
