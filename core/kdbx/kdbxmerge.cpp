// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: a merge passes all parts of a database, and the parts need each other's indexes.

#include "core/kdbx/kdbxmerge.h"

#include "core/kdbx/kdbxvalues.h"

#include <QHash>
#include <QSet>
#include <QTimeZone>

#include <algorithm>
#include <compare>
#include <limits>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

const auto movedAt = u"LocationChanged"_s;

bool isGroup(const XmlElement &element)
{
    return element.name == "Group"_L1;
}

bool isEntry(const XmlElement &element)
{
    return element.name == "Entry"_L1;
}

std::optional<QUuid> uuidOf(const XmlElement &element)
{
    return uuidFromText(element.childText(u"UUID"));
}

// An invalid time is before all others.
qint64 secondsOf(const QString &text)
{
    const auto time = timeFromText(text);
    return time ? time->toSecsSinceEpoch() : std::numeric_limits<qint64>::min();
}

qint64 timeOf(const XmlElement &element, QStringView name)
{
    const XmlElement *times = element.child(u"Times");
    return secondsOf(times ? times->childText(name) : QString());
}

qint64 modified(const XmlElement &element)
{
    return timeOf(element, u"LastModificationTime");
}

// What people see of an entry: its strings and attachments, by name. Programs change other parts,
// such as the time of the last access, without another state; KeePassXC adds empty strings, and
// does not store custom data in histories.
using Content = std::map<QString, const XmlElement *>;

Content contentOf(const XmlElement &entry)
{
    Content content;
    for (const XmlElement &child : entry.children) {
        const XmlElement *value = child.child(u"Value");
        const bool isString = child.name == "String"_L1;
        if (!value || (!isString && child.name != "Binary"_L1))
            continue;
        const bool isEmpty = isString && value->text.isEmpty()
            && (!value->secret || value->secret->isEmpty());
        if (!isEmpty)
            content.emplace(child.name + u'/' + child.childText(u"Key"), value);
    }
    return content;
}

// A protected value and the same value without protection are equal.
std::strong_ordering compareValues(const XmlElement &a, const XmlElement &b)
{
    const QString ref = a.attribute(u"Ref");
    if (const int order = ref.compare(b.attribute(u"Ref")); order != 0)
        return order <=> 0;
    if (!a.secret && !b.secret)
        return a.text.compare(b.text) <=> 0;
    const SecretBytes x = a.secret.value_or(SecretBytes(a.text.toUtf8()));
    const SecretBytes y = b.secret.value_or(SecretBytes(b.text.toUtf8()));
    return x.view().compare(y.view()) <=> 0;
}

// A fixed order, so that both sides of a merge decide alike.
std::strong_ordering compareContent(const XmlElement &a, const XmlElement &b)
{
    const Content x = contentOf(a);
    const Content y = contentOf(b);
    return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end(),
                                                  [](const auto &p, const auto &q) {
                                                      const int order = p.first.compare(q.first);
                                                      return order != 0
                                                          ? order <=> 0
                                                          : compareValues(*p.second, *q.second);
                                                  });
}

bool isSameState(const XmlElement &a, const XmlElement &b)
{
    return modified(a) == modified(b) && compareContent(a, b) == 0;
}

std::map<QString, QString> customData(const XmlElement &entry)
{
    std::map<QString, QString> data;
    if (const XmlElement *custom = entry.child(u"CustomData")) {
        for (const XmlElement &item : custom->children)
            data.emplace(item.childText(u"Key"), item.childText(u"Value"));
    }
    return data;
}

// An entry may change in nothing else. What only one of them has does not count: KeePassXC adds an
// item of its own.
bool hasOtherCustomData(const XmlElement &a, const XmlElement &b)
{
    const auto x = customData(a);
    const auto y = customData(b);
    return std::ranges::any_of(x, [&y](const auto &item) {
        const auto found = y.find(item.first);
        return found != y.end() && found->second != item.second;
    });
}

bool wasBefore(const XmlElement &state, const XmlElement &entry)
{
    const XmlElement *history = entry.child(u"History");
    return history && std::ranges::any_of(history->children, [&](const XmlElement &old) {
               return isSameState(old, state);
           });
}

// Moves `child` from one element to the end of another.
void moveTo(XmlElement &target, XmlElement &from, const XmlElement &child)
{
    const auto place = std::ranges::find_if(from.children, [&](const XmlElement &element) {
        return &element == &child;
    });
    if (place != from.children.end())
        target.children.splice(target.children.end(), from.children, place);
}

bool contains(const XmlElement &group, const XmlElement &wanted)
{
    return &group == &wanted || std::ranges::any_of(group.children, [&](const XmlElement &child) {
        return isGroup(child) && contains(child, wanted);
    });
}

class Merge
{
public:
    Merge(KdbxDatabase &target, KdbxDatabase &other)
        : m_target(target)
        , m_other(other)
    {
    }

    KdbxMerge run()
    {
        // The limit of histories is one of the settings.
        mergeSettings();
        m_history = m_target.historyLimit();
        adoptBinaries();
        XmlElement &targetRoot = m_target.rootGroup().element();
        XmlElement &otherRoot = m_other.rootGroup().element();
        index(targetRoot, nullptr);
        m_deleted = deletions(m_target);
        const Deletions otherDeleted = deletions(m_other);
        mergeGroup(targetRoot, otherRoot);
        for (auto deletion = otherDeleted.cbegin(); deletion != otherDeleted.cend(); ++deletion) {
            qint64 &when = m_deleted.try_emplace(deletion->first, deletion->second).first->second;
            when = std::max(when, deletion->second);
        }
        applyDeletions(targetRoot);
        writeDeletions();
        adoptUnknown(m_target.root, m_other.root);
        m_target.removeUnusedBinaries();
        return m_result;
    }

private:
    using Deletions = std::map<QUuid, qint64>;
    struct Place
    {
        XmlElement *element;
        XmlElement *parent; ///< Null for the root group.
    };

    // References in the other database become those to the binaries of the target.
    void adoptBinaries()
    {
        QMultiHash<qsizetype, qsizetype> bySize;
        for (qsizetype i = 0; i < m_target.binaries.size(); ++i)
            bySize.insert(m_target.binaries[i].content.size(), i);
        QHash<QString, QString> numbers;
        for (qsizetype i = 0; i < m_other.binaries.size(); ++i) {
            const KdbxBinary &binary = m_other.binaries[i];
            qsizetype number = -1;
            const auto [first, last] = bySize.equal_range(binary.content.size());
            for (auto candidate = first; candidate != last && number < 0; ++candidate) {
                if (m_target.binaries[*candidate] == binary)
                    number = *candidate;
            }
            if (number < 0) {
                number = m_target.binaries.size();
                m_target.binaries.append(binary);
                bySize.insert(binary.content.size(), number);
            }
            numbers.insert(QString::number(i), QString::number(number));
        }
        renumber(m_other.root, numbers);
    }

    static void renumber(XmlElement &element, const QHash<QString, QString> &numbers)
    {
        for (XmlElement &child : element.children) {
            if (element.name == "Binary"_L1 && child.name == "Value"_L1) {
                if (const auto number = numbers.constFind(child.attribute(u"Ref"));
                    number != numbers.cend())
                    child.setAttribute(u"Ref"_s, *number);
            }
            renumber(child, numbers);
        }
    }

    void index(XmlElement &group, XmlElement *parent)
    {
        if (const auto uuid = uuidOf(group))
            m_groups.try_emplace(*uuid, Place{&group, parent});
        for (XmlElement &child : group.children) {
            if (isGroup(child)) {
                index(child, &group);
            } else if (isEntry(child)) {
                if (const auto uuid = uuidOf(child))
                    m_entries.try_emplace(*uuid, Place{&child, &group});
            }
        }
    }

    static Deletions deletions(KdbxDatabase &database)
    {
        Deletions found;
        const XmlElement *list = database.root.childOrNew(u"Root"_s).child(u"DeletedObjects");
        if (!list)
            return found;
        for (const XmlElement &deleted : list->children) {
            if (const auto uuid = uuidOf(deleted)) {
                const qint64 when = secondsOf(deleted.childText(u"DeletionTime"));
                qint64 &time = found.try_emplace(*uuid, when).first->second;
                time = std::max(time, when);
            }
        }
        return found;
    }

    [[nodiscard]] bool isDeleted(const QUuid &uuid, const XmlElement &element) const
    {
        const auto deletion = m_deleted.find(uuid);
        return deletion != m_deleted.end() && deletion->second >= modified(element);
    }

    void mergeGroup(XmlElement &target, XmlElement &other)
    {
        if (modified(other) > modified(target))
            takeProperties(target, other);
        // The list changes while entries are moved out of it.
        std::vector<XmlElement *> children;
        for (XmlElement &child : other.children) {
            if (isGroup(child) || isEntry(child))
                children.push_back(&child);
        }
        for (XmlElement *child : children) {
            const auto uuid = uuidOf(*child);
            if (!uuid)
                adoptWithoutUuid(target, other, *child);
            else if (isEntry(*child))
                takeEntry(target, other, *child, *uuid);
            else
                takeGroup(target, *child, *uuid);
        }
    }

    // Name, icon and the like, but neither UUID nor content.
    static void takeProperties(XmlElement &target, const XmlElement &other)
    {
        target.children.remove_if([](const XmlElement &child) {
            return !isGroup(child) && !isEntry(child) && child.name != "UUID"_L1;
        });
        auto place = std::ranges::find_if(target.children, [](const XmlElement &child) {
            return isGroup(child) || isEntry(child);
        });
        for (const XmlElement &child : other.children) {
            if (!isGroup(child) && !isEntry(child) && child.name != "UUID"_L1)
                target.children.insert(place, child);
        }
    }

    // Nothing can be said about which elements these are, so the same one is not taken twice.
    static void adoptWithoutUuid(XmlElement &target, XmlElement &other, XmlElement &child)
    {
        if (std::ranges::find(target.children, child) == target.children.end())
            moveTo(target, other, child);
    }

    void takeEntry(XmlElement &group, XmlElement &from, XmlElement &entry, const QUuid &uuid)
    {
        const auto known = m_entries.find(uuid);
        if (known == m_entries.end()) {
            if (isDeleted(uuid, entry))
                return;
            moveTo(group, from, entry);
            m_entries.emplace(uuid, Place{&entry, &group});
            ++m_result.adopted;
            return;
        }
        Place &place = known->second;
        relocate(place, group, entry);
        mergeEntry(*place.element, entry);
    }

    void takeGroup(XmlElement &parent, XmlElement &group, const QUuid &uuid)
    {
        auto known = m_groups.find(uuid);
        if (known == m_groups.end()) {
            XmlElement &added = parent.children.emplace_back(XmlElement{.name = u"Group"_s});
            for (const XmlElement &child : group.children) {
                if (!isGroup(child) && !isEntry(child))
                    added.children.push_back(child);
            }
            known = m_groups.emplace(uuid, Place{&added, &parent}).first;
        } else if (known->second.parent && !contains(*known->second.element, parent)) {
            relocate(known->second, parent, group);
        }
        mergeGroup(*known->second.element, group);
    }

    static void takeLocation(XmlElement &target, const XmlElement &other)
    {
        if (const XmlElement *times = other.child(u"Times"))
            target.childOrNew(u"Times"_s).setChildText(movedAt, times->childText(movedAt));
        const QString previous = u"PreviousParentGroup"_s;
        if (other.child(previous))
            target.setChildText(previous, other.childText(previous));
    }

    // Moves an element to where the other side has moved it later.
    static void relocate(Place &place, XmlElement &group, const XmlElement &other)
    {
        if (place.parent == &group || timeOf(other, movedAt) <= timeOf(*place.element, movedAt))
            return;
        moveTo(group, *place.parent, *place.element);
        place.parent = &group;
        takeLocation(*place.element, other);
    }

    void mergeEntry(XmlElement &target, XmlElement &other)
    {
        const bool same = isSameState(target, other) && !hasOtherCustomData(target, other);
        const bool targetIsOlder = !same && wasBefore(target, other);
        const bool otherIsOlder = !same && !targetIsOlder && wasBefore(other, target);
        bool takesOther = targetIsOlder;
        if (!same && !targetIsOlder && !otherIsOlder) {
            m_result.conflicts.append(uuidOf(target).value_or(QUuid()));
            const auto later = modified(other) <=> modified(target);
            takesOther = later > 0 || (later == 0 && compareContent(other, target) > 0);
        }
        std::list<XmlElement> states;
        takeHistory(states, target);
        takeHistory(states, other);
        if (takesOther) {
            ++m_result.adopted;
            std::swap(target.children, other.children);
            std::swap(target.attributes, other.attributes);
            // Where the entry is has been decided already, by the time of its move.
            if (timeOf(other, movedAt) > timeOf(target, movedAt))
                takeLocation(target, other);
        }
        if (!same) {
            other.children.remove_if(
                [](const XmlElement &child) { return child.name == "History"_L1; });
            states.push_back(std::move(other));
        }
        keepHistory(target, std::move(states));
    }

    static void takeHistory(std::list<XmlElement> &states, XmlElement &entry)
    {
        if (XmlElement *history = entry.child(u"History"))
            states.splice(states.end(), history->children);
    }

    void keepHistory(XmlElement &entry, std::list<XmlElement> states) const
    {
        states.sort([](const XmlElement &a, const XmlElement &b) {
            if (modified(a) != modified(b))
                return modified(a) < modified(b);
            return compareContent(a, b) < 0;
        });
        states.unique(isSameState);
        states.remove_if([&](const XmlElement &state) { return isSameState(state, entry); });
        // A negative number means no limit.
        while (m_history >= 0 && states.size() > static_cast<std::size_t>(m_history))
            states.pop_front();
        if (!states.empty() || entry.child(u"History"))
            entry.childOrNew(u"History"_s).children = std::move(states);
    }

    // What was modified after it was deleted stays. Groups go when nothing is left in them.
    void applyDeletions(XmlElement &group)
    {
        for (auto child = group.children.begin(); child != group.children.end();) {
            if (isGroup(*child))
                applyDeletions(*child);
            const auto uuid = uuidOf(*child);
            const bool isLeft = isEntry(*child) || (isGroup(*child) && isEmpty(*child));
            if (!uuid || !isLeft || !isDeleted(*uuid, *child)) {
                if (uuid && (isEntry(*child) || isGroup(*child)))
                    m_deleted.erase(*uuid);
                ++child;
                continue;
            }
            m_result.adopted += isEntry(*child) ? 1 : 0;
            child = group.children.erase(child);
        }
    }

    static bool isEmpty(const XmlElement &group)
    {
        return std::ranges::none_of(group.children, [](const XmlElement &child) {
            return isGroup(child) || isEntry(child);
        });
    }

    void writeDeletions()
    {
        XmlElement &list = m_target.root.childOrNew(u"Root"_s).childOrNew(u"DeletedObjects"_s);
        list.children.clear();
        for (const auto &[uuid, when] : m_deleted)
            m_target.recordDeleted(uuid, QDateTime::fromSecsSinceEpoch(when, QTimeZone::utc()));
    }

    void mergeSettings()
    {
        struct Setting
        {
            QString changed;
            QStringList names;
        };
        static const QList<Setting> settings{
            {u"DatabaseNameChanged"_s, {u"DatabaseName"_s}},
            {u"DatabaseDescriptionChanged"_s, {u"DatabaseDescription"_s}},
            {u"DefaultUserNameChanged"_s, {u"DefaultUserName"_s}},
            {u"RecycleBinChanged"_s, {u"RecycleBinEnabled"_s, u"RecycleBinUUID"_s}},
            {u"EntryTemplatesGroupChanged"_s, {u"EntryTemplatesGroup"_s}},
            {u"SettingsChanged"_s,
             {u"MaintenanceHistoryDays"_s, u"Color"_s, u"MemoryProtection"_s, u"HistoryMaxItems"_s,
              u"HistoryMaxSize"_s}}};
        XmlElement &target = m_target.meta();
        XmlElement &other = m_other.meta();
        for (const Setting &setting : settings) {
            if (secondsOf(other.childText(setting.changed))
                <= secondsOf(target.childText(setting.changed)))
                continue;
            for (const QString &name : setting.names + QStringList{setting.changed}) {
                if (const XmlElement *value = other.child(name))
                    target.childOrNew(name) = *value;
            }
        }
        unite(target, other, u"CustomIcons"_s, u"UUID");
        unite(target, other, u"CustomData"_s, u"Key");
        adoptUnknown(target, other);
    }

    // Adds the items of a list that the target does not have.
    static void unite(XmlElement &target, const XmlElement &other, const QString &list,
                      QStringView key)
    {
        const XmlElement *added = other.child(list);
        if (!added)
            return;
        XmlElement &items = target.childOrNew(list);
        QSet<QString> known;
        for (const XmlElement &item : items.children)
            known.insert(item.childText(key));
        for (const XmlElement &item : added->children) {
            if (!known.contains(item.childText(key)))
                items.children.push_back(item);
        }
    }

    // Elements of plug-ins and later versions that only the other side has.
    static void adoptUnknown(XmlElement &target, const XmlElement &other)
    {
        for (const XmlElement &child : other.children) {
            if (!target.child(child.name))
                target.children.push_back(child);
        }
    }

    KdbxDatabase &m_target;
    KdbxDatabase &m_other;
    std::map<QUuid, Place> m_groups;
    std::map<QUuid, Place> m_entries;
    Deletions m_deleted;
    int m_history = 0;
    KdbxMerge m_result;
};

} // namespace

KdbxMerge mergeKdbx(KdbxDatabase &target, KdbxDatabase other)
{
    return Merge(target, other).run();
}

} // namespace Sparekey
