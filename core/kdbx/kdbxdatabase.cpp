// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxdatabase.h"

#include "core/kdbx/kdbxkdf.h"
#include "core/kdbx/kdbxvalues.h"

#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// The values of attachments in entries: `Binary/Value` with a `Ref`.
template<class Element, class Use>
void forEachReference(Element &element, const Use &use)
{
    for (auto &child : element.children) {
        if (element.name == "Binary"_L1 && child.name == "Value"_L1
            && !child.attribute(u"Ref").isEmpty())
            use(child);
        forEachReference(child, use);
    }
}

void collectUuids(const XmlElement &group, QHash<QUuid, int> &counts)
{
    if (const auto uuid = uuidFromText(group.childText(u"UUID")))
        ++counts[*uuid];
    for (const XmlElement &child : group.children) {
        if (child.name == "Group"_L1 || child.name == "Entry"_L1)
            collectUuids(child, counts);
    }
}

} // namespace

KdbxDatabase KdbxDatabase::create(const QString &name, const QDateTime &now)
{
    constexpr quint64 Memory = quint64{64} * 1024 * 1024;
    KdbxDatabase database{.header = {.kdf = argon2idParameters(Memory, 3, 4)},
                          .root = {.name = u"KeePassFile"_s}};
    XmlElement &meta = database.root.append(u"Meta"_s);
    meta.append(u"Generator"_s, u"Sparekey"_s);
    meta.append(u"DatabaseName"_s, name);
    meta.append(u"DatabaseNameChanged"_s, kdbxText(now));
    XmlElement &memoryProtection = meta.append(u"MemoryProtection"_s);
    for (const auto &field : {u"Title"_s, u"UserName"_s, u"Password"_s, u"URL"_s, u"Notes"_s})
        memoryProtection.append("Protect"_L1 + field,
                                field == "Password"_L1 ? u"True"_s : u"False"_s);
    meta.append(u"HistoryMaxItems"_s, u"10"_s);
    XmlElement &root = database.root.append(u"Root"_s);
    root.children.push_back(KdbxGroup::create(name, now));
    root.append(u"DeletedObjects"_s);
    return database;
}

XmlElement &KdbxDatabase::meta()
{
    return root.childOrNew(u"Meta"_s);
}

KdbxGroup KdbxDatabase::rootGroup()
{
    return KdbxGroup(root.childOrNew(u"Root"_s).childOrNew(u"Group"_s));
}

int KdbxDatabase::historyLimit()
{
    // KeePass' own limit where a database has none.
    constexpr int Default = 10;
    bool isNumber = false;
    const int limit = meta().childText(u"HistoryMaxItems").toInt(&isNumber);
    return isNumber ? limit : Default;
}

void KdbxDatabase::recordDeleted(const QUuid &uuid, const QDateTime &when)
{
    XmlElement &deleted =
        root.childOrNew(u"Root"_s).childOrNew(u"DeletedObjects"_s).append(u"DeletedObject"_s);
    deleted.append(u"UUID"_s, kdbxText(uuid));
    deleted.append(u"DeletionTime"_s, kdbxText(when));
}

QList<QUuid> KdbxDatabase::deletedUuids() const
{
    QList<QUuid> uuids;
    const XmlElement *container = root.child(u"Root");
    const XmlElement *list = container ? container->child(u"DeletedObjects") : nullptr;
    if (!list)
        return uuids;
    for (const XmlElement &deleted : list->children) {
        if (const auto uuid = uuidFromText(deleted.childText(u"UUID")))
            uuids.append(*uuid);
    }
    return uuids;
}

QList<QUuid> KdbxDatabase::duplicateUuids() const
{
    QHash<QUuid, int> counts;
    if (const XmlElement *container = root.child(u"Root"))
        collectUuids(*container, counts);
    QList<QUuid> duplicates;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        if (*count > 1)
            duplicates.append(count.key());
    }
    return duplicates;
}

void KdbxDatabase::removeUnusedBinaries()
{
    QSet<qsizetype> used;
    forEachReference(std::as_const(root), [&](const XmlElement &value) {
        used.insert(value.attribute(u"Ref").toLongLong());
    });
    QHash<QString, QString> numbers;
    QList<KdbxBinary> kept;
    for (qsizetype i = 0; i < binaries.size(); ++i) {
        if (!used.contains(i))
            continue;
        numbers.insert(QString::number(i), QString::number(kept.size()));
        kept.append(binaries[i]);
    }
    forEachReference(root, [&](XmlElement &value) {
        const auto number = numbers.constFind(value.attribute(u"Ref"));
        if (number != numbers.cend())
            value.setAttribute(u"Ref"_s, *number);
    });
    binaries = std::move(kept);
}

} // namespace Sparekey
