// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace Sparekey {

/// An older generation of a library, which lies beside it.
struct OlderVersion
{
    QString path;
    QDateTime saved;

    bool operator==(const OlderVersion &) const = default;
};

// All block on the disk: not for the GUI thread. `path` may be a symbolic link to the library.

/// The newest first.
[[nodiscard]] QList<OlderVersion> olderVersionsOf(const QString &path);

/// Puts a copy of `older` into the place of the library, which is damaged or gone. A damaged file
/// is renamed first and kept (`putAsideDataFile`). Returns its new path; empty if it was gone.
/// Errors: `LibraryInUse`, `FileNotReadable` for `older`, `FileNotWritable`, those of
/// `writeSecretFile`.
[[nodiscard]] Result<QString> restoreOlderVersion(const QString &path, const QString &older);

/// Deletes all of them. Returns the paths of those that could not be deleted.
[[nodiscard]] QStringList removeOlderVersionsOf(const QString &path);

} // namespace Sparekey
