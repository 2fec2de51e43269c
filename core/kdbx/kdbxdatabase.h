// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/innerheader.h"
#include "core/kdbx/kdbxgroup.h"
#include "core/kdbx/kdbxheader.h"
#include "core/kdbx/xmlelement.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

namespace Sparekey {

/// The decrypted content of a KDBX file. A value type; use from one thread at a time. `openKdbx`
/// reads it from a file, `writeKdbx` makes a file of it.
///
/// Duplicate UUIDs are kept as they are, since nothing of a foreign file may be lost; check
/// `duplicateUuids` before a merge.
struct KdbxDatabase
{
    /// How it is to be encrypted. Seeds, IV and salt are renewed by each save.
    KdbxHeader header;
    /// Attachments; `KdbxEntry::attachments` refers to them by their index here.
    QList<KdbxBinary> binaries = {};
    /// Unknown fields of the inner header, kept as they are.
    QList<KdbxHeaderField> otherInnerFields = {};
    /// `KeePassFile`, with `Meta` and `Root`.
    XmlElement root;

    /// An empty one, with Argon2id (64 MiB, 3 passes, 4 lanes) and AES-256. `name` is that of the
    /// database and its root group, `now` its date of creation.
    [[nodiscard]] static KdbxDatabase create(const QString &name, const QDateTime &now);

    /// Settings of the database. Valid as long as the database.
    [[nodiscard]] XmlElement &meta();
    /// A view of the root group, which is created if it is missing.
    [[nodiscard]] KdbxGroup rootGroup();

    /// How many previous states an entry keeps. A negative number means no limit.
    [[nodiscard]] int historyLimit();

    /// Notes that the group or entry was deleted, so that merging does not bring it back.
    void recordDeleted(const QUuid &uuid, const QDateTime &when);
    [[nodiscard]] QList<QUuid> deletedUuids() const;

    /// UUIDs that more than one group or entry has; histories of entries do not count.
    [[nodiscard]] QList<QUuid> duplicateUuids() const;

    /// Drops the attachments that no entry and no history refers to, and renumbers the others.
    void removeUnusedBinaries();

    bool operator==(const KdbxDatabase &) const = default;
};

} // namespace Sparekey
