// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/startoptions.h"
#include "core/hardware/hardwarekeys.h"

#include <QString>
#include <QStringList>

namespace Sparekey {

/// What a demo or test gives the program to start with. Only in builds with SPAREKEY_DEMO.
struct DemoDetails
{
    StartOptions options; ///< Server and email.
    QString password;     ///< Of a demo account, so not a real secret.
    /// Folders through which software keys are provided, in addition to the system's keys.
    QStringList simulatedKeys;
};

/// Reads the standard input: one line, a JSON object whose members are all optional: `server`,
/// `caFile`, `email`, `password` and the array `simulatedKeys`.
[[nodiscard]] DemoDetails readDemoDetails();

/// The transports for those keys. Implemented in the tests (tests/simulated_key), because the
/// program itself has no simulated keys.
[[nodiscard]] HardwareKeys::Transports simulatedKeys(const QStringList &folders);

} // namespace Sparekey
