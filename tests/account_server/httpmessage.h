// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <chrono>

namespace Sparekey {

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

/// One request as it came in, already cut out of the stream of bytes.
struct HttpRequest
{
    QByteArray verb;     ///< "GET", "POST", …
    QString path;        ///< Decoded, with the base path of the server still in front.
    QString query;       ///< What stands behind the question mark, as it was sent.
    HttpHeaders headers; ///< In the order they came.
    QByteArray body;
    QStringList captures; ///< What stood where the pattern of the route has `{}`.

    /// The value of the first header of that name; names have no letter case (RFC 9110 §5.1).
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }

    /// The body as a JSON object; an empty object if it is none.
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// One answer, before it is put on the wire. `Content-Length` is made on the way out.
struct Answer
{
    int status = 200;
    QByteArray contentType = {}; ///< Left out when empty.
    QByteArray body = {};
    HttpHeaders headers = {};
    std::chrono::milliseconds delay{0}; ///< How long the server thinks before it answers.
};

inline Answer jsonAnswer(const QJsonObject &object, int status = 200)
{
    return Answer{.status = status,
                  .contentType = QByteArrayLiteral("application/json; charset=utf-8"),
                  .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

} // namespace Sparekey
