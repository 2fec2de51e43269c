// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/serviceparts.h"

#include "core/recovery/enteredcode.h"
#include "core/sheet/codelines.h"
#include "core/sheet/servicehints.h"
#include "core/sheet/sheetparts.h"
#include "core/text/foreigntext.h"

using namespace Qt::StringLiterals;

namespace Sparekey::ServiceParts {

using SheetParts::Text;

namespace {

constexpr qsizetype longestName = 1000;
constexpr qsizetype longestAddress = 500;
// The lines of a single code, by the size of its letters.
constexpr qsizetype columnsOfLarge = 20;
constexpr qsizetype columnsOfDense = 28;
constexpr qsizetype columnsOfSmall = 32;
constexpr qsizetype mostLargeLines = 2;
constexpr qsizetype mostDenseLines = 6;

} // namespace

QString nameOf(const QString &text)
{
    return ForeignText(text, longestName);
}

QString addressOf(const QString &text)
{
    return text.size() > longestAddress ? QString() : ForeignText(text, longestAddress).text();
}

Result<Sheet> begin(SheetKind kind, const QString &title, const ServiceSheetSubject &subject,
                    const SheetOptions &options)
{
    auto sheet = SheetParts::begin(kind, subject.sheetId, subject.made, options);
    if (!sheet)
        return sheet;
    sheet->title = title.arg(nameOf(subject.service));
    sheet->pageLine = Text::tr("Page %1 of %2");
    if (!subject.serviceAscii.isEmpty())
        sheet->facts.append({Text::tr("Service"), subject.serviceAscii});
    sheet->facts.append({Text::tr("Account"), {}});
    if (options.email) {
        sheet->facts.last().value = nameOf(subject.account);
        sheet->facts.last().ascii = subject.accountAscii;
    }
    sheet->notes = serviceHints(subject.serviceId).notes;
    sheet->stepsHeading = Text::tr("How to use it");
    sheet->problemsHeading = Text::tr("Not working?");
    return sheet;
}

void addForm(Sheet &sheet, const QList<SheetBox> &boxes)
{
    sheet.blanks = {
        {Text::tr("Password is kept at (don’t write it here)"), true},
        {Text::tr("Other copy at")},
        {Text::tr("Ask first")},
        {Text::tr("Phone")},
    };
    sheet.boxes = boxes;
}

void addLines(Sheet &sheet, const QString &breakLegend)
{
    const QByteArrayView text = sheet.secret.view();
    const qsizetype widest = CodeLines::widestGroup(text);
    auto lines = CodeLines::splitEvenly(text, columnsOfLarge);
    sheet.grouped = widest <= columnsOfLarge && lines.size() <= mostLargeLines;
    if (!sheet.grouped) {
        lines = CodeLines::splitEvenly(text, columnsOfDense);
        sheet.grouped = widest <= columnsOfDense && lines.size() <= mostDenseLines;
        sheet.dense = sheet.grouped;
    }
    if (!sheet.grouped)
        lines = CodeLines::splitEvenly(text, columnsOfSmall);
    for (const QList<SheetGroup> &groups : std::as_const(lines)) {
        SecureBuffer line;
        for (const SheetGroup &group : groups)
            line.append(text.sliced(group.offset, group.size));
        const SecureBuffer checked = withoutGaps(line.view());
        sheet.lines.append(SheetParts::line(sheet.lines.size(), groups, checked.view()));
    }
    sheet.glyphs = CodeLines::lookAlikes(text);
    if (widest > columnsOfSmall)
        sheet.breakLegend = breakLegend;
}

void addCaseNote(Sheet &sheet)
{
    if (CodeLines::hasMixedCase(sheet.secret.view()))
        sheet.formNote = Text::tr("Enter small and capital letters as they are printed.");
}

} // namespace Sparekey::ServiceParts
