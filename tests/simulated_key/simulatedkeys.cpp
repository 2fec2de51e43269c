// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demodetails.h"
#include "tests/simulated_key/lentkey.h"

namespace Sparekey {

HardwareKeys::Transports simulatedKeys(const QStringList &folders)
{
    HardwareKeys::Transports transports;
    for (const QString &folder : folders)
        transports.push_back(
            std::make_shared<LentKey>(folder, static_cast<int>(transports.size()) + 1));
    return transports;
}

} // namespace Sparekey
