// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/settingsfile.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace Sparekey {

/// Something that happened to a code while its library may have been locked. No secret.
struct LibraryEvent
{
    enum class Kind {
        Printed,  ///< The user has confirmed a sheet.
        CodeUsed, ///< The recovery code of an account was used to sign in.
    };

    Kind kind = Kind::Printed;
    /// `Printed`: the set of an entry, as `<uuid>/<number>`. `CodeUsed`: an `accountKey`.
    QString subject = {};
    QDateTime when = {};  ///< UTC
    QString sheetId = {}; ///< Of `Printed`.

    bool operator==(const LibraryEvent &) const = default;
};

/// The events that are not in a library yet, in the order of their recording. One small file beside
/// the settings (`SettingsFile`). GUI thread.
class LibraryEvents
{
public:
    /// Older ones are dropped: their library was probably deleted.
    static constexpr qsizetype most = 100;

    explicit LibraryEvents(const QString &settingsFile);

    [[nodiscard]] QList<LibraryEvent> all() const;
    void add(const LibraryEvent &event);
    void remove(const LibraryEvent &event);

private:
    void write(const QList<LibraryEvent> &events);

    SettingsFile m_file;
};

} // namespace Sparekey
