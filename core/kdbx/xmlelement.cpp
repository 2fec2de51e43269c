// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/xmlelement.h"

#include <algorithm>

namespace Sparekey {

XmlElement *XmlElement::child(QStringView childName)
{
    const auto found = std::find_if(children.begin(), children.end(),
                                    [&](const auto &element) { return element.name == childName; });
    return found == children.end() ? nullptr : &*found;
}

const XmlElement *XmlElement::child(QStringView childName) const
{
    return const_cast<XmlElement *>(this)->child(childName);
}

XmlElement &XmlElement::childOrNew(const QString &childName)
{
    XmlElement *found = child(childName);
    return found ? *found : append(childName);
}

XmlElement &XmlElement::append(const QString &childName, const QString &childText)
{
    return children.emplace_back(XmlElement{.name = childName, .text = childText});
}

QString XmlElement::childText(QStringView childName) const
{
    const XmlElement *found = child(childName);
    return found ? found->text : QString();
}

void XmlElement::setChildText(const QString &childName, const QString &childText)
{
    XmlElement &found = childOrNew(childName);
    found.secret.reset();
    found.text = childText;
}

QString XmlElement::attribute(QStringView attributeName) const
{
    for (const XmlAttribute &attribute : attributes) {
        if (attribute.name == attributeName)
            return attribute.value;
    }
    return {};
}

void XmlElement::setAttribute(const QString &attributeName, const QString &value)
{
    for (XmlAttribute &attribute : attributes) {
        if (attribute.name == attributeName) {
            attribute.value = value;
            return;
        }
    }
    attributes.append({.name = attributeName, .value = value});
}

} // namespace Sparekey
