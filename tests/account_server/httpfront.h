// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <QObject>
#include <QSslConfiguration>

#include <functional>

class QTcpServer;

namespace Sparekey {

/// How the bytes of an answer reach the client.
enum class Ending {
    Whole,        ///< Complete.
    Dropped,      ///< The connection is reset instead of an answer.
    CutAndClosed, ///< Half of the body, then a normal close; Content-Length is larger.
    CutAndReset,  ///< Half of the body, then a reset.
};

/// An answer, how it is sent, and a callback for when it was sent.
struct Delivery
{
    Answer answer;
    Ending ending = Ending::Whole;
    std::function<void()> sent = {};
    std::chrono::seconds clockAhead{0}; ///< Offset of the time in `Date`.
};

/// The only part that uses sockets: parses requests, calls the handler, and writes the answer, with
/// a fault if requested. Connections are persistent (RFC 9112 §9.3). A request that arrives before
/// the last answer was sent waits. Runs in the thread of the event loop; listens on 127.0.0.1
/// only.
class HttpFront : public QObject
{
public:
    using Handler = std::function<Delivery(const HttpRequest &)>;
    explicit HttpFront(Handler handler);

    /// @return the port, or 0 if listening failed. Port 0 selects a free port.
    [[nodiscard]] quint16 listenHttp(quint16 port);
    [[nodiscard]] quint16 listenHttps(quint16 port, const QSslConfiguration &tls);

private:
    quint16 listen(QTcpServer *server, quint16 port);

    Handler m_handler;
};

} // namespace Sparekey
