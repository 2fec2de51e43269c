// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/hidsocket.h"

#include <sys/socket.h>

namespace Sparekey {

HidSocket::HidSocket(HidFront &port, QByteArray path)
    : m_port(port)
    , m_path(std::move(path))
{
    m_port.addListener([wakeUp = m_wakeUp] { wakeUp->wake(); });
    m_thread = std::thread([this] { run(); });
}

HidSocket::~HidSocket()
{
    m_stopping = true;
    m_wakeUp->wake();
    m_thread.join();
}

bool HidSocket::goesOn(int session) const
{
    return !m_stopping && m_port.session() == session;
}

void HidSocket::run()
{
    while (!m_stopping) {
        if (const auto session = m_port.session())
            lend(*session);
        else
            m_wakeUp->sleep();
    }
}

void HidSocket::lend(int session)
{
    const PortSocket place(m_path);
    while (goesOn(session)) {
        const auto [knocked] = m_wakeUp->sleep(std::array{place.descriptor()});
        if (!knocked || !goesOn(session))
            continue;
        const Descriptor connection = place.accept();
        if (!connection.isOpen())
            continue;
        const bool letIn = m_port.open();
        PortSocket::answer(connection, letIn);
        if (letIn)
            serve(place, connection, session);
    }
}

void HidSocket::serve(const PortSocket &place, const Descriptor &connection, int session)
{
    std::thread answers([&] {
        HidFront::Frame frame{};
        while (m_port.receive(frame, std::nullopt) == HidFront::Received::Frame
               && ::send(connection.get(), frame.data(), frame.size(), MSG_NOSIGNAL)
                   == static_cast<ssize_t>(frame.size())) {
        }
        ::shutdown(connection.get(), SHUT_RDWR);
    });
    HidFront::Frame frame{};
    std::size_t filled = 0;
    while (goesOn(session)) {
        const auto [readable,
                    knocked] = m_wakeUp->sleep(std::array{connection.get(), place.descriptor()});
        if (knocked) {
            if (PortSocket::hasHungUp(connection))
                break;
            PortSocket::answer(place.accept(), false);
        }
        if (!readable)
            continue;
        const ssize_t count = ::recv(connection.get(), frame.data() + filled, frame.size() - filled,
                                     0);
        if (count <= 0)
            break;
        filled += static_cast<std::size_t>(count);
        if (filled < frame.size())
            continue;
        filled = 0;
        if (!m_port.send(frame))
            break;
    }
    // Each of them wakes the other thread, wherever it waits.
    ::shutdown(connection.get(), SHUT_RDWR);
    m_port.close();
    answers.join();
}

} // namespace Sparekey
