// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/sheet.h"

#include "core/crypto/cryptolibraries.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

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

void writeSecret(SecureBuffer &out, const Sheet &sheet)
{
    for (const SheetLine &line : sheet.lines) {
        // A secret without groups that is in pieces could not be copied from a file as a whole.
        if (sheet.grouped)
            out.append(QString(line.label + u"   "_s).toUtf8());
        bool first = true;
        for (const SheetGroup &group : line.groups) {
            if (!first)
                out.append(" ");
            out.append(sheet.secret.view().sliced(group.offset, group.size));
            first = false;
        }
        if (!sheet.grouped)
            continue;
        out.append(QString(u"   ("_s + sheet.checkLabel + u' ' + line.check + u")\n"_s).toUtf8());
    }
    if (!sheet.grouped)
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

SecureBuffer toPlainText(const Sheet &sheet)
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

    writer.heading(sheet.secretHeading);
    writeSecret(out, sheet);
    writer.line();
    if (!sheet.formNote.isEmpty())
        writer.paragraph(sheet.formNote);
    if (sheet.grouped)
        writer.paragraph(sheet.checkLegend);
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
    writer.paragraph(sheet.note);
    writer.line();
    writer.paragraph(sheet.footer);
    return out;
}

QString suggestedFileName(const Sheet &sheet, const QString &suffix)
{
    const QString kind = sheet.kind == SheetKind::RecoveryCode ? u"recovery"_s : u"set-up"_s;
    return kind + u"-sheet-"_s + sheet.sheetId + u'.' + suffix;
}

} // namespace Sparekey
