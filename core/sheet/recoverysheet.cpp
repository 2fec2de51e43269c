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
    sheet.secretHeading = Text::tr("Recovery code");
    if (sheet.grouped) {
        sheet.glyphs = {
            {u"0"_s, Text::tr("zero")},     {u"O"_s, Text::tr("letter O")},
            {u"1"_s, Text::tr("one")},      {u"I"_s, Text::tr("letter I")},
            {u"L"_s, Text::tr("letter L")},
        };
    } else {
        sheet.formNote = Text::tr("This code has an unusual form and stands here exactly as "
                                  "the server sent it.");
        if (sheet.lines.size() > 1)
            sheet.breakLegend = Text::tr("A new line is not part of the code.");
    }
    if (SheetParts::hasCheckCharacters(sheet)) {
        sheet.checkLegend = Text::tr(
            "The check characters tell whether a line was copied without a "
            "mistake. They are not part of the code.");
    }
    sheet.qrCaption = Text::tr("The code only");
    sheet.pageQrCaption = Text::tr("Recovery page");
}

void addSteps(Sheet &sheet, const SheetSubject &subject)
{
    const QString page = subject.recoveryAddress.simplified();
    sheet.stepsHeading = Text::tr("In an emergency");
    sheet.steps = {
        {page.isEmpty() ? Text::tr("Open the recovery page of the server.")
                        : Text::tr("Open the recovery page:"),
         page},
        {Text::tr("Type the email address of the account, the master password and this code."), {}},
        {Text::tr("You are signed in, and every two-step method is now off."), {}},
        {Text::tr("Turn two-step login on again at once."), {}},
        {Text::tr("Get the new code and print a new sheet."), {}},
    };
    sheet.rule = Text::tr("Once the code has been used, this sheet is void: tear it up.");
    sheet.note = Text::tr("The code does not replace the master password, and it does not lift a "
                          "Duo step that an organization demands.");
}

void addForm(Sheet &sheet)
{
    sheet.handHeading = Text::tr("To fill in by hand");
    sheet.handFields = {
        {Text::tr("Hint to the master password"), {}},
        {Text::tr("Where the other copy is"), {}},
        {Text::tr("Person to ask"), {}},
        {Text::tr("Telephone"), {}},
    };
    sheet.boxes = {
        {Text::tr("Used on"), 1},
        {Text::tr("Void since"), 1},
        {Text::tr("Checked on"), 2},
    };
    sheet.footer = Text::tr("Sparekey %1 · sheet format %2 · for help, search for “Sparekey "
                            "recovery sheet format %2”")
                       .arg(QLatin1StringView(SPAREKEY_VERSION))
                       .arg(Sheet::formatNumber);
}

} // namespace

Result<Sheet> makeRecoverySheet(const RecoveryCode &code, const SheetSubject &subject,
                                const SheetOptions &options)
{
    Q_ASSERT(!code.isEmpty());
    SecureBuffer text = code.isUsual() ? SecureBuffer::copyOf(code.text()) : code.displayText();
    auto sheet = SheetParts::begin(SheetKind::RecoveryCode, std::move(text), code.isUsual(),
                                   subject, options);
    if (!sheet)
        return sheet;
    sheet->title = Text::tr("Recovery sheet");
    sheet->obtainedLine = Text::tr("Code obtained %1").arg(SheetParts::isoDate(subject.obtained));
    SheetParts::addHead(*sheet, subject);
    sheet->facts = {
        SheetParts::serverFact(subject),
        SheetParts::accountFact(subject, options),
        {Text::tr("Kind"), Text::tr("Recovery code for two-step login, works once")},
    };
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
