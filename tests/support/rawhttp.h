// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>

#include <chrono>

namespace Sparekey {

/// The answer as received on a plain socket, complete or not.
struct RawAnswer
{
    enum class End {
        Complete, ///< As many bytes as `Content-Length` announced.
        Closed,   ///< The server closed the connection normally before that.
        Reset,    ///< The connection was reset.
        TimedOut,
    };
    End end = End::TimedOut;
    int status = 0; ///< 0 if the header section did not arrive.
    QList<QPair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};

    [[nodiscard]] QByteArray header(const QByteArray &name) const; ///< In any letter case.
    [[nodiscard]] QJsonObject json() const;
};

struct RawRequest
{
    QByteArray verb = QByteArrayLiteral("GET");
    QByteArray path;
    QList<QPair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
};

/// Sends one request to 127.0.0.1 over a plain socket and waits for the end of the answer. Blocks
/// without an event loop. For tests that have to see each byte, and for the control interface of
/// the account server. Unlike an HTTP client, it hides nothing and does not retry.
[[nodiscard]] RawAnswer exchange(quint16 port, const RawRequest &request,
                                 std::chrono::milliseconds timeout = std::chrono::seconds(20));

} // namespace Sparekey
