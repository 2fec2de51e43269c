// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/recoverysheet.h"

#include "core/crypto/cryptolibraries.h"
#include "core/recovery/checkcharacters.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RecoverySheet)
};

constexpr qsizetype groupsInLine = 4;
constexpr qsizetype unusualLineLength = 32;
constexpr int mostCopies = 9;

QString isoDate(const QDateTime &when)
{
    return when.toLocalTime().date().toString(Qt::ISODate);
}

bool startsCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

qsizetype countCharacters(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(), startsCharacter);
}

void addLine(RecoverySheet &sheet, qsizetype offset, qsizetype size, qsizetype groupSize)
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
                                       sheet.codeText.view().sliced(offset, size))
                     .value_or(QString());
    sheet.lines.append(line);
}

void addUsualLines(RecoverySheet &sheet)
{
    constexpr qsizetype lineSize = groupsInLine * RecoveryCode::groupSize;
    for (qsizetype at = 0; at < RecoveryCode::usualSize; at += lineSize)
        addLine(sheet, at, lineSize, RecoveryCode::groupSize);
}

// Nobody knows where the groups of an unusual code are, so a line breaks only where it is full.
void addUnusualLines(RecoverySheet &sheet)
{
    const QByteArrayView text = sheet.codeText.view();
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = begin;
        qsizetype characters = 0;
        while (end < text.size()) {
            if (startsCharacter(text[end]) && characters++ == unusualLineLength)
                break;
            ++end;
        }
        addLine(sheet, begin, end - begin, end - begin);
        begin = end;
    }
}

void addHead(RecoverySheet &sheet, const SheetSubject &subject)
{
    sheet.title = Text::tr("Recovery sheet");
    sheet.serviceName = subject.serviceName.simplified();
    sheet.sheetIdLine = Text::tr("Sheet %1").arg(sheet.sheetId);
    sheet.obtainedLine = Text::tr("Code obtained %1").arg(isoDate(subject.obtained));
    sheet.printedLine = Text::tr("Printed %1").arg(isoDate(subject.printed));
    for (int copy = 1; copy <= sheet.options.copies; ++copy) {
        sheet.copyLines.append(
            Text::tr("Page 1 of 1 · copy %1 of %2").arg(copy).arg(sheet.options.copies));
    }
    const QString email = sheet.options.email ? subject.accountEmail.simplified() : QString();
    sheet.facts = {
        {Text::tr("Server"), subject.serverAddress.simplified()},
        {Text::tr("Account"), email},
        {Text::tr("Kind"), Text::tr("Recovery code for two-step login, works once")},
    };
}

void addCodeWords(RecoverySheet &sheet)
{
    sheet.codeHeading = Text::tr("Recovery code");
    sheet.checkLabel = Text::tr("check");
    if (sheet.usualCode) {
        sheet.glyphs = {
            {u"0"_s, Text::tr("zero")},     {u"O"_s, Text::tr("letter O")},
            {u"1"_s, Text::tr("one")},      {u"I"_s, Text::tr("letter I")},
            {u"L"_s, Text::tr("letter L")},
        };
    } else {
        sheet.unusualNote = Text::tr("This code has an unusual form and stands here exactly as "
                                     "the server sent it.");
        if (sheet.lines.size() > 1)
            sheet.breakLegend = Text::tr("A new line is not part of the code.");
    }
    const bool anyCheck = std::any_of(sheet.lines.cbegin(), sheet.lines.cend(),
                                      [](const SheetLine &line) { return !line.check.isEmpty(); });
    if (anyCheck) {
        sheet.checkLegend = Text::tr(
            "The check characters tell whether a line was copied without a "
            "mistake. They are not part of the code.");
    }
    sheet.qrCaption = Text::tr("The code");
    sheet.qrDetail = Text::tr("without a web address");
    sheet.pageQrCaption = Text::tr("Recovery page");
}

void addSteps(RecoverySheet &sheet, const SheetSubject &subject)
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
    sheet.voidRule = Text::tr("Once the code has been used, this sheet is void: tear it up.");
    sheet.note = Text::tr("The code does not replace the master password, and it does not lift a "
                          "Duo step that an organization demands.");
}

void addForm(RecoverySheet &sheet)
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
    sheet.foldLabel = Text::tr("fold here");
    sheet.footer = Text::tr("Sparekey %1 · sheet format %2 · for help, search for “Sparekey "
                            "recovery sheet format %2”")
                       .arg(QLatin1StringView(SPAREKEY_VERSION))
                       .arg(RecoverySheet::formatNumber);
}

// Writes words; the code goes beside it straight into the buffer, never through a QString.
class TextWriter
{
public:
    explicit TextWriter(SecureBuffer &out)
        : m_out(out)
    {
    }

    void line(const QString &text = {})
    {
        m_out.append(text.toUtf8());
        m_out.append("\n");
    }

    void heading(const QString &text)
    {
        line();
        line(text);
        line(QString(text.size(), u'-'));
    }

    /// Breaks at spaces so that an old terminal or a narrow editor shows the whole.
    void paragraph(const QString &text, const QString &first = {}, const QString &next = {})
    {
        QString current = first;
        bool empty = true;
        const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
        for (const QString &word : words) {
            if (!empty && current.size() + 1 + word.size() > columns) {
                line(current);
                current = next;
                empty = true;
            }
            if (!empty)
                current += u' ';
            current += word;
            empty = false;
        }
        line(current);
    }

private:
    static constexpr qsizetype columns = 78;
    SecureBuffer &m_out;
};

void writeCode(SecureBuffer &out, const RecoverySheet &sheet)
{
    for (const SheetLine &line : sheet.lines) {
        // An unusual code in pieces could not be copied from a file as a whole.
        if (sheet.usualCode)
            out.append(QString(line.label + u"   "_s).toUtf8());
        bool first = true;
        for (const SheetGroup &group : line.groups) {
            if (!first)
                out.append(" ");
            out.append(sheet.codeText.view().sliced(group.offset, group.size));
            first = false;
        }
        if (!sheet.usualCode)
            continue;
        out.append(QString(u"   ("_s + sheet.checkLabel + u' ' + line.check + u")\n"_s).toUtf8());
    }
    if (!sheet.usualCode)
        out.append("\n");
}

} // namespace

Result<QString> makeSheetId()
{
    // Without 0 O, 1 I L, 2 Z, 5 S, 8 B.
    static constexpr QLatin1StringView alphabet("34679ACDEFGHJKMNPQRTUVWXY");
    const qsizetype fair = 256 - 256 % alphabet.size();
    QString id;
    while (id.size() < 7) {
        if (id.size() == 4)
            id += u'-';
        unsigned char byte = 0;
        if (RAND_bytes(&byte, 1) != 1)
            return fail(ErrorKind::Cryptography);
        if (byte < fair)
            id += alphabet.at(byte % alphabet.size());
    }
    return id;
}

Result<RecoverySheet> makeRecoverySheet(const RecoveryCode &code, const SheetSubject &subject,
                                        const SheetOptions &options)
{
    Q_ASSERT(!code.isEmpty());
    RecoverySheet sheet;
    sheet.options = options;
    sheet.options.copies = std::clamp(options.copies, 1, mostCopies);
    sheet.usualCode = code.isUsual();
    sheet.codeText = sheet.usualCode ? SecureBuffer::copyOf(code.text()) : code.displayText();
    if (countCharacters(sheet.codeText.view()) > RecoverySheet::longestCode)
        return fail(ErrorKind::CodeTooLong);
    Result<QString> id = subject.sheetId.isEmpty() ? makeSheetId() : subject.sheetId;
    if (!id)
        return fail(id.error());
    sheet.sheetId = *id;

    if (sheet.usualCode)
        addUsualLines(sheet);
    else
        addUnusualLines(sheet);
    addHead(sheet, subject);
    addCodeWords(sheet);
    addSteps(sheet, subject);
    addForm(sheet);
    if (options.qrCodes) {
        sheet.qrContent = SecureBuffer::copyOf(code.text());
        sheet.pageQrContent = subject.recoveryAddress.simplified();
    }
    return sheet;
}

SecureBuffer toPlainText(const RecoverySheet &sheet)
{
    SecureBuffer out;
    TextWriter writer(out);
    writer.line(sheet.title.toUpper());
    if (!sheet.serviceName.isEmpty())
        writer.line(sheet.serviceName);
    writer.line(sheet.sheetIdLine);
    writer.line(sheet.obtainedLine);
    writer.line();

    qsizetype labelWidth = 0;
    for (const SheetFact &fact : sheet.facts)
        labelWidth = std::max(labelWidth, fact.label.size());
    for (const SheetFact &fact : sheet.facts) {
        const QString value = fact.value.isEmpty() ? QString(30, u'_') : fact.value;
        writer.line(fact.label.leftJustified(labelWidth + 2) + value);
    }

    writer.heading(sheet.codeHeading);
    writeCode(out, sheet);
    writer.line();
    writer.paragraph(sheet.usualCode ? sheet.checkLegend : sheet.unusualNote);

    writer.heading(sheet.stepsHeading);
    int number = 1;
    for (const SheetStep &step : sheet.steps) {
        writer.paragraph(step.text, QString::number(number++) + u". "_s, u"   "_s);
        if (!step.address.isEmpty())
            writer.line(u"   "_s + step.address);
    }
    writer.line();
    writer.paragraph(sheet.voidRule);
    writer.paragraph(sheet.note);
    writer.line();
    writer.paragraph(sheet.footer);
    return out;
}

QString suggestedFileName(const RecoverySheet &sheet, const QString &suffix)
{
    return u"recovery-sheet-"_s + sheet.sheetId + u'.' + suffix;
}

} // namespace Sparekey
