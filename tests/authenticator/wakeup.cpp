// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/wakeup.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <vector>

namespace Sparekey {

WakeUp::WakeUp()
    : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

void WakeUp::wake() const
{
    (void)::eventfd_write(m_event.get(), 1);
}

void WakeUp::sleep(const int *descriptors, bool *ready, std::size_t count) const
{
    std::vector<pollfd> waited{{m_event.get(), POLLIN, 0}};
    for (std::size_t i = 0; i < count; ++i)
        waited.push_back({descriptors[i], POLLIN, 0});
    if (::poll(waited.data(), waited.size(), -1) < 0)
        return; // a signal; whoever sleeps looks around and sleeps again
    eventfd_t times = 0;
    if (waited.front().revents != 0)
        (void)::eventfd_read(m_event.get(), &times);
    for (std::size_t i = 0; i < count; ++i)
        ready[i] = waited[i + 1].revents != 0;
}

} // namespace Sparekey
