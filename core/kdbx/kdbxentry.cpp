// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxentry.h"

#include "core/kdbx/kdbxvalues.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// A child of that name whose `Key` is `key`: a string, an attachment, an item of custom data.
XmlElement *keyedChild(XmlElement &parent, QLatin1StringView name, QStringView key)
{
    for (XmlElement &child : parent.children) {
        if (child.name == name && child.childText(u"Key") == key)
            return &child;
    }
    return nullptr;
}

QString nameOf(KdbxDate date)
{
    switch (date) {
    case KdbxDate::Created: return u"CreationTime"_s;
    case KdbxDate::Modified: return u"LastModificationTime"_s;
    case KdbxDate::Expires: return u"ExpiryTime"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

XmlElement newKdbxTimes(const QDateTime &now)
{
    XmlElement times{.name = u"Times"_s};
    const QString text = kdbxText(now);
    for (const auto &name : {u"CreationTime"_s, u"LastModificationTime"_s, u"LastAccessTime"_s,
                             u"ExpiryTime"_s, u"LocationChanged"_s})
        times.append(name, text);
    times.append(u"Expires"_s, u"False"_s);
    times.append(u"UsageCount"_s, u"0"_s);
    return times;
}

XmlElement KdbxEntry::create(const QDateTime &now)
{
    XmlElement entry{.name = u"Entry"_s};
    entry.append(u"UUID"_s, kdbxText(QUuid::createUuid()));
    entry.append(u"IconID"_s, u"0"_s);
    entry.children.push_back(newKdbxTimes(now));
    return entry;
}

std::optional<QUuid> KdbxEntry::uuid() const
{
    return uuidFromText(m_element->childText(u"UUID"));
}

SecretBytes KdbxString::octets() const
{
    return secret ? *secret : SecretBytes(text.toUtf8());
}

QList<KdbxString> KdbxEntry::strings() const
{
    QList<KdbxString> strings;
    for (const XmlElement &child : m_element->children) {
        if (child.name != "String"_L1)
            continue;
        KdbxString &string = strings.emplaceBack(KdbxString{.name = child.childText(u"Key")});
        if (const XmlElement *value = child.child(u"Value")) {
            string.text = value->text;
            string.secret = value->secret;
        }
    }
    return strings;
}

QStringList KdbxEntry::stringNames() const
{
    QStringList names;
    for (const XmlElement &child : m_element->children) {
        if (child.name == "String"_L1)
            names.append(child.childText(u"Key"));
    }
    return names;
}

std::optional<QString> KdbxEntry::text(QStringView name) const
{
    const XmlElement *found = string(name);
    const XmlElement *value = found ? found->child(u"Value") : nullptr;
    return value && !value->secret ? std::optional(value->text) : std::nullopt;
}

std::optional<SecretBytes> KdbxEntry::secret(QStringView name) const
{
    const XmlElement *found = string(name);
    const XmlElement *value = found ? found->child(u"Value") : nullptr;
    return value ? value->secret : std::nullopt;
}

void KdbxEntry::setText(const QString &name, const QString &text)
{
    XmlElement *found = string(name);
    if (!found) {
        found = &m_element->append(u"String"_s);
        found->append(u"Key"_s, name);
    }
    found->setChildText(u"Value"_s, text);
}

void KdbxEntry::setSecret(const QString &name, const SecretBytes &secret)
{
    setText(name, {});
    string(name)->childOrNew(u"Value"_s).secret = secret;
}

void KdbxEntry::removeString(QStringView name)
{
    m_element->children.remove_if([&](const XmlElement &child) {
        return child.name == "String"_L1 && child.childText(u"Key") == name;
    });
}

std::optional<QString> KdbxEntry::customData(QStringView name) const
{
    XmlElement *data = m_element->child(u"CustomData");
    const XmlElement *item = data ? keyedChild(*data, "Item"_L1, name) : nullptr;
    return item ? std::optional(item->childText(u"Value")) : std::nullopt;
}

void KdbxEntry::setCustomData(const QString &name, const QString &value)
{
    XmlElement &data = m_element->childOrNew(u"CustomData"_s);
    XmlElement *item = keyedChild(data, "Item"_L1, name);
    if (!item) {
        item = &data.append(u"Item"_s);
        item->append(u"Key"_s, name);
    }
    item->setChildText(u"Value"_s, value);
}

void KdbxEntry::removeCustomData(QStringView name)
{
    if (XmlElement *data = m_element->child(u"CustomData")) {
        data->children.remove_if([&](const XmlElement &item) {
            return item.name == "Item"_L1 && item.childText(u"Key") == name;
        });
    }
}

QStringList KdbxEntry::tags() const
{
    static const QRegularExpression separators(u"[;,]"_s);
    QStringList tags;
    const auto parts = m_element->childText(u"Tags").split(separators, Qt::SkipEmptyParts);
    for (const QString &part : parts)
        tags.append(part.trimmed());
    return tags;
}

void KdbxEntry::setTags(const QStringList &tags)
{
    m_element->setChildText(u"Tags"_s, tags.join(u';'));
}

std::optional<QDateTime> KdbxEntry::date(KdbxDate date) const
{
    const XmlElement *times = m_element->child(u"Times");
    return times ? timeFromText(times->childText(nameOf(date))) : std::nullopt;
}

void KdbxEntry::setDate(KdbxDate date, const QDateTime &time)
{
    XmlElement &times = m_element->childOrNew(u"Times"_s);
    times.setChildText(nameOf(date), kdbxText(time));
    if (date == KdbxDate::Expires)
        times.setChildText(u"Expires"_s, u"True"_s);
}

QList<KdbxAttachment> KdbxEntry::attachments() const
{
    QList<KdbxAttachment> attachments;
    for (const XmlElement &child : m_element->children) {
        const XmlElement *value = child.name == "Binary"_L1 ? child.child(u"Value") : nullptr;
        if (!value)
            continue;
        bool isNumber = false;
        const qsizetype binary = value->attribute(u"Ref").toInt(&isNumber);
        if (isNumber && binary >= 0)
            attachments.append({.name = child.childText(u"Key"), .binary = binary});
    }
    return attachments;
}

void KdbxEntry::attach(const KdbxAttachment &attachment)
{
    XmlElement &binary = m_element->append(u"Binary"_s);
    binary.append(u"Key"_s, attachment.name);
    binary.append(u"Value"_s).setAttribute(u"Ref"_s, QString::number(attachment.binary));
}

QList<KdbxEntry> KdbxEntry::history() const
{
    QList<KdbxEntry> states;
    if (XmlElement *history = m_element->child(u"History")) {
        for (XmlElement &state : history->children) {
            if (state.name == "Entry"_L1)
                states.append(KdbxEntry(state));
        }
    }
    return states;
}

void KdbxEntry::keepInHistory(int most)
{
    XmlElement state = *m_element;
    state.children.remove_if([](const XmlElement &child) { return child.name == "History"_L1; });
    auto &states = m_element->childOrNew(u"History"_s).children;
    states.push_back(std::move(state));
    while (most >= 0 && states.size() > static_cast<size_t>(most))
        states.pop_front();
}

XmlElement *KdbxEntry::string(QStringView name) const
{
    return keyedChild(*m_element, "String"_L1, name);
}

} // namespace Sparekey
