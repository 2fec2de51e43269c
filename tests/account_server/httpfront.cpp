// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/httpfront.h"

#include "tests/account_server/requestparser.h"

#include <QDateTime>
#include <QHostAddress>
#include <QLocale>
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
    case 413: return "Content Too Large"_ba;
    case 422: return "Unprocessable Entity"_ba;
    case 429: return "Too Many Requests"_ba;
    case 431: return "Request Header Fields Too Large"_ba;
    case 500: return "Internal Server Error"_ba;
    case 501: return "Not Implemented"_ba;
    case 505: return "HTTP Version Not Supported"_ba;
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

/// Serves one connection, one request after the other, and owns its socket.
class Connection : public QObject
{
public:
    Connection(QTcpSocket *socket, const HttpFront::Handler &handler, QObject *parent)
        : QObject(parent)
        , m_socket(socket)
        , m_handler(handler)
    {
        socket->setParent(this);
        connect(socket, &QTcpSocket::readyRead, this, &Connection::read);
        connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        read();
    }

private:
    void read()
    {
        m_parser.append(m_socket->readAll());
        takeNext();
    }

    void takeNext()
    {
        if (m_answering)
            return;
        if (const auto request = m_parser.next()) {
            m_answering = true;
            const Delivery delivery = m_handler(*request);
            const bool close = request->header("Connection"_ba).toLower() == "close";
            QTimer::singleShot(delivery.answer.delay, this,
                               [this, delivery, close] { deliver(delivery, close); });
        } else if (const auto refusal = m_parser.refusal()) {
            m_answering = true;
            deliver({.answer = {.status = *refusal}}, true);
        }
    }

    void deliver(const Delivery &delivery, bool closeAfterwards)
    {
        const QByteArray &body = delivery.answer.body;
        switch (delivery.ending) {
        case Ending::Whole:
            m_socket->write(headOf(delivery, body.size()) + body);
            if (closeAfterwards)
                m_socket->disconnectFromHost();
            break;
        case Ending::Dropped: reset(); break;
        case Ending::CutAndClosed:
        case Ending::CutAndReset:
            m_socket->write(headOf(delivery, body.size() + 64) + body.first(body.size() / 2));
            m_socket->flush();
            if (delivery.ending == Ending::CutAndReset) {
                // The client should read this half before the reset discards data in transit.
                QTimer::singleShot(std::chrono::milliseconds(50), this, [this] { reset(); });
            } else {
                m_socket->disconnectFromHost();
            }
            break;
        }
        if (delivery.sent)
            delivery.sent();
        if (delivery.ending == Ending::Whole && !closeAfterwards) {
            m_answering = false;
            takeNext();
        }
    }

    void reset()
    {
        // Zero linger time turns the close into a TCP reset, as if the machine had crashed.
        const linger now{.l_onoff = 1, .l_linger = 0};
        setsockopt(static_cast<int>(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
                   sizeof now);
        m_socket->abort();
    }

    QTcpSocket *m_socket;
    const HttpFront::Handler &m_handler; ///< Owned by the `HttpFront`, which is the parent.
    RequestParser m_parser;
    bool m_answering = false; ///< Stays true after the last answer: no more requests.
};

} // namespace

HttpFront::HttpFront(Handler handler)
    : m_handler(std::move(handler))
{
}

quint16 HttpFront::listenHttp(quint16 port)
{
    return listen(new QTcpServer(this), port);
}

quint16 HttpFront::listenHttps(quint16 port, const QSslConfiguration &tls)
{
    auto *server = new QSslServer(this);
    server->setSslConfiguration(tls);
    return listen(server, port);
}

quint16 HttpFront::listen(QTcpServer *server, quint16 port)
{
    connect(server, &QTcpServer::pendingConnectionAvailable, this, [this, server] {
        while (QTcpSocket *socket = server->nextPendingConnection())
            new Connection(socket, m_handler, this);
    });
    return server->listen(QHostAddress(QHostAddress::LocalHost), port) ? server->serverPort() : 0;
}

} // namespace Sparekey
