// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/setupsheet.h"

#include "core/otp/otpauth.h"
#include "core/sheet/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using SheetParts::Text;

void addSecretWords(Sheet &sheet)
{
    sheet.secretHeading = Text::tr("Setup key");
    if (sheet.grouped) {
        sheet.glyphs = {
            {u"O"_s, Text::tr("letter O")},
            {u"I"_s, Text::tr("letter I")},
            {u"L"_s, Text::tr("letter L")},
        };
    } else {
        sheet.breakLegend = Text::tr("A new line is not part of the key.");
    }
    sheet.formNote = Text::tr("The digits 0, 1, 8 and 9 do not occur in it.");
    sheet.checkLegend = Text::tr("The check is not part of the key. It shows whether a row was "
                                 "copied without a mistake.");
    sheet.qrCaption = Text::tr("Key and account, for the app to scan");
    sheet.qrTextHeading = Text::tr("The same as an address, as apps read it");
}

void addSteps(Sheet &sheet)
{
    sheet.stepsHeading = Text::tr("How to use it");
    sheet.steps = {
        {Text::tr("Install an authenticator app, for example Aegis, 2FAS or Bitwarden "
                  "Authenticator."),
         {}},
        {Text::tr("Add an account in the app: scan the QR code, or enter the key (TOTP, 6 digits, "
                  "30 seconds, SHA-1)."),
         {}},
        {Text::tr("Sign in with the email address, the master password and the six digits that the "
                  "app shows."),
         {}},
        {Text::tr("Could someone else have the lost phone? Turn the authenticator app off and on "
                  "again, and print a new sheet."),
         {}},
    };
    sheet.rule = Text::tr("Once the authenticator app is turned off, this key is void. Shred this "
                          "sheet.");
    sheet.problemsHeading = Text::tr("Not working?");
    sheet.problems = {
        Text::tr("Are the digits refused? Set the clock of the phone to the automatic time."),
        Text::tr("This is not the recovery code. That one has a sheet of its own."),
    };
}

void addForm(Sheet &sheet)
{
    sheet.blanks = {
        {Text::tr("Phones and apps that have this key"), true},
        {Text::tr("Recovery code is at")},
        {Text::tr("Ask first")},
        {Text::tr("Phone")},
    };
    sheet.boxes = {{Text::tr("Set up"), 1}, {Text::tr("Checked"), 2}};
}

SecureBuffer withoutPadding(const SecureBuffer &key)
{
    QByteArrayView letters = key.view();
    while (letters.endsWith('='))
        letters.chop(1);
    return SecureBuffer::copyOf(letters);
}

} // namespace

Result<Sheet> makeSetupSheet(const SecureBuffer &key, const SheetSubject &subject,
                             const SheetOptions &options)
{
    Q_ASSERT(isSetupKey(key.view()));
    constexpr qsizetype mostGrouped = 2 * SheetParts::groupsInLine * SheetParts::groupSize;
    SecureBuffer letters = withoutPadding(key);
    const bool grouped = letters.size() <= mostGrouped;
    auto sheet = SheetParts::beginForAccount(SheetKind::AccountSetupKey, std::move(letters),
                                             grouped, subject, options);
    if (!sheet)
        return sheet;
    sheet->title = Text::tr("Setup sheet: Bitwarden authenticator");
    sheet->purpose = Text::tr("Use this to set up the authenticator app on a new phone. Anyone who "
                              "has this sheet can create your codes. Keep it apart from your "
                              "master password.");
    addSecretWords(*sheet);
    addSteps(*sheet);
    addForm(*sheet);
    if (options.qrCodes) {
        sheet->qrContent = authenticatorUri(sheet->facts.first().value, key);
        if (sheet->qrContent.size() > SheetParts::longestQrContent)
            return fail(ErrorKind::CodeTooLong);
    }
    return sheet;
}

} // namespace Sparekey
