// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/printing/sentsheets.h"

#include "core/files/datafile.h"
#include "core/files/secretfile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Outcome = SentSheets::Outcome;

constexpr qsizetype mostEntries = 50;
constexpr qint64 largestFile = 64 * 1024;
constexpr std::array outcomes{std::pair{Outcome::Unknown, "unknown"_L1},
                              std::pair{Outcome::Good, "good"_L1},
                              std::pair{Outcome::Bad, "bad"_L1}};

QJsonObject toJson(const SentSheets::Entry &entry)
{
    const auto outcome = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto &known) {
        return known.first == entry.outcome;
    });
    return {{u"printer"_s, entry.sheet.job.printer},
            {u"job"_s, entry.sheet.job.id},
            {u"sent"_s, entry.sheet.sent.toUTC().toString(Qt::ISODate)},
            {u"printerTitle"_s, entry.sheet.printerTitle},
            {u"account"_s, entry.sheet.account},
            {u"librarySet"_s, entry.sheet.librarySet},
            {u"sheet"_s, entry.sheet.sheetId},
            {u"setUp"_s, entry.sheet.setUp},
            {u"outcome"_s, outcome->second},
            {u"inQueue"_s, entry.inQueue}};
}

std::optional<SentSheets::Entry> fromJson(const QJsonObject &object)
{
    SentSheets::Entry entry;
    entry.sheet.job = {.printer = object["printer"_L1].toString(), .id = object["job"_L1].toInt()};
    entry.sheet.sent = QDateTime::fromString(object["sent"_L1].toString(), Qt::ISODate);
    entry.sheet.printerTitle = object["printerTitle"_L1].toString();
    entry.sheet.account = object["account"_L1].toString();
    entry.sheet.librarySet = object["librarySet"_L1].toString();
    entry.sheet.sheetId = object["sheet"_L1].toString();
    // Earlier versions wrote no such member, and knew only recovery codes of accounts.
    entry.sheet.setUp = object["setUp"_L1].toBool(entry.sheet.account.isEmpty());
    entry.inQueue = object["inQueue"_L1].toBool(true);
    const QString name = object["outcome"_L1].toString();
    for (const auto &[outcome, known] : outcomes) {
        if (name == known)
            entry.outcome = outcome;
    }
    // Entries that could not be written back are dropped.
    if (entry.sheet.job.printer.isEmpty() || entry.sheet.job.id <= 0 || !entry.sheet.sent.isValid()
        || entry.sheet.sent.toUTC().toString(Qt::ISODate).isEmpty())
        return std::nullopt;
    return entry;
}

} // namespace

QList<SentSheets::Entry> sentSheetsFromJson(const QByteArray &json)
{
    QList<SentSheets::Entry> entries;
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const QJsonValue &value : array) {
        if (auto entry = fromJson(value.toObject()); entry && entries.size() < mostEntries)
            entries.append(std::move(*entry));
    }
    return entries;
}

QByteArray sentSheetsToJson(const QList<SentSheets::Entry> &entries)
{
    QJsonArray array;
    for (const SentSheets::Entry &entry : entries)
        array.append(toJson(entry));
    return QJsonDocument(array).toJson();
}

SentSheets::SentSheets(const QString &file)
    : m_file(file)
{
}

void SentSheets::load()
{
    const QMutexLocker lock(&m_mutex);
    if (m_file.isEmpty())
        return;
    const auto bytes = readDataFile(m_file, largestFile);
    if (!bytes)
        return;
    QList<Entry> entries = sentSheetsFromJson(*bytes);
    for (Entry &entry : entries) {
        if (m_entries.size() < mostEntries && !find(entry.sheet.job))
            m_entries.append(std::move(entry));
    }
}

bool SentSheets::add(const SentSheet &sheet)
{
    const QMutexLocker lock(&m_mutex);
    if (m_entries.size() >= mostEntries)
        m_entries.removeFirst();
    m_entries.append({.sheet = sheet, .beingAsked = true});
    return settle();
}

void SentSheets::setOutcome(const PrintJob &job, Outcome outcome)
{
    const QMutexLocker lock(&m_mutex);
    if (Entry *entry = find(job)) {
        entry->outcome = outcome;
        settle();
    }
}

void SentSheets::setGone(const PrintJob &job)
{
    const QMutexLocker lock(&m_mutex);
    if (Entry *entry = find(job)) {
        entry->inQueue = false;
        settle();
    }
}

void SentSheets::setBeingAsked(const PrintJob &job, bool asked)
{
    const QMutexLocker lock(&m_mutex);
    if (Entry *entry = find(job))
        entry->beingAsked = asked;
}

QList<SentSheets::Entry> SentSheets::all() const
{
    const QMutexLocker lock(&m_mutex);
    return m_entries;
}

bool SentSheets::anyInQueue() const
{
    const QMutexLocker lock(&m_mutex);
    return std::any_of(m_entries.cbegin(), m_entries.cend(),
                       [](const Entry &entry) { return entry.inQueue; });
}

SentSheets::Entry *SentSheets::find(const PrintJob &job)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &known) {
        return known.sheet.job.id == job.id && known.sheet.job.printer == job.printer;
    });
    return entry == m_entries.end() ? nullptr : &*entry;
}

bool SentSheets::settle()
{
    m_entries.removeIf(
        [](const Entry &entry) { return !entry.inQueue && entry.outcome != Outcome::Unknown; });
    if (m_file.isEmpty())
        return true;
    if (m_entries.isEmpty())
        return QFile::remove(m_file) || !dataFileExists(m_file);
    return makeDataFolder(m_file)
        && writeSecretFile(m_file, sentSheetsToJson(m_entries), ExistingFile::Replace);
}

} // namespace Sparekey
