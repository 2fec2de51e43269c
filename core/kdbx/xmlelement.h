// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/secretbytes.h"

#include <QList>
#include <QString>
#include <QStringView>

#include <list>
#include <optional>

namespace Sparekey {

/// One attribute of an element, such as `Ref="0"`.
struct XmlAttribute
{
    QString name;
    QString value;

    bool operator==(const XmlAttribute &) const = default;
};

/// An element of the XML within a KDBX file, with all that it contains. A file is kept as this tree
/// and nothing else, so that unknown content (plug-ins, later versions) is written back as it was.
/// `KdbxGroup` and `KdbxEntry` are views that know the element names.
///
/// A value: a copy is independent of its original. References to a child stay valid until it is
/// removed. Comments and processing instructions are not kept.
struct XmlElement
{
    /// Empty for a run of text between other elements, which KDBX itself does not use.
    QString name;
    /// Without `Protected="True"`, which `secret` represents.
    QList<XmlAttribute> attributes = {};
    /// The text of an element that has no children and is not protected.
    QString text = {};
    /// The value of a protected element, most often UTF-8. It is never held in a QString.
    std::optional<SecretBytes> secret = {};
    std::list<XmlElement> children = {};

    [[nodiscard]] XmlElement *child(QStringView childName);
    [[nodiscard]] const XmlElement *child(QStringView childName) const;
    /// The first one of that name; it is appended if there is none.
    [[nodiscard]] XmlElement &childOrNew(const QString &childName);
    XmlElement &append(const QString &childName, const QString &childText = {});

    /// Empty if there is no such child.
    [[nodiscard]] QString childText(QStringView childName) const;
    void setChildText(const QString &childName, const QString &childText);

    [[nodiscard]] QString attribute(QStringView attributeName) const;
    void setAttribute(const QString &attributeName, const QString &value);

    bool operator==(const XmlElement &) const = default;
};

} // namespace Sparekey
