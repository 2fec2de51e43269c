// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/accountstore.h"
#include "core/account/deviceidentity.h"
#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "core/keyring/keyring.h"
#include "core/printing/printservice.h"
#include "core/settings/settings.h"
#include "ui/desktop/colorscheme.h"
#include "ui/shell/appviewmodel.h"

#include <QString>

class QQmlApplicationEngine;

namespace Sparekey {

/// Builds the services and the view-models on top of them; the only place that knows them all.
/// Needs a QGuiApplication, and must live as long as the window.
class CompositionRoot
{
public:
    /// `keys` are the ways to security keys: those of the system, or of a demo. `keyringService` as
    /// `Keyring` takes it.
    explicit CompositionRoot(const QString &settingsFile,
                             HardwareKeys::Transports keys = HardwareKeys::systemTransports(),
                             const QString &keyringService = QStringLiteral("sparekey"));

    [[nodiscard]] AppViewModel &app() { return m_app; }

    /// Loads the window into `engine`, which must be destroyed before this object. False if the
    /// window could not be made.
    [[nodiscard]] bool load(QQmlApplicationEngine &engine);

private:
    Settings m_settings;
    Keyring m_keyring;
    DeviceIdentity m_identity;
    AccountStore m_store;
    ColorScheme m_colorScheme;
    PrintService m_printing;
    HardwareKeys m_keys;
    KeyInventory m_inventory;
    AppViewModel m_app;
};

} // namespace Sparekey
