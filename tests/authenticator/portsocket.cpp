// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/portsocket.h"

#include <QString>

#include <cstdio>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace Sparekey {

namespace {

constexpr char LetIn = 1;
constexpr char NotLetIn = 0;

std::optional<sockaddr_un> addressOf(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return {};
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    return address;
}

Descriptor newSocket()
{
    return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

} // namespace

PortSocket::PortSocket(QByteArray path)
    : m_path(std::move(path))
    , m_listener(newSocket())
{
    // Whoever sees the file finds somebody behind it.
    const QByteArray unfinished = m_path + ".new";
    const auto address = addressOf(unfinished);
    if (!address)
        qFatal("the path of a socket is too long: %s", m_path.constData());
    ::unlink(unfinished.constData());
    if (::bind(m_listener.get(), reinterpret_cast<const sockaddr *>(&*address), sizeof *address)
            != 0
        || ::listen(m_listener.get(), 4) != 0
        || std::rename(unfinished.constData(), m_path.constData()) != 0)
        qFatal("there can be no socket at %s", m_path.constData());
}

PortSocket::~PortSocket()
{
    ::unlink(m_path.constData());
}

Descriptor PortSocket::accept() const
{
    return Descriptor(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
}

void PortSocket::answer(const Descriptor &connection, bool letIn)
{
    // Should it fail, the program has gone, which is seen later.
    (void)::send(connection.get(), letIn ? &LetIn : &NotLetIn, 1, MSG_NOSIGNAL);
}

bool PortSocket::hasHungUp(const Descriptor &connection)
{
    pollfd look{.fd = connection.get(), .events = POLLRDHUP, .revents = 0};
    return ::poll(&look, 1, 0) > 0;
}

tl::expected<Descriptor, PortSocket::Refusal> PortSocket::connectTo(const QByteArray &path)
{
    const auto address = addressOf(path);
    Descriptor connection = newSocket();
    char answer = NotLetIn;
    if (!address
        || ::connect(connection.get(), reinterpret_cast<const sockaddr *>(&*address),
                     sizeof *address)
            != 0
        || ::recv(connection.get(), &answer, 1, 0) != 1)
        return tl::unexpected(Refusal::Gone);
    if (answer != LetIn)
        return tl::unexpected(Refusal::Held);
    return connection;
}

} // namespace Sparekey
