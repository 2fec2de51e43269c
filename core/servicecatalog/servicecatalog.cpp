// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/servicecatalog/servicecatalog.h"

#include "core/servicecatalog/shippedservices.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// Takes the members of a row one after another, and remembers the first fault.
class Row
{
public:
    explicit Row(QJsonObject members)
        : m_members(std::move(members))
    {
    }

    [[nodiscard]] bool has(const QString &name) const { return m_members.contains(name); }

    QString text(const QString &name)
    {
        const QJsonValue value = m_members.take(name);
        if (!value.isUndefined() && (!value.isString() || value.toString().isEmpty()))
            blame(name);
        return value.toString();
    }

    bool flag(const QString &name)
    {
        const QJsonValue value = m_members.take(name);
        if (!value.isUndefined() && !value.isBool())
            blame(name);
        return value.toBool();
    }

    int number(const QString &name, int least, int most)
    {
        const QJsonValue value = m_members.take(name);
        if (value.isUndefined())
            return 0;
        const int number = value.toInt(-1);
        if (number < least || number > most)
            blame(name);
        return number;
    }

    QStringList texts(const QString &name)
    {
        const QJsonValue value = m_members.take(name);
        QStringList list;
        if (!value.isUndefined() && (!value.isArray() || value.toArray().isEmpty()))
            blame(name);
        for (const QJsonValue &item : value.toArray()) {
            if (!item.isString() || item.toString().isEmpty())
                blame(name);
            list.append(item.toString());
        }
        return list;
    }

    /// Two numbers: the shortest and the longest.
    std::pair<int, int> range(const QString &name)
    {
        const QJsonArray array = m_members.take(name).toArray();
        const std::pair range(array.at(0).toInt(-1), array.at(1).toInt(-1));
        if (array.size() != 2 || range.first < 1 || range.second < range.first
            || range.second > ServiceTemplate::longestCode)
            blame(name);
        return range;
    }

    /// One of `choices`; the first of them if there is no such member.
    template<class Choice>
    Choice choice(const QString &name,
                  std::initializer_list<std::pair<QLatin1StringView, Choice>> choices)
    {
        const QJsonValue value = m_members.take(name);
        if (value.isUndefined())
            return choices.begin()->second;
        for (const auto &[word, meaning] : choices) {
            if (value.toString() == word)
                return meaning;
        }
        blame(name);
        return choices.begin()->second;
    }

    void blame(const QString &name)
    {
        if (m_fault.isEmpty())
            m_fault = name;
    }

    /// The member that is missing, not valid or unknown; empty if all is well.
    [[nodiscard]] QString fault() const
    {
        return m_fault.isEmpty() && !m_members.isEmpty() ? m_members.keys().constFirst() : m_fault;
    }

private:
    QJsonObject m_members;
    QString m_fault;
};

// "0-9a-f" as all its characters; empty if a range is not valid.
QByteArray charactersFrom(const QString &ranges)
{
    const QByteArray text = ranges.toLatin1();
    QByteArray characters;
    if (text.size() % 3 != 0)
        return {};
    for (qsizetype i = 0; i < text.size(); i += 3) {
        const char first = text[i];
        const char last = text[i + 2];
        if (text[i + 1] != '-' || first > last || first <= ' ' || last >= 0x7F)
            return {};
        for (int c = first; c <= last; ++c)
            characters.append(static_cast<char>(c));
    }
    return characters;
}

bool isWebAddress(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    return url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty();
}

bool hasUpperCase(QByteArrayView characters)
{
    return std::ranges::any_of(characters, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool hasLowerCase(QByteArrayView characters)
{
    return std::ranges::any_of(characters, [](char c) { return c >= 'a' && c <= 'z'; });
}

void readShape(Row &row, ServiceTemplate &service)
{
    using enum LetterCase;
    const auto characters = u"characters"_s;
    const auto content = u"content"_s;
    if (service.form == SecretForm::SetupKey) {
        service.content = CodeContent::SetupKey;
        return;
    }
    std::tie(service.shortest, service.longest) = row.range(u"length"_s);
    if (row.has(content)) {
        service.content = row.choice<CodeContent>(content,
                                                  {{"line"_L1, CodeContent::Line},
                                                   {"text"_L1, CodeContent::Text}});
        return;
    }
    service.characters = charactersFrom(row.text(characters));
    service.letters = row.choice<LetterCase>(
        u"letters"_s, {{"kept"_L1, Kept}, {"lower"_L1, Lower}, {"upper"_L1, Upper}});
    if (service.characters.isEmpty()
        || (service.letters == Lower && hasUpperCase(service.characters))
        || (service.letters == Upper && hasLowerCase(service.characters)))
        row.blame(characters);
    const auto shown = u"shownLetters"_s;
    service.shownLetters = row.choice<LetterCase>(
        shown, {{"kept"_L1, Kept}, {"lower"_L1, Lower}, {"upper"_L1, Upper}});
    if (service.shownLetters != Kept && service.letters == Kept)
        row.blame(shown);
    if (row.has(u"remove"_s)) {
        for (const QString &what : row.texts(u"remove"_s)) {
            if (what == "spaces"_L1)
                service.removesSpaces = true;
            else if (what == "hyphens"_L1)
                service.removesHyphens = true;
            else
                row.blame(u"remove"_s);
        }
    }
    service.groupSize = row.number(u"group"_s, 1, service.longest - 1);
    service.separator = row.text(u"separator"_s).toLatin1();
    // Otherwise what is shown could not be entered.
    if ((service.groupSize > 0) == service.separator.isEmpty()
        || (service.separator == " " && !service.removesSpaces)
        || (service.separator == "-" && !service.removesHyphens)
        || !QByteArrayView(" -").contains(service.separator))
        row.blame(u"separator"_s);
    const auto check = u"check"_s;
    service.bitLockerBlocks = row.has(check) && row.choice<bool>(check, {{"bitLocker"_L1, true}});
    if (service.bitLockerBlocks
        && (service.characters != "0123456789" || service.shortest != 48 || service.longest != 48))
        row.blame(check);
}

ServiceTemplate readService(Row &row)
{
    ServiceTemplate service;
    for (const auto &required : {u"id"_s, u"name"_s, u"form"_s}) {
        if (!row.has(required))
            row.blame(required);
    }
    service.id = row.text(u"id"_s);
    service.name = row.text(u"name"_s);
    service.form = row.choice<SecretForm>(u"form"_s,
                                          {{"codeList"_L1, SecretForm::CodeList},
                                           {"singleCode"_L1, SecretForm::SingleCode},
                                           {"setupKey"_L1, SecretForm::SetupKey}});
    service.usualCount = row.number(u"count"_s, 1, 50);
    if (service.form != SecretForm::CodeList && service.usualCount != 1)
        row.blame(u"count"_s);
    service.reusable = row.flag(u"reusable"_s);
    service.newSetVoidsOld = row.flag(u"newSetVoidsOld"_s);
    const auto readAddress = [&row](const QString &name) {
        const QString address = row.has(name) ? row.text(name) : QString();
        if (!address.isEmpty() && !isWebAddress(address))
            row.blame(name);
        return address;
    };
    service.newCodesAddress = readAddress(u"newCodesAddress"_s);
    service.useAddress = readAddress(u"useAddress"_s);
    service.fileNames = row.texts(u"fileNames"_s);
    const auto headerWords = u"headerWords"_s;
    service.headerWords = row.texts(headerWords);
    if (std::ranges::any_of(service.headerWords,
                            [](const QString &word) { return word != word.toLower(); }))
        row.blame(headerWords);
    readShape(row, service);
    return service;
}

} // namespace

const ServiceCatalog &ServiceCatalog::shipped()
{
    static const ServiceCatalog catalog = [] {
        auto read = readServiceCatalog(shippedServices);
        // A test reads the same bytes.
        if (!read)
            qFatal("services.json: %s", qPrintable(read.error()));
        return *std::move(read);
    }();
    return catalog;
}

const ServiceTemplate *ServiceCatalog::find(QStringView id) const
{
    const auto found = std::ranges::find(m_services, id, &ServiceTemplate::id);
    return found == m_services.cend() ? nullptr : &*found;
}

const ServiceTemplate &ServiceCatalog::findOrGeneric(QStringView id, SecretForm form) const
{
    const ServiceTemplate *service = find(id);
    return service ? *service : *find(genericServiceId(form));
}

QStringView genericServiceId(SecretForm form)
{
    switch (form) {
    case SecretForm::CodeList: return u"list";
    case SecretForm::SingleCode: return u"single";
    case SecretForm::SetupKey: return u"setupKey";
    }
    return {};
}

tl::expected<ServiceCatalog, QString> readServiceCatalog(QByteArrayView json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()),
                                                  &error);
    if (!document.isArray())
        return tl::unexpected(u"no list: %1"_s.arg(error.errorString()));
    ServiceCatalog catalog;
    for (const QJsonValue &value : document.array()) {
        Row row(value.toObject());
        ServiceTemplate service = readService(row);
        if (const QString fault = row.fault(); !fault.isEmpty())
            return tl::unexpected(u"%1: %2"_s.arg(service.id, fault));
        if (catalog.find(service.id))
            return tl::unexpected(u"%1: there are two of them"_s.arg(service.id));
        catalog.m_services.append(std::move(service));
    }
    for (const auto form : {SecretForm::CodeList, SecretForm::SingleCode, SecretForm::SetupKey}) {
        const ServiceTemplate *generic = catalog.find(genericServiceId(form));
        if (!generic || generic->form != form)
            return tl::unexpected(u"%1 is missing"_s.arg(genericServiceId(form)));
    }
    return catalog;
}

} // namespace Sparekey
