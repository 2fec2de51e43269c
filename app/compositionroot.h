// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/shell/appviewmodel.h"
#include "ui/shell/services.h"

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
    Services m_services;
    AppViewModel m_app;
};

} // namespace Sparekey
