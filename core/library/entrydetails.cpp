// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/entrydetails.h"

#include "core/text/foreigntext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype LongestText = 2000;
constexpr int LargestNumber = 1'000'000;

// The words of an enumeration in the file. The first one is the default.
template<class Value, std::size_t Count>
using Words = std::array<std::pair<Value, QLatin1StringView>, Count>;

constexpr Words<CodeState, 3> stateWords{{{CodeState::Unused, "unused"_L1},
                                          {CodeState::Used, "used"_L1},
                                          {CodeState::Unsure, "unsure"_L1}}};
constexpr Words<SetState, 2> setStateWords{
    {{SetState::Void, "void"_L1}, {SetState::Current, "current"_L1}}};
constexpr Words<VoidReason, 6> reasonWords{{{VoidReason::None, "none"_L1},
                                            {VoidReason::NewSet, "new set"_L1},
                                            {VoidReason::Used, "used"_L1},
                                            {VoidReason::ServerChanged, "server changed"_L1},
                                            {VoidReason::Lost, "lost"_L1},
                                            {VoidReason::Other, "other"_L1}}};
constexpr Words<CodeSource, 4> sourceWords{{{CodeSource::Entered, "entered"_L1},
                                            {CodeSource::File, "file"_L1},
                                            {CodeSource::QrCode, "QR code"_L1},
                                            {CodeSource::Server, "server"_L1}}};
constexpr Words<LibraryCopyKind, 7> copyWords{{{LibraryCopyKind::Paper, "paper"_L1},
                                               {LibraryCopyKind::Pdf, "PDF"_L1},
                                               {LibraryCopyKind::ProtectedPdf, "protected PDF"_L1},
                                               {LibraryCopyKind::Text, "text"_L1},
                                               {LibraryCopyKind::Kdbx, "KDBX"_L1},
                                               {LibraryCopyKind::Json, "JSON"_L1},
                                               {LibraryCopyKind::OpenPgp, "OpenPGP"_L1}}};
constexpr Words<Need::Kind, 7> needWords{{{Need::Kind::Other, "other"_L1},
                                          {Need::Kind::Password, "password"_L1},
                                          {Need::Kind::Email, "email"_L1},
                                          {Need::Kind::Phone, "phone"_L1},
                                          {Need::Kind::SecurityKey, "security key"_L1},
                                          {Need::Kind::Device, "device"_L1},
                                          {Need::Kind::Person, "person"_L1}}};

template<class Value, std::size_t Count>
Value valueOf(const QJsonValue &json, const Words<Value, Count> &words)
{
    const QString word = json.toString();
    const auto found = std::ranges::find_if(words, [&](const auto &w) { return w.second == word; });
    return found == words.end() ? words.front().first : found->first;
}

template<class Value, std::size_t Count>
QString wordOf(Value value, const Words<Value, Count> &words)
{
    return std::ranges::find_if(words, [&](const auto &w) { return w.first == value; })->second;
}

QString textOf(const QJsonValue &json)
{
    const QString text = json.toString();
    return text.isEmpty() ? text : ForeignText(text, LongestText).text();
}

int numberOf(const QJsonValue &json, int smallest, int otherwise)
{
    const int number = json.toInt(otherwise);
    return number >= smallest && number <= LargestNumber ? number : otherwise;
}

QDateTime timeOf(const QJsonValue &json)
{
    const QString text = json.toString();
    if (text.isEmpty())
        return {};
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate).toUTC();
    // Whole seconds, and years that can be written again.
    const int year = time.date().year();
    return time.isValid() && year >= 1 && year <= 9999
        ? QDateTime::fromSecsSinceEpoch(time.toSecsSinceEpoch(), QTimeZone::utc())
        : QDateTime();
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

// Members without a value are left out.
void put(QJsonObject &object, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(name, text);
}

quint16 checksumFrom(const QJsonValue &json)
{
    return json.toString().right(4).toUShort(nullptr, 16);
}

CodeDetails codeFrom(const QJsonValue &value)
{
    if (value.isString())
        return {.checksum = checksumFrom(value)};
    const QJsonObject json = value.toObject();
    return {.checksum = checksumFrom(json.value("checksum"_L1)),
            .state = valueOf(json.value("state"_L1), stateWords),
            .usedOn = timeOf(json.value("usedOn"_L1)),
            .usedWhere = textOf(json.value("usedWhere"_L1))};
}

QJsonValue toJson(const CodeDetails &code)
{
    const QString checksum = u"%1"_s.arg(uint{code.checksum}, 4, 16, QLatin1Char('0'));
    if (code == CodeDetails{.checksum = code.checksum})
        return checksum;
    QJsonObject json{{u"checksum"_s, checksum}, {u"state"_s, wordOf(code.state, stateWords)}};
    put(json, u"usedOn"_s, timeText(code.usedOn));
    put(json, u"usedWhere"_s, code.usedWhere);
    return json;
}

SetDetails setFrom(const QJsonObject &json)
{
    SetDetails details{
        .set = {.number = numberOf(json.value("number"_L1), 1, 1),
                .obtained = QDate::fromString(json.value("obtained"_L1).toString(), Qt::ISODate),
                .source = valueOf(json.value("source"_L1), sourceWords),
                .state = valueOf(json.value("state"_L1), setStateWords),
                .voidedOn = timeOf(json.value("voidedOn"_L1)),
                .reason = valueOf(json.value("reason"_L1), reasonWords)}};
    for (const QJsonValue &code : json.value("codes"_L1).toArray())
        details.codes.append(codeFrom(code));
    return details;
}

QJsonObject toJson(const SetDetails &details)
{
    const CodeSet &set = details.set;
    QJsonObject json{{u"number"_s, set.number},
                     {u"source"_s, wordOf(set.source, sourceWords)},
                     {u"state"_s, wordOf(set.state, setStateWords)},
                     {u"reason"_s, wordOf(set.reason, reasonWords)}};
    put(json, u"obtained"_s, set.obtained.toString(Qt::ISODate));
    put(json, u"voidedOn"_s, timeText(set.voidedOn));
    QJsonArray codes;
    for (const CodeDetails &code : details.codes)
        codes.append(toJson(code));
    json.insert("codes"_L1, codes);
    return json;
}

LibraryCopy copyFrom(const QJsonObject &json)
{
    return {.kind = valueOf(json.value("kind"_L1), copyWords),
            .made = timeOf(json.value("made"_L1)),
            .sheetId = textOf(json.value("sheetId"_L1)),
            .set = numberOf(json.value("set"_L1), 1, 1),
            .place = textOf(json.value("place"_L1)),
            .checked = timeOf(json.value("checked"_L1)),
            .destroyed = timeOf(json.value("destroyed"_L1))};
}

QJsonObject toJson(const LibraryCopy &copy)
{
    QJsonObject json{{u"kind"_s, wordOf(copy.kind, copyWords)}, {u"set"_s, copy.set}};
    put(json, u"made"_s, timeText(copy.made));
    put(json, u"sheetId"_s, copy.sheetId);
    put(json, u"place"_s, copy.place);
    put(json, u"checked"_s, timeText(copy.checked));
    put(json, u"destroyed"_s, timeText(copy.destroyed));
    return json;
}

} // namespace

EntryDetails entryDetailsFromJson(const QString &json)
{
    QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
    EntryDetails details;
    object.remove("version"_L1);
    details.service = textOf(object.take("service"_L1));
    details.recoveryAddress = textOf(object.take("recoveryAddress"_L1));
    details.serverAccount = textOf(object.take("serverAccount"_L1));
    for (const QJsonValue &set : object.take("sets"_L1).toArray())
        details.sets.append(setFrom(set.toObject()));
    for (const QJsonValue &copy : object.take("copies"_L1).toArray())
        details.copies.append(copyFrom(copy.toObject()));
    for (const QJsonValue &need : object.take("needs"_L1).toArray()) {
        const QJsonObject fields = need.toObject();
        details.needs.append({.kind = valueOf(fields.value("kind"_L1), needWords),
                              .text = textOf(fields.value("text"_L1))});
    }
    const QJsonObject reminders = object.take("reminders"_L1).toObject();
    details.reminders = {.lowAt = numberOf(reminders.value("lowAt"_L1), 0, Reminders().lowAt),
                         .reviewMonths = numberOf(reminders.value("reviewMonths"_L1), 0,
                                                  Reminders().reviewMonths)};
    details.other = object;
    return details;
}

QString entryDetailsToJson(const EntryDetails &details)
{
    QJsonObject json = details.other;
    json.insert("version"_L1, 1);
    put(json, u"service"_s, details.service);
    put(json, u"recoveryAddress"_s, details.recoveryAddress);
    put(json, u"serverAccount"_s, details.serverAccount);
    QJsonArray sets;
    for (const SetDetails &set : details.sets)
        sets.append(toJson(set));
    json.insert("sets"_L1, sets);
    QJsonArray copies;
    for (const LibraryCopy &copy : details.copies)
        copies.append(toJson(copy));
    json.insert("copies"_L1, copies);
    QJsonArray needs;
    for (const Need &need : details.needs)
        needs.append(
            QJsonObject{{u"kind"_s, wordOf(need.kind, needWords)}, {u"text"_s, need.text}});
    json.insert("needs"_L1, needs);
    json.insert("reminders"_L1,
                QJsonObject{{u"lowAt"_s, details.reminders.lowAt},
                            {u"reviewMonths"_s, details.reminders.reviewMonths}});
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace Sparekey
