// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/hidfront.h"

#include <QByteArray>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace Sparekey {

/// A key's port as a device of the system, which libfido2 opens and reads by itself as it does
/// hidraw devices: a pseudo terminal that carries reports as they are. Reports to the key have
/// their number in front, those from it have none.
class HidTerminal
{
public:
    explicit HidTerminal(std::shared_ptr<HidFront> port)
        : m_port(std::move(port))
        , m_master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        if (m_master < 0 || ::grantpt(m_master) != 0 || ::unlockpt(m_master) != 0)
            qFatal("no pseudo terminal");
        m_path = ::ptsname(m_master);
        termios settings{};
        ::tcgetattr(m_master, &settings);
        ::cfmakeraw(&settings);
        settings.c_cc[VMIN] = std::tuple_size_v<HidFront::Frame>; // a whole report at a time
        settings.c_cc[VTIME] = 0;
        ::tcsetattr(m_master, TCSANOW, &settings);
        // Without it the terminal hangs up whenever a program has closed the device.
        m_keptOpen = ::open(m_path.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (!m_port->open())
            qFatal("the port is in use");
        m_toKey = std::thread([this] { carryToKey(); });
        m_fromKey = std::thread([this] { carryFromKey(); });
    }
    ~HidTerminal()
    {
        pullOut();
        m_port->close();
    }
    HidTerminal(const HidTerminal &) = delete;
    HidTerminal &operator=(const HidTerminal &) = delete;

    [[nodiscard]] const QByteArray &path() const { return m_path; }

    /// The device is gone, and whoever has it open is told. By the thread that made this.
    void pullOut()
    {
        if (m_gone.exchange(true))
            return;
        m_port->unplug();
        m_toKey.join();
        m_fromKey.join();
        ::close(m_keptOpen);
        ::close(m_master);
    }

private:
    static constexpr int step = 20; // ms

    void carryToKey()
    {
        std::array<unsigned char, std::tuple_size_v<HidFront::Frame> + 1> report{};
        std::size_t got = 0;
        while (!m_gone) {
            pollfd waited{m_master, POLLIN, 0};
            if (::poll(&waited, 1, step) <= 0)
                continue;
            const ssize_t count = ::read(m_master, report.data() + got, report.size() - got);
            if (count <= 0)
                return;
            got += static_cast<std::size_t>(count);
            if (got < report.size())
                continue;
            got = 0;
            HidFront::Frame frame{};
            std::memcpy(frame.data(), report.data() + 1, frame.size());
            (void)m_port->send(frame);
        }
    }

    void carryFromKey()
    {
        HidFront::Frame frame{};
        while (!m_gone) {
            const auto received = m_port->receive(frame, std::chrono::milliseconds(step));
            if (received == HidFront::Received::Gone)
                return;
            if (received == HidFront::Received::Frame
                && ::write(m_master, frame.data(), frame.size()) < 0)
                return;
        }
    }

    std::shared_ptr<HidFront> m_port;
    int m_master;
    int m_keptOpen = -1;
    QByteArray m_path;
    std::atomic<bool> m_gone = false;
    std::thread m_toKey;
    std::thread m_fromKey;
};

} // namespace Sparekey
