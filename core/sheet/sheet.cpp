// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/sheet.h"

#include "core/crypto/cryptolibraries.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Writes all texts except the secret, which is appended to the buffer directly, never through a
// QString.
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

// "[x]  3   1234 5678   (check 3F, used 2026-05-04)"
void writeRow(SecureBuffer &out, const Sheet &sheet, const SheetRow &row)
{
    const QString box = row.state == SheetCodeState::Used ? u"[x] "_s : u"[ ] "_s;
    out.append(QString(box + QString::number(row.number).rightJustified(3) + u"   "_s).toUtf8());
    // In one piece, so that it can be copied from a file.
    const SheetGroup &last = row.lines.last();
    const qsizetype begin = row.lines.first().offset;
    out.append(sheet.secret.view().sliced(begin, last.offset + last.size - begin));
    QStringList remarks;
    if (!row.check.isEmpty())
        remarks.append(sheet.checkLabel + u' ' + row.check);
    if (!row.mark.isEmpty())
        remarks.append(row.mark);
    if (!remarks.isEmpty())
        out.append(QString(u"   ("_s + remarks.join(u", "_s) + u')').toUtf8());
    out.append("\n");
}

void writeSecret(SecureBuffer &out, const Sheet &sheet)
{
    for (const SheetRow &row : sheet.rows)
        writeRow(out, sheet, row);
    if (!sheet.grouped && sheet.rows.isEmpty()) {
        // On one line, so that it can be copied from a file as a whole.
        out.append(sheet.secret.view());
        out.append("\n");
        return;
    }
    for (const SheetLine &line : sheet.lines) {
        out.append(QString(line.caption + u"   "_s).toUtf8());
        bool first = true;
        for (const SheetGroup &group : line.groups) {
            if (!first)
                out.append(" ");
            out.append(sheet.secret.view().sliced(group.offset, group.size));
            first = false;
        }
        if (!line.check.isEmpty())
            out.append(QString(u"   ("_s + sheet.checkLabel + u' ' + line.check + u')').toUtf8());
        out.append("\n");
    }
}

void writeFacts(TextWriter &writer, const Sheet &sheet)
{
    qsizetype labelWidth = 0;
    for (const SheetFact &fact : sheet.facts)
        labelWidth = std::max(labelWidth, fact.label.size() + 2);
    for (const SheetFact &fact : sheet.facts) {
        const QString value = fact.value.isEmpty() ? QString(30, u'_') : fact.value;
        writer.line(fact.label.leftJustified(labelWidth) + value);
        if (!fact.ascii.isEmpty())
            writer.line(QString(labelWidth, u' ') + fact.ascii);
    }
}

void writeLegends(TextWriter &writer, const Sheet &sheet)
{
    QStringList glyphs;
    for (const SheetFact &glyph : sheet.glyphs)
        glyphs.append(glyph.label + u' ' + glyph.value);
    if (!glyphs.isEmpty())
        writer.paragraph(glyphs.join(u" · "_s));
    if (!sheet.formNote.isEmpty())
        writer.paragraph(sheet.formNote);
    if (sheet.grouped && !sheet.checkLegend.isEmpty())
        writer.paragraph(sheet.checkLegend);
}

QString escaped(const QString &text)
{
    QString ascii;
    const QList<uint> characters = text.toUcs4();
    for (const uint character : characters) {
        if (character >= 0x20 && character < 0x7f)
            ascii += QChar(static_cast<char16_t>(character));
        else
            ascii += u"\\u{"_s + QString::number(character, 16).toUpper() + u'}';
    }
    return ascii;
}

} // namespace

bool isSetupSheet(SheetKind kind)
{
    return kind == SheetKind::AccountSetupKey || kind == SheetKind::ServiceSetupKey;
}

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

SecureBuffer toPlainText(const Sheet &sheet)
{
    SecureBuffer out;
    TextWriter writer(out);
    writer.line(sheet.title.toUpper());
    writer.line(sheet.sheetIdLine);
    writer.line(sheet.madeLine);
    writer.line();
    writeFacts(writer, sheet);
    writer.line();
    writer.paragraph(sheet.purpose);
    for (const QString &note : sheet.notes)
        writer.paragraph(note);

    writer.heading(sheet.secretHeading);
    writeSecret(out, sheet);
    writer.line();
    writeLegends(writer, sheet);
    if (!sheet.qrTextHeading.isEmpty() && !sheet.qrContent.isEmpty()) {
        writer.heading(sheet.qrTextHeading);
        out.append(sheet.qrContent.view());
        writer.line();
    }

    writer.heading(sheet.stepsHeading);
    int number = 1;
    for (const SheetStep &step : sheet.steps) {
        writer.paragraph(step.text, QString::number(number++) + u". "_s, u"   "_s);
        if (!step.address.isEmpty())
            writer.line(u"   "_s + step.address);
    }
    writer.line();
    writer.paragraph(sheet.rule);
    writer.heading(sheet.problemsHeading);
    for (const QString &problem : sheet.problems)
        writer.paragraph(problem, u"- "_s, u"  "_s);
    writer.line();
    writer.paragraph(sheet.footer);
    return out;
}

QString asciiEmail(const QString &email)
{
    const qsizetype at = email.lastIndexOf(u'@');
    if (at < 0)
        return escaped(email);
    const QString domain = email.sliced(at + 1);
    const QByteArray punycode = QUrl::toAce(domain);
    return escaped(email.first(at)) + u'@'
        + (punycode.isEmpty() ? escaped(domain) : QString::fromLatin1(punycode));
}

QString suggestedFileName(const Sheet &sheet, const QString &suffix)
{
    return (isSetupSheet(sheet.kind) ? u"setup"_s : u"recovery"_s) + u"-sheet-"_s + sheet.sheetId
        + u'.' + suffix;
}

} // namespace Sparekey
