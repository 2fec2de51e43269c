// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/lostnetwork.h"

#include <atomic>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::atomic<int> portNotReached = 0;
std::atomic<int> portNotRead = 0;
std::atomic<bool> missed = false;

int portOf(const sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return ntohs(reinterpret_cast<const sockaddr_in *>(address)->sin_port);
    if (address->sa_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(address)->sin6_port);
    return -1;
}

int noRoute()
{
    missed = true;
    errno = EHOSTUNREACH;
    return -1;
}

} // namespace

extern "C" [[gnu::visibility("default")]] int connect(int socket, const sockaddr *address,
                                                      socklen_t length)
{
    if (portNotReached != 0 && portNotReached == portOf(address))
        return noRoute();
    return static_cast<int>(syscall(SYS_connect, socket, address, length));
}

extern "C" [[gnu::visibility("default")]] ssize_t read(int file, void *bytes, std::size_t size)
{
    if (portNotRead != 0) {
        sockaddr_storage peer{};
        socklen_t length = sizeof peer;
        auto *address = reinterpret_cast<sockaddr *>(&peer);
        if (getpeername(file, address, &length) == 0 && portOf(address) == portNotRead) {
            portNotRead = 0;
            return noRoute();
        }
    }
    return syscall(SYS_read, file, bytes, size);
}

namespace Sparekey {

void loseNetworkAtConnect(quint16 port)
{
    portNotReached = port;
}

void loseNetworkAtAnswer(quint16 port)
{
    portNotRead = port;
}

bool restoreNetwork()
{
    portNotReached = 0;
    portNotRead = 0;
    return missed.exchange(false);
}

} // namespace Sparekey
