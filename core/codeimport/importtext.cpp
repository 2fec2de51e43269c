// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/importtext.h"

#include "core/codeimport/codeextraction.h"
#include "core/codeimport/codelikeness.h"
#include "core/codeimport/setupkeys.h"
#include "core/codeimport/textcells.h"
#include "core/secret/wipedstack.h"
#include "core/servicecatalog/servicecatalog.h"
#include "core/text/enteredtext.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// A text, taken apart once for all templates.
struct Document
{
    const ImportedText &text;
    QList<TextCell> cells;
    ForeignText account;
    QDate obtained;
};

ForeignText accountIn(const QList<TextCell> &cells)
{
    for (const TextCell &cell : cells) {
        for (auto word : wordsOf(cell.text)) {
            while (!word.isEmpty() && QByteArrayView("()<>[]\"'.,:;").contains(word.back()))
                word.chop(1);
            while (!word.isEmpty() && QByteArrayView("()<>[]\"'").contains(word.front()))
                word = word.sliced(1);
            // A URI with an "@" may hold a setup key.
            if (!word.contains('@') || word.contains("://") || word.size() > 254)
                continue;
            const QString text = QString::fromUtf8(word);
            if (isEmailShaped(text))
                return text;
        }
    }
    return {};
}

QDate obtainedIn(QByteArrayView text)
{
    while (!text.isEmpty()) {
        const auto end = text.indexOf('\n');
        if (const QDate date = dateIn(end < 0 ? text : text.first(end)); date.isValid())
            return date;
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
    }
    return {};
}

Document documentOf(const ImportedText &text)
{
    Document document{.text = text, .cells = cellsOf(text), .account = {}, .obtained = {}};
    document.account = accountIn(document.cells);
    document.obtained = obtainedIn(text.utf8.view());
    return document;
}

std::optional<FoundCodes> foundAs(const ServiceTemplate &service, const Document &document,
                                  Certainty certainty, Strictness strictness = Strictness::Shape)
{
    FoundCodes found{.service = service.id,
                     .certainty = certainty,
                     .account = document.account,
                     .obtained = document.obtained};
    found.codes = codesIn(document.cells, service, strictness, found.remarks);
    if (document.text.hadHiddenCharacters)
        found.remarks.append(ImportRemark::HiddenCharacters);
    if (found.codes.isEmpty())
        return std::nullopt;
    return found;
}

qsizetype countFitting(const FoundCodes &found)
{
    return std::ranges::count_if(found.codes, &FoundCode::fits);
}

std::optional<FoundCodes> foundByFileName(const Document &document, const QString &fileName)
{
    const QString name = fileName.section(u'/', -1);
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services()) {
        const bool called =
            std::ranges::any_of(service.fileNames, [&name](const QString &wildcard) {
                return QRegularExpression::fromWildcard(wildcard, Qt::CaseInsensitive)
                    .match(name)
                    .hasMatch();
            });
        if (!called)
            continue;
        if (auto found = foundAs(service, document, Certainty::FileName))
            return found;
    }
    return std::nullopt;
}

bool mentions(QByteArrayView text, QByteArrayView lowerCaseWord)
{
    const auto letterAt = [text](qsizetype i) {
        return i >= 0 && i < text.size() && isAlphanumeric(text[i]);
    };
    for (qsizetype i = 0; i + lowerCaseWord.size() <= text.size(); ++i) {
        if (text.sliced(i, lowerCaseWord.size()).compare(lowerCaseWord, Qt::CaseInsensitive) == 0
            && !letterAt(i - 1) && !letterAt(i + lowerCaseWord.size()))
            return true;
    }
    return false;
}

// The one with the most codes; those with as many are candidates.
std::optional<FoundCodes> best(QList<FoundCodes> all)
{
    if (all.isEmpty())
        return std::nullopt;
    std::ranges::stable_sort(all, std::ranges::greater(), countFitting);
    FoundCodes found = all.takeFirst();
    for (const FoundCodes &other : all) {
        if (countFitting(other) == countFitting(found))
            found.candidates.append(other.service);
    }
    if (!found.candidates.isEmpty())
        found.remarks.append(ImportRemark::ServiceAmbiguous);
    return found;
}

std::optional<FoundCodes> foundByHeaderWords(const Document &document)
{
    QList<FoundCodes> all;
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services()) {
        const bool named = std::ranges::any_of(service.headerWords,
                                               [&document](const QString &word) {
                                                   return mentions(document.text.utf8.view(),
                                                                   word.toUtf8());
                                               });
        if (!named)
            continue;
        if (auto found = foundAs(service, document, Certainty::HeaderWords))
            all.append(*std::move(found));
    }
    return best(std::move(all));
}

// The number of possible codes, as a logarithm. The smaller it is, the less likely it is that codes
// of another service fit.
double choicesOf(const ServiceTemplate &service)
{
    return service.longest * std::log2(double(service.characters.size()));
}

std::optional<FoundCodes> foundByPattern(const Document &document)
{
    const qsizetype codeLike = countCodeLike(document.cells);
    QList<FoundCodes> all;
    double fewest = 0;
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services()) {
        if (service.content != CodeContent::Characters)
            continue;
        auto found = foundAs(service, document, Certainty::Pattern, Strictness::AsShown);
        if (!found
            || (service.form == SecretForm::CodeList && countFitting(*found) * 2 <= codeLike))
            continue;
        // Of templates that take the same codes, that with the narrowest pattern.
        if (!all.isEmpty() && countFitting(all.constFirst()) != countFitting(*found)) {
            if (countFitting(all.constFirst()) > countFitting(*found))
                continue;
            all.clear();
        } else if (!all.isEmpty() && choicesOf(service) != fewest) {
            if (choicesOf(service) > fewest)
                continue;
            all.clear();
        }
        fewest = choicesOf(service);
        all.append(*std::move(found));
    }
    auto found = best(std::move(all));
    if (!found || found->candidates.isEmpty())
        return found;
    const auto &catalog = ServiceCatalog::shipped();
    const ServiceTemplate *service = catalog.find(found->service);
    auto generic = foundAs(catalog.findOrGeneric({}, service->form), document, Certainty::Guess);
    if (!generic)
        return found;
    generic->candidates = QStringList(found->service) + found->candidates;
    generic->remarks.append(ImportRemark::ServiceAmbiguous);
    return generic;
}

std::optional<FoundCodes> foundAsGeneric(const Document &document)
{
    const auto &catalog = ServiceCatalog::shipped();
    auto list = foundAs(catalog.findOrGeneric({}, SecretForm::CodeList), document,
                        Certainty::Guess);
    if (list && list->codes.size() > 1)
        return list;
    auto single = foundAs(catalog.findOrGeneric({}, SecretForm::SingleCode), document,
                          Certainty::Guess);
    return single ? single : list;
}

} // namespace

Result<ImportResult> importText(QByteArrayView bytes, const QString &fileName)
{
    const auto text = decodeImportedText(bytes);
    if (!text)
        return fail(text.error());
    return codesInText(*text, fileName);
}

Result<ImportResult> codesInText(const ImportedText &text, const QString &fileName)
{
    ImportResult result;
    callOnWipedStack([&] {
        const Document document = documentOf(text);
        result = setupKeysInText(text.utf8.view());
        auto found = foundByFileName(document, fileName);
        if (!found)
            found = foundByHeaderWords(document);
        // The rest of a text with setup keys is most often a description.
        if (!found && result.found.isEmpty())
            found = foundByPattern(document);
        if (!found && result.found.isEmpty())
            found = foundAsGeneric(document);
        const bool again = found && !result.found.isEmpty()
            && ServiceCatalog::shipped().find(found->service)->form == SecretForm::SetupKey;
        if (found && !again)
            result.found.append(*std::move(found));
    });
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

Result<FoundCodes> recognizeAs(const ServiceTemplate &service, QByteArrayView bytes)
{
    const auto text = decodeImportedText(bytes);
    if (!text)
        return fail(text.error());
    std::optional<FoundCodes> found;
    callOnWipedStack([&] { found = foundAs(service, documentOf(*text), Certainty::Stated); });
    if (!found)
        return fail(ErrorKind::ImportNothingFound);
    return *std::move(found);
}

} // namespace Sparekey
