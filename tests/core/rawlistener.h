// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace Sparekey {

/// A port of this computer that counts who comes, keeps what they send, and answers every request
/// with the same bytes, be they HTTP or not.
class RawListener : public QTcpServer
{
public:
    explicit RawListener(QByteArray answer = {})
        : m_answer(std::move(answer))
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no free port");
        connect(this, &QTcpServer::newConnection, this, &RawListener::welcome);
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort()));
    }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] QList<QTcpSocket *> sockets() const { return m_sockets; }
    /// Heads and bodies, one behind the other.
    [[nodiscard]] QByteArray received() const { return m_received; }

    [[nodiscard]] bool hasAnswered() const { return m_answered; }

    void closeAfterAnswer() { m_closes = true; }

private:
    void welcome()
    {
        while (QTcpSocket *socket = nextPendingConnection()) {
            ++m_connections;
            m_sockets.append(socket);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
        }
    }

    void answer(QTcpSocket *socket)
    {
        const QByteArray bytes = socket->readAll();
        m_received += bytes;
        m_pending += bytes;
        const qsizetype head = m_pending.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        qsizetype length = 0;
        const qsizetype field = m_pending.toLower().indexOf("\r\ncontent-length:");
        if (field >= 0 && field < head)
            length = m_pending.mid(field + 17, m_pending.indexOf("\r\n", field + 2) - field - 17)
                         .trimmed()
                         .toLongLong();
        if (m_pending.size() < head + 4 + length)
            return;
        m_pending.clear();
        socket->write(m_answer);
        m_answered = true;
        if (m_closes)
            socket->disconnectFromHost();
    }

    QByteArray m_answer;
    QByteArray m_received;
    QByteArray m_pending; // of the request that is coming in; one client at a time
    QList<QTcpSocket *> m_sockets;
    int m_connections = 0;
    bool m_answered = false;
    bool m_closes = false;
};

} // namespace Sparekey
