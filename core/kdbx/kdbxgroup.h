// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxentry.h"
#include "core/kdbx/xmlelement.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

#include <optional>

namespace Sparekey {

/// A view of a `Group` element: reads and changes it in place. Valid as long as the element;
/// copying it copies no data. Use from one thread at a time.
class KdbxGroup
{
public:
    explicit KdbxGroup(XmlElement &element)
        : m_element(&element)
    {
    }
    /// A new group with a random UUID, to be put into another.
    [[nodiscard]] static XmlElement create(const QString &name, const QDateTime &now);

    [[nodiscard]] XmlElement &element() const { return *m_element; }
    /// Nothing if the one in the file is not valid.
    [[nodiscard]] std::optional<QUuid> uuid() const;
    [[nodiscard]] QString name() const;
    void setName(const QString &name);

    [[nodiscard]] QList<KdbxGroup> groups() const;
    [[nodiscard]] QList<KdbxEntry> entries() const;
    KdbxGroup addGroup(const QString &name, const QDateTime &now);
    KdbxEntry addEntry(const QDateTime &now);
    /// Removes a group or an entry that is directly in this one. False if there is no such child.
    bool remove(const QUuid &uuid);

private:
    XmlElement *m_element;
};

} // namespace Sparekey
