// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/httpfront.h"

#include <QDateTime>
#include <QHostAddress>
#include <QHttpServerRequest>
#include <QLocale>
#include <QMetaEnum>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK"_ba;
    case 204: return "No Content"_ba;
    case 302: return "Found"_ba;
    case 307: return "Temporary Redirect"_ba;
    case 308: return "Permanent Redirect"_ba;
    case 400: return "Bad Request"_ba;
    case 401: return "Unauthorized"_ba;
    case 403: return "Forbidden"_ba;
    case 404: return "Not Found"_ba;
    case 405: return "Method Not Allowed"_ba;
    case 422: return "Unprocessable Entity"_ba;
    case 429: return "Too Many Requests"_ba;
    case 500: return "Internal Server Error"_ba;
    default: return "Status"_ba;
    }
}

QByteArray httpDate(std::chrono::seconds ahead)
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc().addSecs(ahead.count()),
                  u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s)
        .toLatin1();
}

QByteArray headOf(const Delivery &delivery, qsizetype announcedLength)
{
    const Answer &answer = delivery.answer;
    QByteArray head = "HTTP/1.1 "_ba + QByteArray::number(answer.status) + ' '
        + reasonPhrase(answer.status) + "\r\nDate: "_ba + httpDate(delivery.clockAhead) + "\r\n"_ba;
    // RFC 9110 §8.6: a 204 has no Content-Length.
    if (answer.status != 204)
        head += "Content-Length: "_ba + QByteArray::number(announcedLength) + "\r\n"_ba;
    if (!answer.contentType.isEmpty())
        head += "Content-Type: "_ba + answer.contentType + "\r\n"_ba;
    for (const auto &[name, value] : answer.headers)
        head += name + ": "_ba + value + "\r\n"_ba;
    return head + "\r\n"_ba;
}

void reset(QTcpSocket *socket)
{
    // Zero linger time turns the close into a TCP reset, as of a machine that went away.
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
               sizeof now);
    socket->abort();
}

void deliver(QTcpSocket *socket, const Delivery &delivery, bool closeAfterwards)
{
    const QByteArray &body = delivery.answer.body;
    switch (delivery.ending) {
    case Ending::Whole:
        socket->write(headOf(delivery, body.size()) + body);
        if (closeAfterwards)
            socket->disconnectFromHost();
        break;
    case Ending::Dropped: reset(socket); break;
    case Ending::CutAndClosed:
    case Ending::CutAndReset:
        socket->write(headOf(delivery, body.size() + 64) + body.first(body.size() / 2));
        socket->flush();
        if (delivery.ending == Ending::CutAndReset) {
            // The half should have been read before the reset throws away what is under way.
            QTimer::singleShot(std::chrono::milliseconds(50), socket, [socket] { reset(socket); });
        } else {
            socket->disconnectFromHost();
        }
        break;
    }
    if (delivery.sent)
        delivery.sent();
}

HttpRequest cutOut(const QHttpServerRequest &request)
{
    const auto verbs = QMetaEnum::fromType<QHttpServerRequest::Method>();
    return HttpRequest{.verb = QByteArray(verbs.valueToKey(int(request.method()))).toUpper(),
                       .path = request.url().path(QUrl::FullyDecoded),
                       .query = request.url().query(QUrl::FullyEncoded),
                       .headers = request.headers(),
                       .body = request.body(),
                       .captures = {}};
}

} // namespace

HttpFront::HttpFront(Handler handler)
    : m_handler(std::move(handler))
{
}

quint16 HttpFront::listenHttp(quint16 port)
{
    return listen(QHostAddress(QHostAddress::LocalHost), port);
}

quint16 HttpFront::listenHttps(quint16 port, const QSslConfiguration &tls)
{
    auto *server = new QSslServer(this);
    server->setSslConfiguration(tls);
    if (!server->listen(QHostAddress(QHostAddress::LocalHost), port))
        return 0;
    bind(server);
    return server->serverPort();
}

bool HttpFront::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    const HttpRequest cut = cutOut(request);
    const Delivery delivery = m_handler(cut);
    const bool close = cut.header("Connection"_ba).toLower() == "close";
    // Never at once: closing the socket in here would take the request from under QtHttpServer.
    QTimer::singleShot(delivery.answer.delay, socket,
                       [socket, delivery, close] { deliver(socket, delivery, close); });
    return true;
}

void HttpFront::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Q_UNUSED(request)
    Q_UNUSED(socket)
}

} // namespace Sparekey
