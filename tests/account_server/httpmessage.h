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

/// One parsed request.
struct HttpRequest
{
    QByteArray verb;     ///< "GET", "POST", …
    QString path;        ///< Decoded, including the base path of the server.
    QString query;       ///< The part after the question mark, not decoded.
    HttpHeaders headers; ///< In the received order.
    QByteArray body;
    QStringList captures; ///< The parts of the path that match `{}` in the route's pattern.

    /// The value of the first header with this name; names are case-insensitive (RFC 9110 §5.1).
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }

    /// The body as a JSON object; empty if it is not one.
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// One answer, before it is sent. `Content-Length` is added when it is sent.
struct Answer
{
    int status = 200;
    QByteArray contentType = {}; ///< No header if empty.
    QByteArray body = {};
    HttpHeaders headers = {};
    std::chrono::milliseconds delay{0}; ///< How long the server waits before it answers.
};

inline Answer jsonAnswer(const QJsonObject &object, int status = 200)
{
    return Answer{.status = status,
                  .contentType = QByteArrayLiteral("application/json; charset=utf-8"),
                  .body = QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

} // namespace Sparekey
