// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/codelines.h"

#include "core/sheet/sheetparts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey::CodeLines {

namespace {

// Leading bytes of UTF-8 (RFC 3629): from U+1000 on, letters can be twice as wide as Latin ones.
qsizetype columnsOf(char byte)
{
    const auto lead = static_cast<unsigned char>(byte);
    if ((lead & 0xc0) == 0x80)
        return 0;
    return lead >= 0xe1 ? 2 : 1;
}

qsizetype columnsOf(QByteArrayView utf8)
{
    qsizetype columns = 0;
    for (const char byte : utf8)
        columns += columnsOf(byte);
    return columns;
}

// The bytes of the first group, with its hyphen, without the space behind it.
qsizetype firstGroup(QByteArrayView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == ' ')
            return i;
        if (text[i] == '-' && i > 0)
            return i + 1;
    }
    return text.size();
}

// The bytes of the whole characters that fit.
qsizetype fitting(QByteArrayView text, qsizetype columns)
{
    qsizetype used = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        used += columnsOf(text[i]);
        if (used > columns)
            return i;
    }
    return text.size();
}

class Splitter
{
public:
    explicit Splitter(qsizetype columns)
        : m_columns(columns)
    {
    }

    void add(QByteArrayView group, qsizetype offset, bool afterSpace)
    {
        const qsizetype width = columnsOf(group);
        const qsizetype gap = afterSpace && m_used > 0 ? 1 : 0;
        if (m_lines.isEmpty() || m_used + gap + width > m_columns) {
            m_lines.append(QList<SheetGroup>());
            m_used = 0;
        }
        QList<SheetGroup> &line = m_lines.last();
        if (line.isEmpty() || afterSpace)
            line.append({offset, group.size()});
        else
            line.last().size += group.size();
        m_used += width + (line.size() > 1 ? gap : 0);
    }

    [[nodiscard]] QList<QList<SheetGroup>> lines() const { return m_lines; }

private:
    const qsizetype m_columns;
    QList<QList<SheetGroup>> m_lines;
    qsizetype m_used = 0;
};

// A long line below a short one is easily taken for another code.
bool isLongestFirst(const QList<QList<SheetGroup>> &lines)
{
    const auto sizeOf = [](const QList<SheetGroup> &line) {
        const SheetGroup &last = line.last();
        return last.offset + last.size - line.first().offset;
    };
    return std::all_of(lines.begin(), lines.end(), [&](const QList<SheetGroup> &line) {
        return sizeOf(line) <= sizeOf(lines.first());
    });
}

bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

} // namespace

qsizetype widestGroup(QByteArrayView utf8)
{
    qsizetype widest = 0;
    while (!utf8.isEmpty()) {
        const qsizetype size = firstGroup(utf8);
        widest = std::max(widest, columnsOf(utf8.first(size)));
        utf8 = utf8.sliced(std::max<qsizetype>(size, 1));
    }
    return widest;
}

QList<QList<SheetGroup>> split(QByteArrayView utf8, qsizetype columns, qsizetype offset)
{
    Splitter splitter(columns);
    bool afterSpace = false;
    while (!utf8.isEmpty()) {
        if (utf8.front() == ' ') {
            afterSpace = true;
            utf8 = utf8.sliced(1);
            ++offset;
            continue;
        }
        const qsizetype size = fitting(utf8.first(firstGroup(utf8)), columns);
        splitter.add(utf8.first(size), offset, afterSpace);
        afterSpace = false;
        utf8 = utf8.sliced(size);
        offset += size;
    }
    return splitter.lines();
}

QList<QList<SheetGroup>> splitEvenly(QByteArrayView utf8, qsizetype columns)
{
    auto lines = split(utf8, columns, 0);
    for (qsizetype fewer = columns - 1; fewer >= widestGroup(utf8) && fewer > 0; --fewer) {
        auto shorter = split(utf8, fewer, 0);
        if (shorter.size() > lines.size())
            break;
        if (isLongestFirst(shorter))
            lines = std::move(shorter);
    }
    return lines;
}

QList<SheetFact> lookAlikes(QByteArrayView codes)
{
    using SheetParts::Text;
    const bool hasDigits = std::any_of(codes.begin(), codes.end(),
                                       [](char c) { return c >= '0' && c <= '9'; });
    const bool hasLetters = std::any_of(codes.begin(), codes.end(), isLetter);
    if (!hasDigits || !hasLetters)
        return {};
    const QList<SheetFact> known{
        {u"0"_s, Text::tr("zero")},     {u"O"_s, Text::tr("letter O")},
        {u"o"_s, Text::tr("letter o")}, {u"1"_s, Text::tr("one")},
        {u"I"_s, Text::tr("letter I")}, {u"L"_s, Text::tr("letter L")},
        {u"l"_s, Text::tr("letter l")},
    };
    QList<SheetFact> found;
    for (const SheetFact &glyph : known) {
        if (codes.contains(glyph.label.toLatin1()))
            found.append(glyph);
    }
    return found;
}

bool hasMixedCase(QByteArrayView codes)
{
    const auto isLower = [](char c) {
        return c >= 'a' && c <= 'z';
    };
    const auto isUpper = [](char c) {
        return c >= 'A' && c <= 'Z';
    };
    return std::any_of(codes.begin(), codes.end(), isLower)
        && std::any_of(codes.begin(), codes.end(), isUpper);
}

} // namespace Sparekey::CodeLines
