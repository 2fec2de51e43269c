// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/environment/environment.h"

#include <QString>
#include <QVariantMap>

namespace Sparekey {

/// The options of the command line. No secret can be given there, because every program on this
/// computer could read it.
struct StartOptions
{
    SelfHostedAddresses server; ///< empty base: as in the settings
    QString email;
    /// Print when the first frame and when the first page is on the screen, and end when the
    /// standard input closes.
    bool selfTest = false;
    /// Only in builds with SPAREKEY_DEMO: the details of a demo are read from the standard input
    /// (see `readDemoDetails`).
    bool demoDetails = false;
};

/// Reads the command line, before any application object is made. Answers `--help` and
/// `--version`, and refuses options that it does not know: then the process ends here, without a
/// display.
[[nodiscard]] StartOptions parseStartOptions(int &argc, char **argv);

/// The options that a second start can pass to the running program.
[[nodiscard]] QVariantMap toMap(const StartOptions &options);
/// Ignores unknown entries.
[[nodiscard]] StartOptions startOptionsFromMap(const QVariantMap &map);

} // namespace Sparekey
