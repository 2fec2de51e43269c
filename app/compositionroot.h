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
    /// The parameters are those of `Services`.
    CompositionRoot(const QString &settingsFile, const QString &keyringService,
                    HardwareKeys::Transports keys);

    [[nodiscard]] AppViewModel &app() { return m_app; }

    /// Loads the window into `engine`, which must be destroyed before this object. False if the
    /// window could not be created.
    [[nodiscard]] bool load(QQmlApplicationEngine &engine);

private:
    Services m_services;
    AppViewModel m_app;
};

} // namespace Sparekey
