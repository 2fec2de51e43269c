// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/latelibrary/latelibrary.h"

#include <QLibrary>

#include <mutex>

namespace Sparekey {

namespace {

// Qt has a lock of its own for this, but ThreadSanitizer does not see it.
std::mutex oneAtATime;

} // namespace

bool LateLibrary::load() const
{
    const std::lock_guard lock(oneAtATime);
    // Qt keeps the library loaded after its object is gone.
    return QLibrary(QString::fromLatin1(m_name), m_version).load();
}

LateLibrary::Address LateLibrary::resolve(const char *function) const
{
    const std::lock_guard lock(oneAtATime);
    const auto address = QLibrary::resolve(QString::fromLatin1(m_name), m_version, function);
    if (!address)
        qFatal("lib%s has no function %s", m_name, function);
    return address;
}

} // namespace Sparekey
