// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/textcells.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool startsWithWord(QByteArrayView text, QByteArrayView word)
{
    return text.size() >= word.size()
        && text.first(word.size()).compare(word, Qt::CaseInsensitive) == 0
        && (text.size() == word.size() || !isAlphanumeric(text[word.size()]));
}

// Cuts the prefix off if it is there.
bool cutPrefix(QByteArrayView &text, QByteArrayView prefix)
{
    if (!text.startsWith(prefix))
        return false;
    text = text.sliced(prefix.size()).trimmed();
    return true;
}

bool cutSuffix(QByteArrayView &text, QByteArrayView suffix)
{
    if (!text.endsWith(suffix))
        return false;
    text = text.chopped(suffix.size()).trimmed();
    return true;
}

// "1.", "(2)", "#3", "4:"; with something behind it. 0 if there is none.
int cutListNumber(QByteArrayView &text)
{
    QByteArrayView rest = text;
    const bool opened = rest.startsWith('(') || rest.startsWith('#');
    if (opened)
        rest = rest.sliced(1);
    qsizetype digits = 0;
    while (digits < rest.size() && isDigit(rest[digits]))
        ++digits;
    if (digits == 0 || digits > 4)
        return 0;
    const int number = rest.first(digits).toInt();
    rest = rest.sliced(digits);
    const bool closed = !rest.isEmpty() && QByteArrayView(".):").contains(rest.front());
    if (closed)
        rest = rest.sliced(1);
    if ((!opened && !closed) || rest.isEmpty() || !isBlank(rest.front()))
        return 0;
    text = rest.trimmed();
    return number;
}

constexpr std::array<QByteArrayView, 10> Crosses = {
    "[?]",          "[x]",          "[X]",          "(x)",          "\xE2\x9C\x93",
    "\xE2\x9C\x94", "\xE2\x9C\x97", "\xE2\x9C\x98", "\xE2\x98\x91", "\xE2\x98\x92",
};
constexpr std::array<QByteArrayView, 7> EmptyBoxes = {
    "[ ]", "[]", "( )", "\xE2\x98\x90", "\xE2\x96\xA1", "\xE2\x80\xA2", "\xC2\xB7",
};

CodeMark cutMarkInFront(QByteArrayView &text)
{
    for (const auto cross : Crosses) {
        if (cutPrefix(text, cross))
            return CodeMark::Cross;
    }
    if (text.size() > 2 && (text.front() == 'x' || text.front() == 'X') && text[1] == ' ') {
        text = text.sliced(2).trimmed();
        return CodeMark::Cross;
    }
    return text.size() > 1 && cutPrefix(text, "*") ? CodeMark::Asterisk : CodeMark::None;
}

bool cutUsed(QByteArrayView &text)
{
    // "(used)", "(used 2026-05-04)", "- used", "used"
    for (qsizetype i = text.size() - 4; i > 0; --i) {
        if (!startsWithWord(text.sliced(i), "used") || isAlphanumeric(text[i - 1]))
            continue;
        auto front = text.first(i).trimmed();
        while (!front.isEmpty() && QByteArrayView("([-:").contains(front.back()))
            front = front.chopped(1).trimmed();
        if (front.isEmpty())
            return false;
        text = front;
        return true;
    }
    return false;
}

CodeMark cutMarkBehind(QByteArrayView &text)
{
    if (cutUsed(text))
        return CodeMark::Word;
    for (const auto cross : Crosses) {
        if (text.size() > cross.size() && cutSuffix(text, cross))
            return CodeMark::Cross;
    }
    if (text.size() > 2 && (text.endsWith(" x") || text.endsWith(" X"))) {
        text = text.chopped(2).trimmed();
        return CodeMark::Cross;
    }
    return text.size() > 1 && cutSuffix(text, "*") ? CodeMark::Asterisk : CodeMark::None;
}

// Takes number, bullet and marks off, in whatever order they come. Each round reads the whole cell,
// so a foreign text must not cause many.
void cutDecoration(TextCell &cell)
{
    constexpr int MostRounds = 8;
    QByteArrayView &text = cell.text;
    CodeMark mark = CodeMark::None;
    const auto note = [&mark](CodeMark found) {
        if (found != CodeMark::None)
            mark = found;
        return found != CodeMark::None;
    };
    for (int round = 0; round < MostRounds; ++round) {
        const qsizetype before = text.size();
        if (const int number = cutListNumber(text); cell.number == 0)
            cell.number = number;
        if (text.startsWith("- "))
            cutPrefix(text, "- ");
        for (const auto box : EmptyBoxes)
            cutPrefix(text, box);
        if (text.size() > 4 && text.startsWith("~~") && text.endsWith("~~")) {
            text = text.sliced(2).chopped(2).trimmed();
            mark = CodeMark::Struck;
        }
        note(cutMarkInFront(text));
        note(cutMarkBehind(text));
        if (text.size() == before)
            break;
    }
    cell.mark = mark;
}

// Only what can be nothing but a date is copied into a QString: the text has codes in it.
bool isNumericDate(QByteArrayView word)
{
    const auto separators = std::ranges::count_if(word, [](char c) {
        return QByteArrayView("-./").contains(c);
    });
    return word.size() >= 8 && word.size() <= 32 && separators >= 2
        && std::ranges::all_of(word, [](char c) {
               return isDigit(c) || QByteArrayView("-./T:+Z").contains(c);
           });
}

bool isNamedDate(const QList<QByteArrayView> &words)
{
    int names = 0;
    int numbers = 0;
    for (const auto word : words) {
        names += std::ranges::all_of(word, [](char c) { return isAlphanumeric(c) && !isDigit(c); })
                && word.size() >= 3 && word.size() <= 9
            ? 1
            : 0;
        numbers += std::ranges::all_of(word, isDigit) && (word.size() == 4 || word.size() <= 2) ? 1
                                                                                                : 0;
    }
    return names == 1 && numbers == 2 && words.back().size() == 4;
}

QDate dateOf(const QString &text, std::span<const QLatin1StringView> formats)
{
    for (const auto format : formats) {
        const QDate date = QLocale::c().toDate(text, format);
        if (date.isValid() && date.year() >= 1990 && date.year() < 2200)
            return date;
    }
    return {};
}

bool separates(QByteArrayView line, qsizetype i)
{
    return QByteArrayView("\t,;|").contains(line[i])
        || (line[i] == ' ' && i + 1 < line.size() && line[i + 1] == ' ');
}

} // namespace

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isAddress(QByteArrayView word)
{
    return word.contains('@') || word.contains("://") || startsWithWord(word, "www");
}

QList<QByteArrayView> wordsOf(QByteArrayView cell)
{
    QList<QByteArrayView> words;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= cell.size(); ++i) {
        if (i < cell.size() && !isBlank(cell[i]))
            continue;
        if (i > begin)
            words.append(cell.sliced(begin, i - begin));
        begin = i + 1;
    }
    return words;
}

QList<TextCell> cellsOf(const ImportedText &text)
{
    QList<TextCell> cells;
    const QByteArrayView all = text.utf8.view();
    auto struck = text.struck.cbegin();
    int line = 0;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= all.size(); ++i) {
        const bool lineEnd = i == all.size() || all[i] == '\n';
        if (!lineEnd && !separates(all, i))
            continue;
        TextCell cell{.text = all.sliced(begin, i - begin).trimmed(), .line = line};
        cutDecoration(cell);
        while (struck != text.struck.cend() && *struck <= i) {
            if (*struck > begin)
                cell.mark = CodeMark::Struck;
            ++struck;
        }
        cell.isProse = std::ranges::any_of(wordsOf(cell.text), isAddress)
            || dateIn(cell.text).isValid();
        if (!cell.text.isEmpty())
            cells.append(cell);
        begin = i + 1;
        if (lineEnd)
            ++line;
    }
    return cells;
}

QDate dateIn(QByteArrayView text)
{
    static constexpr std::array<QLatin1StringView, 4> Formats = {
        "yyyy-MM-dd"_L1,
        "yyyy/MM/dd"_L1,
        "dd.MM.yyyy"_L1,
        "d.M.yyyy"_L1,
    };
    static constexpr std::array<QLatin1StringView, 4> NamedFormats = {
        "MMM d yyyy"_L1,
        "MMMM d yyyy"_L1,
        "d MMM yyyy"_L1,
        "d MMMM yyyy"_L1,
    };
    auto words = wordsOf(text);
    for (auto &word : words) {
        while (!word.isEmpty() && QByteArrayView(".,;:()").contains(word.back()))
            word.chop(1);
        while (word.startsWith('('))
            word = word.sliced(1);
    }
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isNumericDate(words[i])) {
            const auto date = dateOf(QString::fromLatin1(
                                         words[i].first(std::min<qsizetype>(words[i].size(), 10))),
                                     Formats);
            if (date.isValid())
                return date;
        }
        if (i + 3 <= words.size() && isNamedDate(words.sliced(i, 3))) {
            const auto date = dateOf(QString::fromLatin1(words[i]) + u' '
                                         + QString::fromLatin1(words[i + 1]) + u' '
                                         + QString::fromLatin1(words[i + 2]),
                                     NamedFormats);
            if (date.isValid())
                return date;
        }
    }
    return {};
}

} // namespace Sparekey
