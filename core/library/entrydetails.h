// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace Sparekey {

/// What is kept about one code beside its value.
struct CodeDetails
{
    /// Of the value, to notice that another program changed it: CRC-16 (`qChecksum`). It is too
    /// short to tell the code.
    quint16 checksum = 0;
    CodeState state = CodeState::Unused;
    QDateTime usedOn = {};
    QString usedWhere = {};

    bool operator==(const CodeDetails &) const = default;
};

/// What is kept about one set beside the values of its codes.
struct SetDetails
{
    CodeSet set; ///< Without codes.
    QList<CodeDetails> codes = {};

    bool operator==(const SetDetails &) const = default;
};

/// The part of a `LibraryEntry` that KeePass has no place for. It is stored as JSON in the custom
/// data of the KDBX entry, which is not protected, so it has no secret.
///
/// The JSON is an object with `version` (1), `service`, `recoveryAddress`, `serverAccount`, `sets`,
/// `copies`, `needs` and `reminders`. A code of which nothing but the checksum is known is that
/// alone, as a text. Dates are ISO 8601, in UTC. Names of other members are kept.
struct EntryDetails
{
    QString service = {};
    QString recoveryAddress = {};
    QString serverAccount = {};
    QList<SetDetails> sets = {};
    QList<LibraryCopy> copies = {};
    QList<Need> needs = {};
    Reminders reminders = {};
    QJsonObject other = {}; ///< Members of later versions.

    bool operator==(const EntryDetails &) const = default;
};

/// Reads what `entryDetailsToJson` has written. Values that are missing or not valid get their
/// defaults; text that is no JSON object gives none at all. Pure; any thread.
[[nodiscard]] EntryDetails entryDetailsFromJson(const QString &json);
[[nodiscard]] QString entryDetailsToJson(const EntryDetails &details);

} // namespace Sparekey
