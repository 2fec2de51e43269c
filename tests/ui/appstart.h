// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/appviewmodel.h"

#include <QString>

namespace Sparekey {

/// One start of the program without its window: destroying it and making another with the same
/// file is a restart.
struct AppStart
{
    AppStart(const QString &settingsFile, const QString &service)
        : settings(settingsFile)
        , keyring(service)
        , identity(settings)
        , store(settings, keyring, identity)
        , inventory(KeyInventory::fileBeside(settingsFile))
        , app(settings, identity, store, colorScheme, printing, keys, inventory)
    {
    }

    Settings settings;
    Keyring keyring;
    DeviceIdentity identity;
    AccountStore store;
    ColorScheme colorScheme;
    PrintService printing;
    HardwareKeys keys{HardwareKeys::Transports()};
    KeyInventory inventory;
    AppViewModel app;
};

} // namespace Sparekey
