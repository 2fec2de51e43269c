// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/sheetparts.h"

#include "core/recovery/checkcharacters.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey::SheetParts {

namespace {

constexpr qsizetype wholeLineLength = 24;
constexpr int mostCopies = 9;

bool startsCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

qsizetype countCharacters(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(), startsCharacter);
}

void addLine(Sheet &sheet, qsizetype offset, qsizetype size, qsizetype lineGroupSize)
{
    QList<SheetGroup> groups;
    for (qsizetype at = 0; at < size; at += lineGroupSize)
        groups.append({offset + at, std::min(lineGroupSize, size - at)});
    sheet.lines.append(line(sheet.lines.size(), groups, sheet.secret.view().sliced(offset, size)));
}

void addGroupedLines(Sheet &sheet)
{
    constexpr qsizetype lineSize = groupsInLine * groupSize;
    const qsizetype size = sheet.secret.size();
    for (qsizetype at = 0; at < size; at += lineSize)
        addLine(sheet, at, std::min(lineSize, size - at), groupSize);
}

// Such a secret has no known groups, so a line breaks only when it is full.
void addWholeLines(Sheet &sheet)
{
    const QByteArrayView text = sheet.secret.view();
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = begin;
        qsizetype characters = 0;
        while (end < text.size()) {
            if (startsCharacter(text[end]) && characters++ == wholeLineLength)
                break;
            ++end;
        }
        addLine(sheet, begin, end - begin, end - begin);
        begin = end;
    }
}

void addAccount(Sheet &sheet, const SheetSubject &subject)
{
    sheet.facts = {{Text::tr("Account"), {}},
                   {Text::tr("Server"), subject.serverAddress.simplified()}};
    if (sheet.options.email) {
        sheet.facts[0].value = subject.accountEmail.simplified();
        sheet.facts[0].ascii = subject.accountAscii;
    }
}

} // namespace

Result<Sheet> begin(SheetKind kind, const QString &sheetId, const QDateTime &made,
                    const SheetOptions &options)
{
    const Result<QString> id = sheetId.isEmpty() ? makeSheetId() : sheetId;
    if (!id)
        return fail(id.error());
    Sheet sheet;
    sheet.kind = kind;
    sheet.options = options;
    const int copies = std::clamp(options.copies, 0, mostCopies);
    sheet.options.copies = copies;
    sheet.sheetId = *id;
    sheet.sheetIdLine = Text::tr("Sheet %1").arg(sheet.sheetId);
    const QString date = made.toLocalTime().date().toString(Qt::ISODate);
    sheet.madeLine = copies == 0 ? Text::tr("Saved %1").arg(date)
                                 : Text::tr("Printed %1").arg(date);
    if (copies == 0)
        sheet.copyLines.append(QString());
    for (int copy = 1; copy <= copies; ++copy)
        sheet.copyLines.append(Text::tr("Copy %1 of %2").arg(copy).arg(copies));
    sheet.checkLabel = Text::tr("check");
    sheet.foldLabel = Text::tr("Fold here, code inside");
    sheet.footer = Text::tr("Sparekey %1 · sheet format %2")
                       .arg(QLatin1StringView(SPAREKEY_VERSION))
                       .arg(Sheet::formatNumber);
    return sheet;
}

Result<Sheet> beginForAccount(SheetKind kind, SecureBuffer secret, bool grouped,
                              const SheetSubject &subject, const SheetOptions &options)
{
    if (countCharacters(secret.view()) > Sheet::longestSecret)
        return fail(ErrorKind::CodeTooLong);
    auto sheet = begin(kind, subject.sheetId, subject.made, options);
    if (!sheet)
        return sheet;
    sheet->secret = std::move(secret);
    sheet->grouped = grouped;
    if (grouped)
        addGroupedLines(*sheet);
    else
        addWholeLines(*sheet);
    addAccount(*sheet, subject);
    return sheet;
}

SheetLine line(qsizetype index, const QList<SheetGroup> &groups, QByteArrayView checked)
{
    return {.caption = Text::tr("row %1").arg(index + 1),
            .groups = groups,
            .check =
                checkCharactersOfLine(static_cast<char>('a' + index), checked).value_or(QString())};
}

bool hasCheckCharacters(const Sheet &sheet)
{
    return std::any_of(sheet.lines.cbegin(), sheet.lines.cend(),
                       [](const SheetLine &line) { return !line.check.isEmpty(); });
}

} // namespace Sparekey::SheetParts
