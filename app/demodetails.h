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
    QString password;     ///< Of a demo account, which protects nothing.
    /// Folders in which keys made of software are lent; they are there beside those of the system.
    QStringList simulatedKeys;
};

/// Reads the standard input: one line, a JSON object of which every member may be missing:
/// `server`, `caFile`, `email`, `password` and the array `simulatedKeys`.
[[nodiscard]] DemoDetails readDemoDetails();

/// The ways to those keys. Comes from the tests (tests/simulated_key), as the program itself
/// contains no such thing.
[[nodiscard]] HardwareKeys::Transports simulatedKeys(const QStringList &folders);

} // namespace Sparekey
