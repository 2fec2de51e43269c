// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/http/answerheaders.h"

#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Sparekey {

// Qt's own parser of such dates does not accept "GMT" as a zone.
QDateTime httpDate(const QByteArray &value)
{
    const auto date = QLocale::c().toDateTime(QString::fromLatin1(value.trimmed()),
                                              u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    return QDateTime(date.date(), date.time(), QTimeZone::utc());
}

std::chrono::seconds retryAfter(const QByteArray &value, const QDateTime &serverTime)
{
    bool isNumber = false;
    qint64 seconds = value.trimmed().toLongLong(&isNumber);
    if (!isNumber) {
        const auto until = httpDate(value);
        if (!until.isValid())
            return {};
        const auto from = serverTime.isValid() ? serverTime : QDateTime::currentDateTimeUtc();
        seconds = from.secsTo(until);
    }
    return std::chrono::seconds(qBound(qint64(0), seconds, qint64(3600)));
}

} // namespace Sparekey
