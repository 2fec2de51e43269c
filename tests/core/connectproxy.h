// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayList>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

namespace Sparekey {

/// An HTTP proxy on this computer that makes tunnels (RFC 9110, 9.3.6), for those who sign in with
/// `user` and `password`, or for everybody. All hosts that it is asked for are this computer. While
/// it exists, the connections of the process go through it, but for those that name this computer.
class ConnectProxy : public QTcpServer
{
public:
    explicit ConnectProxy(const QByteArray &user = {}, const QByteArray &password = {})
        : m_wanted(user.isEmpty() ? QByteArray() : QByteArray(user + ':' + password).toBase64())
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no free port");
        connect(this, &QTcpServer::newConnection, this, &ConnectProxy::welcome);
        QNetworkProxy::setApplicationProxy(
            {QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), serverPort()});
    }
    ~ConnectProxy() override { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); }
    Q_DISABLE_COPY_MOVE(ConnectProxy)

    [[nodiscard]] QString name() const { return QStringLiteral("127.0.0.1:%1").arg(serverPort()); }
    [[nodiscard]] int tunnels() const { return m_tunnels; }
    /// User names and passwords, as they came.
    [[nodiscard]] const QByteArrayList &refused() const { return m_refused; }

private:
    void welcome()
    {
        while (QTcpSocket *client = nextPendingConnection())
            connect(client, &QTcpSocket::readyRead, this, [this, client] { readHead(client); });
    }

    void readHead(QTcpSocket *client)
    {
        const QByteArray head = client->peek(client->bytesAvailable());
        const qsizetype end = head.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        client->skip(end + 4);
        if (!m_wanted.isEmpty() && !head.contains(QByteArray("Basic " + m_wanted + "\r\n"))) {
            const qsizetype login = head.indexOf("Basic ");
            if (login >= 0)
                m_refused.append(QByteArray::fromBase64(
                    head.sliced(login + 6, head.indexOf("\r\n", login) - login - 6)));
            client->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                          "Proxy-Authenticate: Basic realm=\"Sparekey test\"\r\n"
                          "Content-Length: 0\r\n\r\n");
            return;
        }
        ++m_tunnels;
        const QByteArray target = head.split(' ').value(1);
        auto *server = new QTcpSocket(client);
        server->setProxy(QNetworkProxy::NoProxy);
        client->disconnect(this);
        connect(server, &QTcpSocket::connected, client,
                [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
        connect(server, &QTcpSocket::readyRead, client,
                [client, server] { client->write(server->readAll()); });
        connect(client, &QTcpSocket::readyRead, server,
                [client, server] { server->write(client->readAll()); });
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost),
                              target.sliced(target.lastIndexOf(':') + 1).toUShort());
    }

    QByteArray m_wanted; ///< Base64; empty for everybody.
    int m_tunnels = 0;
    QByteArrayList m_refused;
};

} // namespace Sparekey
