// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/codeextraction.h"

#include "core/codeimport/codelikeness.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace Sparekey {

namespace {

// Lines of more words are prose, in which only so many are looked at.
constexpr qsizetype MostWordsOfCell = 64;

struct Candidate
{
    SecretBytes value;
    CodeMark mark = CodeMark::None;
    int number = 0; ///< `TextCell::number`
    bool fits = true;
};

/// What was found, in order. A text may have thousands of codes, so they share locked memory.
class Candidates
{
public:
    void add(QByteArrayView value, const TextCell &cell, bool fits = true)
    {
        auto bytes = m_pool.make(value.size(), [value](unsigned char *target) {
            std::ranges::copy(value, target);
        });
        m_list.push_back(
            {.value = std::move(bytes), .mark = cell.mark, .number = cell.number, .fits = fits});
    }
    [[nodiscard]] std::vector<Candidate> &list() { return m_list; }
    [[nodiscard]] const std::vector<Candidate> &list() const { return m_list; }
    [[nodiscard]] bool isEmpty() const { return m_list.empty(); }

private:
    std::vector<Candidate> m_list;
    SecretBytesPool m_pool;
};

bool hasDigitsOnly(const ServiceTemplate &service)
{
    return std::ranges::all_of(service.characters, isDigit);
}

// "12345678" may be a date, "2025 2026" are two years; among other words they are.
bool mayBeDates(QByteArrayView text)
{
    const auto words = wordsOf(text);
    return std::ranges::all_of(words, isYear)
        || (words.size() == 1 && text.size() == 8 && isNumber(text) && isYear(text.first(4))
            && text.sliced(4, 2) <= QByteArrayView("12") && text.sliced(6) <= QByteArrayView("31"));
}

bool fitsAsShown(const ServiceTemplate &service, QByteArrayView text, QByteArrayView normalized)
{
    const SecureBuffer shown = displayCode(service, normalized);
    if (text.compare(shown.view(), Qt::CaseInsensitive) == 0)
        return service.letters != LetterCase::Kept || text == shown.view();
    return service.separator == " " && !text.contains('-') && !text.contains(' ');
}

// A word without digits is a code only if it is written in the case of codes and not as a word is.
bool isWordOfCodeCase(const ServiceTemplate &service, QByteArrayView text)
{
    const auto upper = std::ranges::count_if(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    const auto lower = std::ranges::count_if(text, [](char c) { return c >= 'a' && c <= 'z'; });
    if (service.letters == LetterCase::Lower && service.shownLetters == LetterCase::Kept)
        return upper == 0;
    if (service.letters == LetterCase::Kept)
        return upper > 1 && lower > 1;
    return lower == 0 || upper == 0;
}

std::optional<SecureBuffer> codeOf(const ServiceTemplate &service, QByteArrayView text,
                                   Strictness strictness)
{
    auto code = normalizedCode(service, text);
    if (!code || (strictness == Strictness::AsShown && !fitsAsShown(service, text, code->view())))
        return std::nullopt;
    return code;
}

// The whole cell is a code, but for a number in front of it without a dot.
std::optional<SecureBuffer> wholeCell(const ServiceTemplate &service, const TextCell &cell,
                                      Strictness strictness)
{
    if (cell.isProse)
        return std::nullopt;
    auto text = cell.text;
    auto code = codeOf(service, text, strictness);
    if (!code) {
        const auto words = wordsOf(text);
        if (words.size() < 2 || words.front().size() > 2 || !isNumber(words.front()))
            return std::nullopt;
        text = text.sliced(words.front().size()).trimmed();
        code = codeOf(service, text, strictness);
    }
    if (code && !hasDigit(text) && !isWordOfCodeCase(service, text))
        return std::nullopt;
    return code;
}

QByteArrayView withoutPunctuation(QByteArrayView text)
{
    while (!text.isEmpty() && QByteArrayView(".,:;!?\"')]").contains(text.back()))
        text.chop(1);
    while (!text.isEmpty() && QByteArrayView("\"'([").contains(text.front()))
        text = text.sliced(1);
    return text;
}

// The cell consists of whole groups of the code.
bool isPartOf(const ServiceTemplate &service, QByteArrayView cell)
{
    if (cell.size() > 2 * ServiceTemplate::longestCode || service.groupSize == 0)
        return false;
    qsizetype length = 0;
    for (qsizetype i = 0; i <= cell.size(); ++i) {
        if (i == cell.size() || cell[i] == ' ' || cell[i] == '-') {
            if (length == 0 || length % service.groupSize != 0)
                return false;
            length = 0;
            continue;
        }
        const bool letter = isAlphanumeric(cell[i]) && !isDigit(cell[i]);
        const bool known = service.characters.contains(cell[i])
            || (letter && service.letters != LetterCase::Kept
                && service.characters.contains(static_cast<char>(cell[i] ^ 0x20)));
        if (!known)
            return false;
        ++length;
    }
    return true;
}

// Codes between other words.
void addFromProse(Candidates &found, const ServiceTemplate &service, const TextCell &cell)
{
    auto words = wordsOf(cell.text);
    words.resize(std::min(words.size(), MostWordsOfCell));
    const qsizetype most = service.separator == " "
        ? (service.longest + service.groupSize - 1) / service.groupSize
        : 1;
    // Then the words beside it belong to a longer number or code.
    const bool digitsOnly = hasDigitsOnly(service);
    const auto continues = [&service, digitsOnly, most](QByteArrayView word) {
        word = withoutPunctuation(word);
        return digitsOnly ? isNumber(word) : most > 1 && hasDigit(word) && isPartOf(service, word);
    };
    for (qsizetype i = 0; i < words.size(); ++i) {
        for (qsizetype count = std::min(most, words.size() - i); count > 0; --count) {
            const char *begin = words[i].data();
            const char *end = words[i + count - 1].data() + words[i + count - 1].size();
            const auto text = withoutPunctuation(QByteArrayView(begin, end));
            if (!hasDigit(text) || isAddress(text) || mayBeDates(text) || dateIn(text).isValid())
                continue;
            if ((i > 0 && continues(words[i - 1]))
                || (i + count < words.size() && continues(words[i + count])))
                continue;
            if (auto code = codeOf(service, text, Strictness::AsShown)) {
                found.add(code->view(), cell);
                i += count - 1;
                break;
            }
        }
    }
}

qsizetype countAlphanumeric(QByteArrayView text)
{
    return std::ranges::count_if(text, isAlphanumeric);
}

void addNearMisses(Candidates &found, const ServiceTemplate &service, const TextCell &cell)
{
    const auto length = countAlphanumeric(cell.text);
    // A longer number is something else.
    const int longest = service.longest + (hasDigitsOnly(service) ? -1 : 2);
    if (!looksLikeCode(cell) || length < service.shortest - 2 || length > longest)
        return;
    found.add(cell.text, cell, false);
}

Candidates listIn(const QList<TextCell> &cells, const ServiceTemplate &service,
                  Strictness strictness)
{
    Candidates found;
    bool anyFits = false;
    for (const TextCell &cell : cells) {
        const size_t before = found.list().size();
        if (auto code = wholeCell(service, cell, strictness))
            found.add(code->view(), cell);
        else
            addFromProse(found, service, cell);
        anyFits = anyFits || found.list().size() > before;
        if (found.list().size() == before && strictness == Strictness::Shape)
            addNearMisses(found, service, cell);
    }
    if (!anyFits)
        found.list().clear();
    return found;
}

// One code, in one cell or in several: sheets and pages break long ones over lines, and print
// captions and check characters beside the parts.
Candidates singleIn(const QList<TextCell> &cells, const ServiceTemplate &service,
                    Strictness strictness)
{
    Candidates found = listIn(cells, service, strictness);
    std::erase_if(found.list(), [](const Candidate &code) { return !code.fits; });
    if (!found.isEmpty())
        return found;
    constexpr int MostLinesBetween = 2;
    for (qsizetype i = 0; i < cells.size() && found.isEmpty(); ++i) {
        if (!isPartOf(service, cells[i].text))
            continue;
        SecureBuffer joined = SecureBuffer::copyOf(cells[i].text);
        int line = cells[i].line;
        for (qsizetype j = i + 1; j < cells.size() && cells[j].line - line <= MostLinesBetween
             && joined.size() <= 2 * service.longest;
             ++j) {
            if (!isPartOf(service, cells[j].text))
                continue;
            line = cells[j].line;
            joined.append(" ");
            joined.append(cells[j].text);
            auto code = service.removesSpaces ? normalizedCode(service, joined.view())
                                              : std::nullopt;
            if (code && hasDigit(code->view())) {
                found.add(code->view(), cells[i]);
                break;
            }
        }
    }
    return found;
}

// The cells that look like codes; if most have the same shape, the others do not fit.
Candidates linesIn(const QList<TextCell> &cells, const ServiceTemplate &service)
{
    std::map<std::string, qsizetype> shapes;
    qsizetype all = 0;
    for (const TextCell &cell : cells) {
        if (looksLikeCode(cell)) {
            ++shapes[shapeOf(cell.text)];
            ++all;
        }
    }
    const auto usual = std::ranges::max_element(shapes, {},
                                                [](const auto &shape) { return shape.second; });
    const bool clear = usual != shapes.end() && usual->second > 1 && usual->second * 2 > all;
    Candidates found;
    for (const TextCell &cell : cells) {
        if (!looksLikeCode(cell))
            continue;
        if (auto code = normalizedCode(service, cell.text)) {
            const bool fits = !clear || shapeOf(cell.text) == usual->first;
            found.add(code->view(), cell, fits);
        }
    }
    return found;
}

// The longest cell that looks like a code, or the only line there is.
Candidates textIn(const QList<TextCell> &cells, const ServiceTemplate &service)
{
    const TextCell *best = nullptr;
    for (const TextCell &cell : cells) {
        if ((looksLikeCode(cell) || (cells.size() == 1 && !cell.isProse))
            && (!best || cell.text.size() > best->text.size()))
            best = &cell;
    }
    Candidates found;
    if (best) {
        if (auto code = normalizedCode(service, best->text))
            found.add(code->view(), *best);
    }
    return found;
}

Candidates setupKeysIn(const QList<TextCell> &cells, const ServiceTemplate &service)
{
    Candidates found;
    for (const TextCell &cell : cells) {
        for (const auto word : wordsOf(cell.text)) {
            if (!word.contains("://"))
                continue;
            if (auto uri = normalizedCode(service, word))
                found.add(uri->view(), {});
        }
    }
    if (!found.isEmpty())
        return found;
    for (const TextCell &cell : cells) {
        // "Setup key: JBSW Y3DP …"; prose would pass for base32 without digits.
        const auto colon = cell.text.lastIndexOf(':');
        const auto text = cell.text.sliced(colon + 1).trimmed();
        if (!hasDigit(text) && (colon < 0 || wordsOf(text).size() > 1))
            continue;
        if (auto uri = normalizedCode(service, text)) {
            found.add(uri->view(), {});
            break;
        }
    }
    return found;
}

Candidates candidatesIn(const QList<TextCell> &cells, const ServiceTemplate &service,
                        Strictness strictness)
{
    switch (service.content) {
    case CodeContent::Characters:
        return service.form == SecretForm::SingleCode ? singleIn(cells, service, strictness)
                                                      : listIn(cells, service, strictness);
    case CodeContent::Line: return linesIn(cells, service);
    case CodeContent::Text: return textIn(cells, service);
    case CodeContent::SetupKey: return setupKeysIn(cells, service);
    }
    return {};
}

bool allMarkedAlike(const std::vector<Candidate> &found)
{
    return found.size() > 1 && found.front().mark != CodeMark::None
        && std::ranges::all_of(found, [&found](const Candidate &code) {
               return code.mark == found.front().mark;
           });
}

// Lists in several columns are numbered from top to bottom, and a text has them row by row. Nothing
// is changed if a code has no number, or a number occurs twice.
void sortByNumber(std::vector<Candidate> &found)
{
    std::set<int> numbers;
    for (const Candidate &code : found) {
        if (code.number == 0 || !numbers.insert(code.number).second)
            return;
    }
    std::ranges::stable_sort(found, {}, &Candidate::number);
}

std::string_view bytesOf(QByteArrayView view)
{
    return {view.data(), static_cast<size_t>(view.size())};
}

} // namespace

QList<FoundCode> codesIn(const QList<TextCell> &cells, const ServiceTemplate &service,
                         Strictness strictness, QList<ImportRemark> &remarks)
{
    auto candidates = candidatesIn(cells, service, strictness);
    sortByNumber(candidates.list());
    const auto &found = candidates.list();
    // Asterisks in front of all codes are bullets.
    const bool alike = allMarkedAlike(found);
    QList<FoundCode> codes;
    std::set<std::string_view> known;
    bool duplicates = false;
    for (const Candidate &candidate : found) {
        const auto value = candidate.value.view();
        if (known.contains(bytesOf(value))) {
            duplicates = true;
            continue;
        }
        known.insert(bytesOf(value));
        codes.append({.value = candidate.value,
                      .unsure = candidate.mark != CodeMark::None && !alike,
                      .fits = candidate.fits});
    }
    const auto note = [&remarks](ImportRemark remark, bool holds) {
        if (holds)
            remarks.append(remark);
    };
    note(ImportRemark::AllMarkedAlike, alike);
    note(ImportRemark::DuplicatesDropped, duplicates);
    note(ImportRemark::MarksFound, std::ranges::any_of(codes, &FoundCode::unsure));
    note(ImportRemark::SomeDoNotFit, !std::ranges::all_of(codes, &FoundCode::fits));
    note(ImportRemark::UnusualCount,
         !codes.isEmpty() && service.usualCount > 0 && codes.size() != service.usualCount);
    return codes;
}

} // namespace Sparekey
