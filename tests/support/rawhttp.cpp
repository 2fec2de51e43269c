// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/rawhttp.h"

#include <QJsonDocument>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

class Socket
{
public:
    Socket()
        : m_descriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
    }
    ~Socket() { close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(Socket)

    [[nodiscard]] bool connectTo(quint16 port, std::chrono::milliseconds timeout) const
    {
        const timeval limit{.tv_sec = timeout.count() / 1000,
                            .tv_usec = (timeout.count() % 1000) * 1000};
        setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }

    [[nodiscard]] bool sendAll(QByteArrayView bytes) const
    {
        while (!bytes.isEmpty()) {
            const ssize_t sent = send(m_descriptor, bytes.data(), size_t(bytes.size()),
                                      MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes = bytes.sliced(sent);
        }
        return true;
    }

    /// @return the number of bytes, 0 at the end, -1 with errno.
    [[nodiscard]] ssize_t receiveInto(QByteArray &bytes) const
    {
        std::array<char, 65536> buffer{};
        const ssize_t count = recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (count > 0)
            bytes.append(buffer.data(), count);
        return count;
    }

private:
    int m_descriptor;
};

QByteArray wireForm(const RawRequest &request)
{
    QByteArray bytes = request.verb + ' ' + request.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"_ba;
    for (const auto &[name, value] : request.headers)
        bytes += name + ": "_ba + value + "\r\n"_ba;
    if (!request.body.isEmpty())
        bytes += "Content-Length: "_ba + QByteArray::number(request.body.size()) + "\r\n"_ba;
    return bytes + "\r\n"_ba + request.body;
}

void readHead(const QByteArray &head, RawAnswer &answer)
{
    const auto lines = head.split('\n');
    answer.status = lines.first().mid(9, 3).toInt();
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            answer.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
    }
}

} // namespace

QByteArray RawAnswer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QJsonObject RawAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

RawAnswer exchange(quint16 port, const RawRequest &request, std::chrono::milliseconds timeout)
{
    RawAnswer answer;
    const Socket socket;
    if (!socket.connectTo(port, timeout) || !socket.sendAll(wireForm(request))) {
        answer.end = RawAnswer::End::Reset;
        return answer;
    }
    QByteArray head;
    QByteArray &body = answer.body;
    for (;;) {
        if (answer.status == 0) {
            const qsizetype end = head.indexOf("\r\n\r\n");
            if (end >= 0) {
                readHead(head.first(end), answer);
                body = head.sliced(end + 4);
            }
        }
        if (answer.status != 0 && body.size() >= answer.header("Content-Length"_ba).toLongLong()) {
            answer.end = RawAnswer::End::Complete;
            return answer;
        }
        const ssize_t count = socket.receiveInto(answer.status == 0 ? head : body);
        if (count > 0)
            continue;
        if (count == 0)
            answer.end = RawAnswer::End::Closed;
        else
            answer.end = errno == ECONNRESET ? RawAnswer::End::Reset : RawAnswer::End::TimedOut;
        return answer;
    }
}

} // namespace Sparekey
