// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/visibletext.h"
#include "core/sheet/servicehints.h"
#include "core/sheet/serviceparts.h"
#include "core/sheet/sheetparts.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using SheetParts::Text;

void addSingleWords(Sheet &sheet, const ServiceSheetSubject &subject)
{
    sheet.purpose = subject.reusable
        ? Text::tr("Use this if you can’t get in any other way. It can be used again.")
        : Text::tr("Use this if you can’t get in any other way. It works once.");
    sheet.secretHeading = subject.reusable ? Text::tr("Recovery key (can be used again)")
                                           : Text::tr("Recovery code (works once)");
    sheet.qrCaption = Text::tr("Code only");
    sheet.pageQrCaption = Text::tr("Recovery page");
    if (SheetParts::hasCheckCharacters(sheet)) {
        sheet.checkLegend = Text::tr("The check is not part of the code. It shows whether a row "
                                     "was copied without a mistake.");
    }
}

void addSingleSteps(Sheet &sheet, const ServiceSheetSubject &subject)
{
    const QString use = ServiceParts::addressOf(subject.useAddress);
    const QString make = ServiceParts::addressOf(subject.newCodesAddress);
    QString enter = serviceHints(subject.serviceId).howToEnter;
    if (enter.isEmpty())
        enter = Text::tr("Enter the name of the account and this code.");
    sheet.steps = {
        {use.isEmpty() ? Text::tr("Go to where the service asks for the recovery code.")
                       : Text::tr("Open the page for recovery:"),
         use},
        {enter, {}},
    };
    if (!subject.reusable) {
        sheet.steps.append({make.isEmpty()
                                ? Text::tr("You are in. Get a new code, and print it.")
                                : Text::tr("You are in. Get a new code here, and print it:"),
                            make});
        sheet.rule = Text::tr("Once used, this code is void. Shred this sheet.");
    } else {
        if (!make.isEmpty())
            sheet.steps.append({Text::tr("A new one can be made here:"), make});
        sheet.rule = Text::tr("Once a new one is made, this one is void. Shred this sheet.");
    }
    sheet.problems = {
        Text::tr("Is there a newer sheet? Then only the code on that one works."),
        Text::tr("Is it the right account? Compare its name."),
    };
}

} // namespace

Result<Sheet> makeSingleCodeSheet(const SheetCode &code, const ServiceSheetSubject &subject,
                                  const SheetOptions &options)
{
    Q_ASSERT(!code.display.isEmpty());
    if (code.display.size() > ServiceParts::longestCode
        || code.normalized.size() > ServiceParts::longestCode)
        return fail(ErrorKind::CodeTooLong);
    auto sheet = ServiceParts::begin(SheetKind::ServiceCode, Text::tr("Recovery sheet: %1"),
                                     subject, options);
    if (!sheet)
        return sheet;
    if (subject.obtained.isValid())
        sheet->facts.append({Text::tr("Obtained"), subject.obtained.toString(Qt::ISODate)});
    sheet->secret = visibleText(code.display.view());
    ServiceParts::addLines(*sheet, Text::tr("A new line is not part of the code."));
    ServiceParts::addCaseNote(*sheet);
    addSingleWords(*sheet, subject);
    addSingleSteps(*sheet, subject);
    ServiceParts::addForm(*sheet,
                          subject.reusable
                              ? QList<SheetBox>{{Text::tr("Checked"), 3}}
                              : QList<SheetBox>{{Text::tr("Used"), 1}, {Text::tr("Checked"), 2}});
    if (options.qrCodes) {
        sheet->qrContent = code.normalized.clone();
        sheet->pageQrContent = ServiceParts::addressOf(subject.useAddress);
    }
    return sheet;
}

} // namespace Sparekey
