// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/appviewmodel.h"
#include "ui/shell/services.h"

#include <QString>

namespace Sparekey {

/// One start of the program without its window: destroying it and making another with the same
/// file is a restart.
struct AppStart
{
    AppStart(const QString &settingsFile, const QString &keyringService)
        : services(settingsFile, keyringService, HardwareKeys::Transports())
        , app(services)
    {
    }

    Services services;
    AppViewModel app;
    AccountsViewModel &accounts = *app.accounts();
};

} // namespace Sparekey
