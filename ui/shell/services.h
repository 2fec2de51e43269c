// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/accountstore.h"
#include "core/account/deviceidentity.h"
#include "core/hardware/hardwarekeys.h"
#include "core/http/proxylogins.h"
#include "core/inventory/keyinventory.h"
#include "core/keyring/keyring.h"
#include "core/library/keyringunlock.h"
#include "core/library/library.h"
#include "core/printing/printservice.h"
#include "core/settings/knownlibraries.h"
#include "core/settings/libraryevents.h"
#include "core/settings/settings.h"
#include "ui/desktop/colorscheme.h"
#include "ui/desktop/textscale.h"
#include "ui/library/accountcodekeeper.h"

#include <QString>

namespace Sparekey {

/// The services that the view-models use, one of each per process. Made by `app`; must outlive the
/// view-models. GUI thread; needs a QGuiApplication.
struct Services
{
    /// All files are beside the settings file. The keyring lists the program's entries under
    /// `keyringService`; `transports` are the connections to security keys.
    Services(const QString &settingsFile, const QString &keyringService,
             HardwareKeys::Transports transports);

    Settings settings;
    Keyring keyring;
    DeviceIdentity identity;
    AccountStore store;
    PrintService printing;
    HardwareKeys keys;
    KeyInventory inventory;
    Library library;
    KnownLibraries libraries;
    LibraryEvents libraryEvents;
    AccountCodeKeeper codeKeeper;
    KeyringUnlock keyringUnlock;
    ProxyLogins &proxyLogins = ProxyLogins::ofProcess();
    ColorScheme colorScheme;
    TextScale textScale;
};

} // namespace Sparekey
