// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/sessionbus.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sparekey {

bool hasSessionBus()
{
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (!folder.isEmpty() && QFileInfo::exists(folder + "/bus"_L1));
}

} // namespace Sparekey
