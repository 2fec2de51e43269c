// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/hidfront.h"

#include <QByteArray>

#include <atomic>
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
    [[nodiscard]] int listenThere() const;
    void serve(int connection);

    HidFront &m_port;
    const QByteArray m_path;
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

} // namespace Sparekey
