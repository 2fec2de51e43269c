// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/hidfront.h"
#include "tests/authenticator/portsocket.h"
#include "tests/authenticator/wakeup.h"

#include <QByteArray>

#include <atomic>
#include <memory>
#include <thread>

namespace Sparekey {

/// Lends a port to another process: a Unix socket, over which CTAPHID frames of 64 bytes go in
/// both directions, as over a hidraw node. The socket's file is there as long as the key is plugged
/// in; a connection ends when it is pulled out, and one program at a time is let in.
class HidSocket
{
public:
    /// @p port has to outlive this. Its socket is private to this user if its folder is.
    HidSocket(HidFront &port, QByteArray path);
    ~HidSocket();
    HidSocket(const HidSocket &) = delete;
    HidSocket &operator=(const HidSocket &) = delete;
    HidSocket(HidSocket &&) = delete;
    HidSocket &operator=(HidSocket &&) = delete;

private:
    void run();
    void lend(int session);
    void serve(const PortSocket &place, const Descriptor &connection, int session);
    [[nodiscard]] bool goesOn(int session) const;

    HidFront &m_port;
    const QByteArray m_path;
    const std::shared_ptr<WakeUp> m_wakeUp = std::make_shared<WakeUp>();
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

} // namespace Sparekey
