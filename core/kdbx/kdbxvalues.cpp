// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxvalues.h"

#include "core/kdbx/octets.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype UuidSize = 16;
constexpr qint64 SecondsUntil1970 = 62'135'596'800; // from the first second of the year 1

} // namespace

std::optional<QByteArray> octetsFromBase64(QStringView text)
{
    QByteArray base64;
    base64.reserve(text.size());
    for (const QChar character : text) {
        if (character.unicode() > 0x7E)
            return std::nullopt;
        if (!character.isSpace())
            base64.append(static_cast<char>(character.unicode()));
    }
    auto decoded = QByteArray::fromBase64Encoding(std::move(base64),
                                                  QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return std::move(*decoded);
}

QString kdbxText(const QUuid &uuid)
{
    return QString::fromLatin1(uuid.toRfc4122().toBase64());
}

std::optional<QUuid> uuidFromText(QStringView text)
{
    const auto octets = octetsFromBase64(text);
    if (!octets || octets->size() != UuidSize)
        return std::nullopt;
    const QUuid uuid = QUuid::fromRfc4122(*octets);
    return uuid.isNull() ? std::nullopt : std::optional(uuid);
}

QString kdbxText(const QDateTime &time)
{
    QByteArray octets;
    appendNumber(octets, time.toSecsSinceEpoch() + SecondsUntil1970);
    return QString::fromLatin1(octets.toBase64());
}

std::optional<QDateTime> timeFromText(QStringView text)
{
    if (text.contains(u'-') || text.contains(u':')) {
        const auto time = QDateTime::fromString(text.toString(), Qt::ISODate);
        return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
    }
    const auto octets = octetsFromBase64(text);
    if (!octets || octets->size() != sizeof(qint64))
        return std::nullopt;
    const auto seconds = OctetReader(*octets).number<qint64>().value_or(-1);
    // The years 1 to 9999, the range of .NET dates, which KDBX uses.
    constexpr qint64 SecondsUntilYear10000 = 315'537'897'600;
    if (seconds < 0 || seconds >= SecondsUntilYear10000)
        return std::nullopt;
    return QDateTime::fromSecsSinceEpoch(seconds - SecondsUntil1970, QTimeZone::utc());
}

} // namespace Sparekey
