// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/settingsfile.h"

#include <QDateTime>
#include <QMap>
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
    /// When it was opened last; invalid if that is not known.
    [[nodiscard]] QDateTime opened(const QString &path) const;
    /// It was opened now.
    void note(const QString &path);
    void forget(const QString &path);
    /// Keeps its place in the list.
    void rename(const QString &from, const QString &to);

    /// The entries in the desktop's keyring that unlock a library (`KeyringUnlock`), by path, and
    /// when they expire. One that is forgotten here stays in the keyring for good.
    [[nodiscard]] QMap<QString, QDateTime> keyringEntries() const;
    void setKeyringEntries(const QMap<QString, QDateTime> &entries);

private:
    void set(const QStringList &paths, QMap<QString, QDateTime> opened);
    // Lists of texts, of a date, a space and a path.
    [[nodiscard]] QMap<QString, QDateTime> dates(const QString &name) const;
    void setDates(const QString &name, const QMap<QString, QDateTime> &dates);

    SettingsFile m_file;
};

} // namespace Sparekey
