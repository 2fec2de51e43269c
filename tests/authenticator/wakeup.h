// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/descriptor.h"

#include <array>
#include <cstddef>

namespace Sparekey {

/// Wakes a thread that sleeps until something can be read.
class WakeUp
{
public:
    WakeUp();

    /// From any thread. Is not lost if nobody sleeps yet.
    void wake() const;

    /// Sleeps until one of @p descriptors can be read or has ended, or until it is woken. One that
    /// is not open is waited for in vain. @return for each whether there is something
    template<std::size_t Count>
    std::array<bool, Count> sleep(const std::array<int, Count> &descriptors) const
    {
        std::array<bool, Count> ready{};
        sleep(descriptors.data(), ready.data(), Count);
        return ready;
    }
    void sleep() const { sleep(nullptr, nullptr, 0); }

private:
    void sleep(const int *descriptors, bool *ready, std::size_t count) const;

    Descriptor m_event;
};

} // namespace Sparekey
