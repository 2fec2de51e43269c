// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/latelibrary/latelibrary.h"

#include <QLibrary>

#include <cstdlib>
#include <mutex>
#include <utility>

namespace Sparekey {

namespace {

// Qt has a lock of its own for this, but ThreadSanitizer does not see it.
std::mutex oneAtATime;

} // namespace

bool LateLibrary::load() const
{
    const std::lock_guard lock(oneAtATime);
    // Qt keeps the library loaded after this object is gone.
    QLibrary library(QString::fromLatin1(m_name), m_version);
    if (!library.load())
        return false;
    for (const auto *function = m_functions; function; function = function->m_next) {
        if (function->m_address.load(std::memory_order_relaxed))
            continue;
        const auto address = library.resolve(function->m_name);
        if (!address)
            return false;
        function->m_address.store(address, std::memory_order_release);
    }
    return true;
}

LateFunctionBase::LateFunctionBase(const LateLibrary &library, const char *name)
    : m_library(library)
    , m_name(name)
    , m_next(std::exchange(library.m_functions, this))
{
}

LateFunctionBase::Address LateFunctionBase::address() const
{
    auto address = m_address.load(std::memory_order_acquire);
    if (!address) {
        if (!m_library.load())
            std::abort();
        address = m_address.load(std::memory_order_acquire);
    }
    return address;
}

} // namespace Sparekey
