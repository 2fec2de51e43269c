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

/// What is in a KDBX file, decrypted. A value; use from one thread at a time. `openKdbx` makes it
/// of a file, `writeKdbx` makes a file of it.
///
/// Duplicate UUIDs are kept as they are, since nothing of a foreign file may be lost; whoever
/// merges asks `duplicateUuids` first.
struct KdbxDatabase
{
    /// How it is to be encrypted. Seeds, IV and salt are renewed by each save.
    KdbxHeader header;
    /// Attachments; `KdbxEntry::attachments` names them by their place here.
    QList<KdbxBinary> binaries = {};
    /// Fields of the inner header that mean nothing to us.
    QList<KdbxHeaderField> otherInnerFields = {};
    /// `KeePassFile`, with `Meta` and `Root`.
    XmlElement root;

    /// An empty one, with Argon2id (64 MiB, 3 passes, 4 lanes) and AES-256. `name` is that of the
    /// database and its root group, `now` its date of creation.
    [[nodiscard]] static KdbxDatabase create(const QString &name, const QDateTime &now);

    /// Settings of the database. Valid as long as the database.
    [[nodiscard]] XmlElement &meta();
    /// A view of the root group; there always is one.
    [[nodiscard]] KdbxGroup rootGroup();

    /// Notes that the group or entry was deleted, so that merging does not bring it back.
    void noteDeleted(const QUuid &uuid, const QDateTime &when);
    [[nodiscard]] QList<QUuid> deletedUuids() const;

    /// UUIDs that two groups or entries have; the histories of entries do not count.
    [[nodiscard]] QList<QUuid> duplicateUuids() const;

    /// Drops the attachments that no entry and no history refers to, and renumbers the others.
    void removeUnusedBinaries();

    bool operator==(const KdbxDatabase &) const = default;
};

} // namespace Sparekey
