// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/latelibrary/latelibrary.h"

#include <QLibrary>

namespace Sparekey {

bool LateLibrary::load() const
{
    // Qt keeps the library loaded after its object is gone.
    return QLibrary(QString::fromLatin1(m_name), m_version).load();
}

LateLibrary::Address LateLibrary::resolve(const char *function) const
{
    const auto address = QLibrary::resolve(QString::fromLatin1(m_name), m_version, function);
    if (!address)
        qFatal("lib%s has no function %s", m_name, function);
    return address;
}

} // namespace Sparekey
