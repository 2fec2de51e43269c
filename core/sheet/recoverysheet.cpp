// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/recoverysheet.h"

#include "core/sheet/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using SheetParts::Text;

void addSecretWords(Sheet &sheet)
{
    sheet.secretHeading = Text::tr("Recovery code (works once)");
    if (sheet.grouped) {
        sheet.glyphs = {
            {u"0"_s, Text::tr("zero")},     {u"O"_s, Text::tr("letter O")},
            {u"1"_s, Text::tr("one")},      {u"I"_s, Text::tr("letter I")},
            {u"L"_s, Text::tr("letter L")},
        };
    } else {
        sheet.formNote = Text::tr("This code has an unusual form. It is printed exactly as the "
                                  "server sent it.");
        if (sheet.lines.size() > 1)
            sheet.breakLegend = Text::tr("A new line is not part of the code.");
    }
    if (SheetParts::hasCheckCharacters(sheet)) {
        sheet.checkLegend = Text::tr("The check is not part of the code. Enter it in Sparekey to "
                                     "see whether a row has a mistake.");
    }
    sheet.qrCaption = Text::tr("Code only");
    sheet.pageQrCaption = Text::tr("Recovery page");
}

void addSteps(Sheet &sheet, const SheetSubject &subject)
{
    const QString page = subject.recoveryAddress.simplified();
    sheet.stepsHeading = Text::tr("How to use it");
    sheet.steps = {
        {page.isEmpty() ? Text::tr("Open the recovery page of the server.")
                        : Text::tr("Open the recovery page:"),
         page},
        {Text::tr("Enter the email address of the account, the master password and this code."),
         {}},
        {Text::tr("You are signed in, and two-step login is off. Turn it on again and print the "
                  "new code."),
         {}},
    };
    sheet.rule = Text::tr("Once used, this code is void. Shred this sheet.");
    sheet.problemsHeading = Text::tr("Not working?");
    sheet.problems = {
        subject.selfHosted
            ? Text::tr("Is the server gone or moved? Ask the person who runs it.")
            : Text::tr("Is it the right server? bitwarden.com and bitwarden.eu have separate "
                       "accounts."),
        Text::tr("Is the page gone? Sign in on the server and choose “Use recovery code”."),
        Text::tr("Does a company ask for Duo? This code does not help. Ask its Duo "
                 "administrator."),
    };
}

void addForm(Sheet &sheet)
{
    sheet.blanks = {
        {Text::tr("Master password is kept at (don’t write it here)"), true},
        {Text::tr("Other copy at")},
        {Text::tr("Ask first")},
        {Text::tr("Phone")},
    };
    sheet.boxes = {{Text::tr("Used"), 1}, {Text::tr("Checked"), 2}};
}

} // namespace

Result<Sheet> makeRecoverySheet(const RecoveryCode &code, const SheetSubject &subject,
                                const SheetOptions &options)
{
    Q_ASSERT(!code.isEmpty());
    SecureBuffer text = code.isUsual() ? SecureBuffer::copyOf(code.text()) : code.displayText();
    auto sheet = SheetParts::beginForAccount(SheetKind::RecoveryCode, std::move(text),
                                             code.isUsual(), subject, options);
    if (!sheet)
        return sheet;
    sheet->title = Text::tr("Recovery sheet: Bitwarden account");
    sheet->purpose = Text::tr("Use this if the phone or security key is lost. You also need the "
                              "master password. Without it, this sheet opens nothing.");
    addSecretWords(*sheet);
    addSteps(*sheet, subject);
    addForm(*sheet);
    if (options.qrCodes) {
        sheet->qrContent = SecureBuffer::copyOf(code.text());
        sheet->pageQrContent = subject.recoveryAddress.simplified();
    }
    return sheet;
}

} // namespace Sparekey
