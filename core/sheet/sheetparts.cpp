// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/sheetparts.h"

#include "core/recovery/checkcharacters.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey::SheetParts {

namespace {

constexpr qsizetype wholeLineLength = 32;
constexpr int mostCopies = 9;

bool startsCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

qsizetype countCharacters(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(), startsCharacter);
}

void addLine(Sheet &sheet, qsizetype offset, qsizetype size, qsizetype groupSize)
{
    const qsizetype index = sheet.lines.size();
    SheetLine line;
    line.label = QChar(static_cast<char16_t>(u'a' + index));
    for (qsizetype at = 0; at < size; at += groupSize) {
        const bool alone = groupSize >= size;
        const QString number = QString::number(at / groupSize + 1);
        line.groups.append({alone ? QString() : QString(line.label + number), offset + at,
                            std::min(groupSize, size - at)});
    }
    line.check = checkCharactersOfLine(static_cast<char>('a' + index),
                                       sheet.secret.view().sliced(offset, size))
                     .value_or(QString());
    sheet.lines.append(line);
}

void addGroupedLines(Sheet &sheet)
{
    constexpr qsizetype lineSize = groupsInLine * groupSize;
    const qsizetype size = sheet.secret.size();
    for (qsizetype at = 0; at < size; at += lineSize)
        addLine(sheet, at, std::min(lineSize, size - at), groupSize);
}

// Nobody knows where the groups of such a secret are, so a line breaks only where it is full.
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

} // namespace

QString isoDate(const QDateTime &when)
{
    return when.toLocalTime().date().toString(Qt::ISODate);
}

Result<Sheet> begin(SheetKind kind, SecureBuffer secret, bool grouped, const SheetSubject &subject,
                    const SheetOptions &options)
{
    if (countCharacters(secret.view()) > Sheet::longestSecret)
        return fail(ErrorKind::CodeTooLong);
    const Result<QString> id = subject.sheetId.isEmpty() ? makeSheetId() : subject.sheetId;
    if (!id)
        return fail(id.error());

    Sheet sheet;
    sheet.kind = kind;
    sheet.options = options;
    sheet.options.copies = std::clamp(options.copies, 0, mostCopies);
    sheet.sheetId = *id;
    sheet.secret = std::move(secret);
    sheet.grouped = grouped;
    if (grouped)
        addGroupedLines(sheet);
    else
        addWholeLines(sheet);
    return sheet;
}

void addHead(Sheet &sheet, const SheetSubject &subject)
{
    sheet.serviceName = subject.serviceName.simplified();
    sheet.sheetIdLine = Text::tr("Sheet %1").arg(sheet.sheetId);
    sheet.madeLine = Text::tr("Made %1").arg(isoDate(subject.made));
    if (sheet.options.copies == 0)
        sheet.copyLines.append(QString());
    for (int copy = 1; copy <= sheet.options.copies; ++copy) {
        sheet.copyLines.append(
            Text::tr("Page 1 of 1 · copy %1 of %2").arg(copy).arg(sheet.options.copies));
    }
    sheet.checkLabel = Text::tr("check");
    sheet.foldLabel = Text::tr("fold here");
}

SheetFact serverFact(const SheetSubject &subject)
{
    return {Text::tr("Server"), subject.serverAddress.simplified()};
}

SheetFact accountFact(const SheetSubject &subject, const SheetOptions &options)
{
    return {Text::tr("Account"), options.email ? subject.accountEmail.simplified() : QString()};
}

bool hasCheckCharacters(const Sheet &sheet)
{
    return std::any_of(sheet.lines.cbegin(), sheet.lines.cend(),
                       [](const SheetLine &line) { return !line.check.isEmpty(); });
}

} // namespace Sparekey::SheetParts
