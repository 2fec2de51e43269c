// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/requestlog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

qint64 nowUs()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

quint64 RequestLog::begin(const HttpRequest &request)
{
    QStringList names;
    for (const auto &[name, value] : request.headers)
        names.append(QString::fromLatin1(name));
    m_entries.push_back({.number = m_next,
                         .verb = request.verb,
                         .path = request.path,
                         .headerNames = names,
                         .startUs = nowUs(),
                         .endUs = std::nullopt});
    return m_next++;
}

void RequestLog::end(quint64 number, int status)
{
    const auto entry = std::ranges::find(m_entries, number, &Entry::number);
    if (entry == m_entries.end())
        return;
    entry->endUs = nowUs();
    entry->status = status;
}

void RequestLog::clear()
{
    m_entries.clear();
}

QJsonArray RequestLog::asJson() const
{
    QJsonArray array;
    for (const Entry &entry : m_entries) {
        array.append(QJsonObject{
            {u"method"_s, QString::fromLatin1(entry.verb)},
            {u"path"_s, entry.path},
            {u"startUs"_s, entry.startUs},
            {u"endUs"_s, entry.endUs ? QJsonValue(*entry.endUs) : QJsonValue(QJsonValue::Null)},
            {u"status"_s, entry.endUs ? QJsonValue(entry.status) : QJsonValue(QJsonValue::Null)},
            {u"headers"_s, QJsonArray::fromStringList(entry.headerNames)},
        });
    }
    return array;
}

} // namespace Sparekey
