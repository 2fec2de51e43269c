// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/foreigntext.h"

#include "core/text/characters.h"

#include <algorithm>

namespace Sparekey {

namespace {

constexpr QChar FirstStrongIsolate(0x2068);
constexpr QChar PopDirectionalIsolate(0x2069);

bool isJoiner(char32_t character)
{
    return character == 0x200c || character == 0x200d;
}

bool isMark(QChar::Category category)
{
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

void dropJoinerAtEnd(QString &line)
{
    if (!line.isEmpty() && isJoiner(line.back().unicode()))
        line.chop(1);
}

// Printable ASCII with single spaces between the words, as most texts are: nothing is dropped.
bool isClean(const QString &raw)
{
    bool afterSpace = true;
    for (const QChar character : raw) {
        const bool isSpace = character == u' ';
        if ((isSpace && afterSpace) || character < u' ' || character > u'~')
            return false;
        afterSpace = isSpace;
    }
    return !afterSpace || raw.isEmpty();
}

QString cleaned(const QString &raw, qsizetype longest)
{
    if (raw.size() <= longest && isClean(raw))
        return raw;
    QString line;
    int marks = 0;
    // Skip most of what is cut off anyway. Four times the length, because spaces and marks may be
    // dropped.
    const auto characters = raw.left(4 * longest).toUcs4();
    for (const char32_t character : characters) {
        const auto category = QChar::category(character);
        marks = isMark(category) ? marks + 1 : 0;
        if (marks > ForeignText::MostMarks)
            continue;
        const bool joins = !line.isEmpty() && !line.back().isSpace()
            && !isJoiner(line.back().unicode());
        if (isJoiner(character) && joins) {
            line += QChar::fromUcs4(character);
        } else if (category == QChar::Other_Control || category == QChar::Other_Format
                   || QChar::isSpace(character)) {
            dropJoinerAtEnd(line);
            line += u' ';
        } else if (category == QChar::Other_Surrogate) {
            line += QChar(QChar::ReplacementCharacter);
        } else {
            line += QChar::fromUcs4(character);
        }
    }
    line = line.simplified();
    line.truncate(charactersWithin(line, longest).size());
    dropJoinerAtEnd(line);
    return line;
}

bool isReadFromTheRight(char32_t character)
{
    switch (QChar::direction(character)) {
    case QChar::DirR:
    case QChar::DirAL:
    case QChar::DirAN: return true;
    default: return false;
    }
}

} // namespace

ForeignText::ForeignText(const QString &raw, qsizetype longest)
    : m_text(cleaned(raw, longest))
{
}

ForeignText ForeignText::origin(const QUrl &url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host(QUrl::FullyEncoded));
    origin.setPort(url.port());
    return {QString::fromLatin1(origin.toEncoded(QUrl::FullyEncoded))};
}

QString ForeignText::isolated() const
{
    const auto characters = m_text.toUcs4();
    if (std::ranges::none_of(characters, isReadFromTheRight))
        return m_text;
    return FirstStrongIsolate + m_text + PopDirectionalIsolate;
}

} // namespace Sparekey
