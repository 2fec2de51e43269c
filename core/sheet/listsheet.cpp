// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/checkcharacters.h"
#include "core/recovery/enteredcode.h"
#include "core/recovery/visibletext.h"
#include "core/sheet/codelines.h"
#include "core/sheet/servicehints.h"
#include "core/sheet/serviceparts.h"
#include "core/sheet/sheetparts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using SheetParts::Text;

constexpr std::size_t mostCodes = 1000;
constexpr qsizetype longestLine = 40; // in columns

QString markOf(const SheetCode &code)
{
    switch (code.state) {
    case SheetCodeState::Unused: return {};
    case SheetCodeState::Unsure: return Text::tr("maybe used");
    case SheetCodeState::Used: break;
    }
    return code.usedOn.isValid() ? Text::tr("used %1").arg(code.usedOn.toString(Qt::ISODate))
                                 : Text::tr("used");
}

// The check is over number and code, so that a code that was entered for another number is found.
QString checkOf(int number, const SheetCode &code)
{
    SecureBuffer checked = SecureBuffer::copyOf(QByteArray::number(number));
    checked.append(withoutGaps(code.normalized.view()).view());
    return checkCharacters(checked.view()).value_or(QString());
}

void addRows(Sheet &sheet, const std::vector<SheetCode> &codes)
{
    bool broken = false;
    for (const SheetCode &code : codes) {
        const SecureBuffer text = visibleText(code.display.view());
        SheetRow row{.number = static_cast<int>(sheet.rows.size()) + 1, .state = code.state};
        row.check = checkOf(row.number, code);
        row.mark = markOf(code);
        const auto lines = CodeLines::split(text.view(), longestLine, sheet.secret.size());
        for (const QList<SheetGroup> &groups : lines) {
            const SheetGroup &last = groups.last();
            row.lines.append(
                {groups.first().offset, last.offset + last.size - groups.first().offset});
        }
        broken = broken || CodeLines::widestGroup(text.view()) > longestLine;
        sheet.secret.append(text.view());
        sheet.rows.append(row);
    }
    sheet.glyphs = CodeLines::lookAlikes(sheet.secret.view());
    if (broken)
        sheet.breakLegend = Text::tr("A new line is not part of the code.");
}

void addListLegends(Sheet &sheet, bool reusable)
{
    sheet.secretHeading = reusable ? Text::tr("Codes (each can be used again)")
                                   : Text::tr("Codes (each works once)");
    sheet.codeLabel = Text::tr("code");
    sheet.usedOnLabel = Text::tr("used on");
    const bool hasCheck = std::any_of(sheet.rows.cbegin(), sheet.rows.cend(),
                                      [](const SheetRow &row) { return !row.check.isEmpty(); });
    if (hasCheck) {
        sheet.checkLegend = Text::tr("The check is not part of the code. It shows whether a code "
                                     "was copied without a mistake.");
    }
}

void addListQr(Sheet &sheet, const std::vector<SheetCode> &codes)
{
    for (const SheetCode &code : codes) {
        if (code.state == SheetCodeState::Used)
            continue;
        if (!sheet.qrContent.isEmpty())
            sheet.qrContent.append("\n");
        sheet.qrContent.append(code.normalized.view());
    }
    sheet.qrCaption = Text::tr("Unused codes, one a line");
    if (sheet.qrContent.isEmpty()) {
        sheet.qrNote = Text::tr("No QR code: all codes were used.");
    } else if (sheet.qrContent.size() > SheetParts::longestQrContent) {
        sheet.qrContent.clear();
        sheet.qrNote = Text::tr("No QR code: there are too many codes for one that a camera can "
                                "read.");
    }
}

qsizetype unusedOf(const std::vector<SheetCode> &codes)
{
    return std::count_if(codes.begin(), codes.end(),
                         [](const SheetCode &code) { return code.state != SheetCodeState::Used; });
}

void addSetFact(Sheet &sheet, qsizetype unused, qsizetype all, QDate obtained)
{
    const QString value = obtained.isValid() ? Text::tr("%1 of %2 unused, obtained %3")
                                                   .arg(unused)
                                                   .arg(all)
                                                   .arg(obtained.toString(Qt::ISODate))
                                             : Text::tr("%1 of %2 unused").arg(unused).arg(all);
    sheet.facts.append({Text::tr("Codes"), value});
}

void addListRule(Sheet &sheet, const ServiceSheetSubject &subject, qsizetype unused)
{
    const bool isLow = unused <= subject.lowAt;
    if (subject.newSetVoidsOld) {
        sheet.rule = isLow
            ? Text::tr("Few codes are left. Make a new set: all codes here stop working.")
            : Text::tr("At %1 left, make a new set: all codes here stop working.")
                  .arg(subject.lowAt);
    } else {
        sheet.rule = isLow ? Text::tr("Few codes are left. Make new codes.")
                           : Text::tr("At %1 left, make new codes.").arg(subject.lowAt);
    }
}

void addListSteps(Sheet &sheet, const ServiceSheetSubject &subject)
{
    const QString use = ServiceParts::addressOf(subject.useAddress);
    const QString make = ServiceParts::addressOf(subject.newCodesAddress);
    QString enter = serviceHints(subject.serviceId).howToEnter;
    if (enter.isEmpty()) {
        enter = Text::tr("When it asks for the second step, choose to use a recovery or backup "
                         "code, and enter one of these.");
    }
    sheet.steps = {
        {use.isEmpty() ? Text::tr("Sign in to the account with its password.")
                       : Text::tr("Sign in with the password of the account:"),
         use},
        {enter, {}},
    };
    if (!subject.reusable)
        sheet.steps.append({Text::tr("Cross the code out here, and write down the date."), {}});
    sheet.steps.append({make.isEmpty() ? Text::tr("Make new codes in the security settings of the "
                                                  "account, and print them.")
                                       : Text::tr("Make new codes here, and print them:"),
                        make});
    sheet.problems = {
        Text::tr("Is there a newer sheet? Then only the codes on that one work."),
        Text::tr("Is it the right account? Compare its name."),
    };
}

} // namespace

Result<Sheet> makeListSheet(const std::vector<SheetCode> &codes, const ServiceSheetSubject &subject,
                            const SheetOptions &options)
{
    Q_ASSERT(!codes.empty());
    const bool tooLong = std::any_of(codes.begin(), codes.end(), [](const SheetCode &code) {
        return code.display.size() > ServiceParts::longestCode
            || code.normalized.size() > ServiceParts::longestCode;
    });
    if (codes.size() > mostCodes || tooLong)
        return fail(ErrorKind::CodeTooLong);
    auto sheet = ServiceParts::begin(SheetKind::CodeList, Text::tr("Recovery sheet: %1"), subject,
                                     options);
    if (!sheet)
        return sheet;
    const qsizetype unused = unusedOf(codes);
    addSetFact(*sheet, unused, static_cast<qsizetype>(codes.size()), subject.obtained);
    sheet->purpose = Text::tr("Use this if the phone or security key is lost. You also need the "
                              "password of the account.");
    addRows(*sheet, codes);
    ServiceParts::addCaseNote(*sheet);
    addListLegends(*sheet, subject.reusable);
    addListSteps(*sheet, subject);
    addListRule(*sheet, subject, unused);
    ServiceParts::addForm(*sheet, {{Text::tr("New set made"), 1}, {Text::tr("Checked"), 2}});
    if (options.qrCodes)
        addListQr(*sheet, codes);
    return sheet;
}

} // namespace Sparekey
