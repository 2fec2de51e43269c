// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/environment/environment.h"

#include <QString>
#include <QVariantMap>

namespace Sparekey {

/// What was asked for on the command line. No secret can be given there: every program of this
/// computer could read it.
struct StartOptions
{
    SelfHostedAddresses server; ///< empty base: as in the settings
    QString email;
    /// Say when the first frame and when the first page is on the screen, and end when the
    /// standard input closes.
    bool selfTest = false;
    /// Only in builds with SPAREKEY_DEMO: the details of a demo come through the standard input
    /// (see `readDemoDetails`).
    bool demoDetails = false;
};

/// Reads the command line, before any application object is made. Answers `--help` and
/// `--version`, and refuses options that it does not know: then the process ends here, without a
/// display.
[[nodiscard]] StartOptions parseStartOptions(int &argc, char **argv);

/// The part of the options that a running program can be asked for by a second start.
[[nodiscard]] QVariantMap toMap(const StartOptions &options);
/// Leaves out what it does not know.
[[nodiscard]] StartOptions startOptionsFromMap(const QVariantMap &map);

} // namespace Sparekey
