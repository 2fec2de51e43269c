// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/setupsheet.h"

#include "core/otp/otpauth.h"
#include "core/sheet/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using SheetParts::Text;

// A QR code of more letters has modules too small for worn paper.
constexpr qsizetype longestUri = 560;

void addSecretWords(Sheet &sheet)
{
    sheet.secretHeading = Text::tr("Key of the authenticator app");
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
    sheet.checkLegend = Text::tr("The check characters tell whether a line was copied without a "
                                 "mistake. They are not part of the key.");
    sheet.qrCaption = Text::tr("For the app to scan");
    sheet.qrDetail = Text::tr("key and account");
    sheet.qrTextHeading = Text::tr("The same as an address, as apps read it");
}

void addSteps(Sheet &sheet)
{
    sheet.stepsHeading = Text::tr("When the phone is new or lost");
    sheet.steps = {
        {Text::tr("Install an authenticator app, for example Aegis, 2FAS or Bitwarden "
                  "Authenticator."),
         {}},
        {Text::tr("Add an account there: scan the QR code, or type the key."), {}},
        {Text::tr("The app shows six digits, new ones every 30 seconds. Its clock must be right."),
         {}},
        {Text::tr("Sign in with the email address, the master password and the six digits."), {}},
        {Text::tr("If someone else may have the lost phone: turn the authenticator app off and on "
                  "again, and print a new sheet."),
         {}},
    };
    sheet.rule = Text::tr("Whoever has this sheet can make your codes. Keep it apart from your "
                          "master password.");
    sheet.note = Text::tr("Once the authenticator app has been turned off, this sheet is void: "
                          "tear it up. It is not the recovery code.");
}

void addForm(Sheet &sheet)
{
    sheet.handHeading = Text::tr("To fill in by hand");
    sheet.handFields = {
        {Text::tr("Phones and apps that have this key"), {}},
        {Text::tr("Where the recovery code is"), {}},
        {Text::tr("Person to ask"), {}},
        {Text::tr("Telephone"), {}},
    };
    sheet.boxes = {
        {Text::tr("Set up on"), 1},
        {Text::tr("Void since"), 1},
        {Text::tr("Checked on"), 2},
    };
    sheet.footer = Text::tr("Sparekey %1 · sheet format %2 · for help, search for “Sparekey "
                            "set-up sheet format %2”")
                       .arg(QLatin1StringView(SPAREKEY_VERSION))
                       .arg(Sheet::formatNumber);
}

SecureBuffer withoutPadding(const SecureBuffer &key)
{
    QByteArrayView letters = key.view();
    while (letters.endsWith('='))
        letters.chop(1);
    return SecureBuffer::copyOf(letters);
}

} // namespace

Result<Sheet> makeSetUpSheet(const SecureBuffer &key, const SheetSubject &subject,
                             const SheetOptions &options)
{
    Q_ASSERT(isAuthenticatorKey(key.view()));
    constexpr qsizetype mostGrouped = 2 * SheetParts::groupsInLine * SheetParts::groupSize;
    SecureBuffer letters = withoutPadding(key);
    const bool grouped = letters.size() <= mostGrouped;
    auto sheet = SheetParts::begin(SheetKind::AuthenticatorKey, std::move(letters), grouped,
                                   subject, options);
    if (!sheet)
        return sheet;
    sheet->title = Text::tr("Set-up sheet");
    sheet->obtainedLine = Text::tr("Key obtained %1").arg(SheetParts::isoDate(subject.obtained));
    SheetParts::addHead(*sheet, subject);
    const SheetFact account = SheetParts::accountFact(subject, options);
    sheet->facts = {
        SheetParts::serverFact(subject),
        account,
        {Text::tr("Kind"), Text::tr("Authenticator app: TOTP, 6 digits, 30 seconds, SHA-1")},
    };
    addSecretWords(*sheet);
    addSteps(*sheet);
    addForm(*sheet);
    if (options.qrCodes) {
        sheet->qrContent = authenticatorUri(account.value, key);
        if (sheet->qrContent.size() > longestUri)
            return fail(ErrorKind::CodeTooLong);
    }
    return sheet;
}

} // namespace Sparekey
