// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxgroup.h"

#include "core/kdbx/kdbxvalues.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

template<class View>
QList<View> childrenOf(XmlElement &element, QLatin1StringView name)
{
    QList<View> views;
    for (XmlElement &child : element.children) {
        if (child.name == name)
            views.append(View(child));
    }
    return views;
}

} // namespace

XmlElement KdbxGroup::create(const QString &name, const QDateTime &now)
{
    XmlElement group{.name = u"Group"_s};
    group.append(u"UUID"_s, kdbxText(QUuid::createUuid()));
    group.append(u"Name"_s, name);
    group.append(u"Notes"_s);
    group.append(u"IconID"_s, u"48"_s);
    group.children.push_back(newKdbxTimes(now));
    group.append(u"IsExpanded"_s, u"True"_s);
    return group;
}

std::optional<QUuid> KdbxGroup::uuid() const
{
    return uuidFromText(m_element->childText(u"UUID"));
}

QString KdbxGroup::name() const
{
    return m_element->childText(u"Name");
}

void KdbxGroup::setName(const QString &name)
{
    m_element->setChildText(u"Name"_s, name);
}

QList<KdbxGroup> KdbxGroup::groups() const
{
    return childrenOf<KdbxGroup>(*m_element, "Group"_L1);
}

QList<KdbxEntry> KdbxGroup::entries() const
{
    return childrenOf<KdbxEntry>(*m_element, "Entry"_L1);
}

KdbxGroup KdbxGroup::addGroup(const QString &name, const QDateTime &now)
{
    return KdbxGroup(m_element->children.emplace_back(create(name, now)));
}

KdbxEntry KdbxGroup::addEntry(const QDateTime &now)
{
    return KdbxEntry(m_element->children.emplace_back(KdbxEntry::create(now)));
}

bool KdbxGroup::remove(const QUuid &uuid)
{
    auto &children = m_element->children;
    const auto found = std::find_if(children.begin(), children.end(), [&](const XmlElement &child) {
        return (child.name == "Group"_L1 || child.name == "Entry"_L1)
            && uuidFromText(child.childText(u"UUID")) == uuid;
    });
    if (found == children.end())
        return false;
    children.erase(found);
    return true;
}

} // namespace Sparekey
