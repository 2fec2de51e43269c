// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/hidsocket.h"

#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace Sparekey {

namespace {

/// How soon a change is noticed.
constexpr auto pulse = 20ms;

bool isReadable(int descriptor)
{
    pollfd entry{.fd = descriptor, .events = POLLIN, .revents = 0};
    return poll(&entry, 1, static_cast<int>(pulse.count())) > 0;
}

} // namespace

HidSocket::HidSocket(HidFront &port, QByteArray path)
    : m_port(port)
    , m_path(std::move(path))
    , m_thread([this] { run(); })
{
}

HidSocket::~HidSocket()
{
    m_stopping = true;
    m_thread.join();
}

int HidSocket::listenThere() const
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (m_path.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        qFatal("the path of the socket is too long");
    std::memcpy(address.sun_path, m_path.constData(), static_cast<std::size_t>(m_path.size()));
    unlink(m_path.constData());
    const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || listen(descriptor, 4) != 0)
        qFatal("the socket of the software key cannot be made");
    return descriptor;
}

void HidSocket::run()
{
    int listener = -1;
    const auto stopListening = [this, &listener] {
        if (listener < 0)
            return;
        unlink(m_path.constData());
        close(listener);
        listener = -1;
    };
    while (!m_stopping) {
        if (!m_port.isPluggedIn()) {
            stopListening();
            std::this_thread::sleep_for(pulse);
            continue;
        }
        if (listener < 0)
            listener = listenThere();
        if (!isReadable(listener))
            continue;
        const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        if (m_port.open()) {
            serve(connection);
            m_port.close();
        }
        close(connection);
    }
    stopListening();
}

void HidSocket::serve(int connection)
{
    std::atomic<bool> over{false};
    std::thread answers([&] {
        HidFront::Frame frame{};
        while (!over) {
            const auto received = m_port.receive(frame, pulse);
            if (received == HidFront::Received::Gone)
                break;
            if (received == HidFront::Received::Frame
                && send(connection, frame.data(), frame.size(), MSG_NOSIGNAL)
                    != static_cast<ssize_t>(frame.size()))
                break;
        }
        over = true;
    });
    HidFront::Frame frame{};
    std::size_t filled = 0;
    while (!over && !m_stopping) {
        if (!isReadable(connection))
            continue;
        const ssize_t count = recv(connection, frame.data() + filled, frame.size() - filled, 0);
        if (count <= 0)
            break;
        filled += static_cast<std::size_t>(count);
        if (filled < frame.size())
            continue;
        filled = 0;
        if (!m_port.send(frame))
            break;
    }
    over = true;
    answers.join();
}

} // namespace Sparekey
