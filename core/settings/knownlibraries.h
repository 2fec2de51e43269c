// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/settingsfile.h"

#include <QString>
#include <QStringList>

namespace Sparekey {

/// Where the libraries of recovery codes are that this computer has opened; nothing of what is in
/// them. One small file beside the settings (`SettingsFile`). GUI thread.
class KnownLibraries
{
public:
    /// Older ones are forgotten.
    static constexpr qsizetype most = 10;

    explicit KnownLibraries(const QString &settingsFile);

    /// Paths, the one that was opened last first.
    [[nodiscard]] QStringList paths() const;
    /// It was opened.
    void note(const QString &path);
    void forget(const QString &path);

private:
    SettingsFile m_file;
};

} // namespace Sparekey
