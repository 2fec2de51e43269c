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
    Whole,        ///< As it should be.
    Dropped,      ///< The connection is reset instead of an answer.
    CutAndClosed, ///< Half of the body, then an orderly end, with a larger Content-Length.
    CutAndReset,  ///< Half of the body, then a reset.
};

/// An answer, how it is sent, and what to do when it was.
struct Delivery
{
    Answer answer;
    Ending ending = Ending::Whole;
    std::function<void()> sent = {};
    std::chrono::seconds clockAhead{0}; ///< Of the true time, for `Date`.
};

/// The only part that knows sockets: cuts requests out of the bytes that come, asks the handler,
/// and writes the answer, broken if it has to be. Connections are kept (RFC 9112 §9.3), and a
/// request that comes before the last one was answered waits. Lives in the thread of the event
/// loop; listens on 127.0.0.1 only.
class HttpFront : public QObject
{
public:
    using Handler = std::function<Delivery(const HttpRequest &)>;
    explicit HttpFront(Handler handler);

    /// @return the port, or 0 if it could not be had. Port 0 takes a free one.
    [[nodiscard]] quint16 listenHttp(quint16 port);
    [[nodiscard]] quint16 listenHttps(quint16 port, const QSslConfiguration &tls);

private:
    quint16 listen(QTcpServer *server, quint16 port);

    Handler m_handler;
};

} // namespace Sparekey
