// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kdbxsamples.h"

#include "core/kdbx/kdbxmerge.h"
#include "core/kdbx/kdbxvalues.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

KdbxEntry first(KdbxDatabase &database)
{
    return database.rootGroup().entries().constFirst();
}

QByteArray password(KdbxDatabase &database)
{
    return first(database).secret(u"Password")->view().toByteArray();
}

void change(KdbxDatabase &database, const char *value, int seconds)
{
    KdbxEntry entry = first(database);
    entry.keepInHistory(10);
    entry.setSecret(u"Password"_s, SecretBytes(value));
    entry.setDate(KdbxDate::Modified, sampleTime.addSecs(seconds));
}

/// Moves the first entry to the first group.
void moveFirst(KdbxDatabase &database, int seconds)
{
    XmlElement &root = database.rootGroup().element();
    const auto entry = std::ranges::find_if(root.children, [](const XmlElement &child) {
        return child.name == u"Entry";
    });
    entry->child(u"Times")->setChildText(u"LocationChanged"_s,
                                         kdbxText(sampleTime.addSecs(seconds)));
    XmlElement &target = database.rootGroup().groups().first().element();
    target.children.splice(target.children.end(), root.children, entry);
}

QList<QByteArray> history(KdbxDatabase &database)
{
    QList<QByteArray> states;
    for (const KdbxEntry &state : first(database).history())
        states.append(state.secret(u"Password")->view().toByteArray());
    return states;
}

/// Merges in both directions, and once more, which must not change anything.
struct Both
{
    KdbxDatabase a;
    KdbxDatabase b;
    KdbxMerge intoA;
    KdbxMerge intoB;

    Both(const KdbxDatabase &one, const KdbxDatabase &two)
        : a(one)
        , b(two)
    {
        intoA = mergeKdbx(a, two);
        intoB = mergeKdbx(b, one);
        KdbxDatabase again = a;
        const KdbxMerge repeated = mergeKdbx(again, b);
        if (repeated.adopted != 0 || !repeated.conflicts.isEmpty())
            qFatal("merging again changes %d and finds %d conflicts", repeated.adopted,
                   static_cast<int>(repeated.conflicts.size()));
    }
};

} // namespace

class TestKdbxMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameDatabaseStaysAsItIs();
    void laterStateCounts();
    void conflictKeepsBothStates();
    void conflictInTheSameSecondIsDecidedAlike();
    void stateThatOnlyOneSideChangedIsNoConflict();
    void historyIsLimited();
    void newEntriesAndGroupsAreTaken();
    void movedEntryIsWhereItWasMovedLater();
    void entryThatOneMovedAndOneChanged();
    void dataOfProgramsIsPartOfAState();
    void deletedEntryStaysDeleted();
    void entryThatWasModifiedLaterSurvives();
    void attachmentsAreRenumbered();
    void settingsAndIconsAreUnited();
    void emptyStringsOfKeePassXcAreNoChange();
    void duplicateUuidsAreNoHarm();
    void unknownElementsAreKept();
};

void TestKdbxMerge::sameDatabaseStaysAsItIs()
{
    const KdbxDatabase database = strangeDatabase();
    KdbxDatabase merged = database;
    const KdbxMerge merge = mergeKdbx(merged, database);
    QCOMPARE(merge.adopted, 0);
    QVERIFY(merge.conflicts.isEmpty());
    merged.removeUnusedBinaries();
    KdbxDatabase expected = database;
    expected.removeUnusedBinaries();
    QVERIFY(merged == expected);
}

void TestKdbxMerge::laterStateCounts()
{
    const KdbxDatabase old = smallDatabase();
    KdbxDatabase changed = old;
    change(changed, "new", 5);
    Both both(old, changed);
    QCOMPARE(password(both.a), "new");
    QCOMPARE(password(both.b), "new");
    QCOMPARE(history(both.a), QList<QByteArray>{"four words and more"});
    QCOMPARE(both.intoA.adopted, 1);
    QCOMPARE(both.intoB.adopted, 0);
    QVERIFY(both.intoA.conflicts.isEmpty() && both.intoB.conflicts.isEmpty());
}

void TestKdbxMerge::conflictKeepsBothStates()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    change(one, "one", 5);
    change(two, "two", 6);
    Both both(one, two);
    QCOMPARE(password(both.a), "two");
    QCOMPARE(password(both.b), "two");
    const QList<QByteArray> expected{"four words and more", "one"};
    QCOMPARE(history(both.a), expected);
    QCOMPARE(history(both.b), expected);
    QCOMPARE(both.intoA.conflicts.size(), 1);
    QCOMPARE(both.intoB.conflicts, both.intoA.conflicts);
    QCOMPARE(both.intoA.adopted, 1);
    QCOMPARE(both.intoB.adopted, 0);
}

void TestKdbxMerge::conflictInTheSameSecondIsDecidedAlike()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    change(one, "one", 5);
    change(two, "two", 5);
    Both both(one, two);
    QCOMPARE(password(both.a), password(both.b));
    QCOMPARE(history(both.a), history(both.b));
    QCOMPARE(history(both.a).size(), 2);
}

void TestKdbxMerge::stateThatOnlyOneSideChangedIsNoConflict()
{
    KdbxDatabase one = smallDatabase();
    change(one, "first", 1);
    KdbxDatabase two = one;
    change(two, "second", 2);
    change(two, "third", 3);
    Both both(one, two);
    QVERIFY(both.intoA.conflicts.isEmpty() && both.intoB.conflicts.isEmpty());
    QCOMPARE(password(both.a), "third");
    QCOMPARE(history(both.b).size(), 3);
}

void TestKdbxMerge::historyIsLimited()
{
    KdbxDatabase one = smallDatabase();
    one.meta().setChildText(u"HistoryMaxItems"_s, u"3"_s);
    KdbxDatabase two = one;
    for (int i = 1; i < 8; ++i) {
        change(one, QByteArray::number(i).constData(), i * 2);
        change(two, QByteArray::number(i + 100).constData(), i * 2 + 1);
    }
    Both both(one, two);
    QCOMPARE(history(both.a).size(), 3);
    QCOMPARE(history(both.a), history(both.b));
    QCOMPARE(history(both.a).last(), "7");
}

void TestKdbxMerge::newEntriesAndGroupsAreTaken()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    KdbxGroup inner =
        one.rootGroup().addGroup(u"Outer"_s, sampleTime).addGroup(u"Inner"_s, sampleTime);
    inner.addEntry(sampleTime).setText(u"Title"_s, u"In one"_s);
    two.rootGroup().addEntry(sampleTime).setText(u"Title"_s, u"In two"_s);
    Both both(one, two);
    QCOMPARE(both.intoA.adopted, 1);
    QCOMPARE(both.intoB.adopted, 1);
    for (KdbxDatabase *merged : {&both.a, &both.b}) {
        QCOMPARE(merged->rootGroup().entries().size(), 2);
        const KdbxGroup group = merged->rootGroup().groups().first().groups().first();
        QCOMPARE(group.name(), u"Inner"_s);
        QCOMPARE(group.entries().first().text(u"Title"), u"In one"_s);
    }
}

void TestKdbxMerge::movedEntryIsWhereItWasMovedLater()
{
    KdbxDatabase one = smallDatabase();
    one.rootGroup().addGroup(u"Target"_s, sampleTime);
    KdbxDatabase two = one;
    moveFirst(two, 9);
    Both both(one, two);
    for (KdbxDatabase *merged : {&both.a, &both.b}) {
        QVERIFY(merged->rootGroup().entries().isEmpty());
        QCOMPARE(merged->rootGroup().groups().first().entries().size(), 1);
    }
}

void TestKdbxMerge::entryThatOneMovedAndOneChanged()
{
    KdbxDatabase one = smallDatabase();
    one.rootGroup().addGroup(u"Target"_s, sampleTime);
    KdbxDatabase two = one;
    moveFirst(two, 9);
    change(one, "changed", 5);
    Both both(one, two);
    for (KdbxDatabase *merged : {&both.a, &both.b}) {
        const auto entries = merged->rootGroup().groups().first().entries();
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries.first().secret(u"Password")->view(), "changed");
        QCOMPARE(entries.first().element().child(u"Times")->childText(u"LocationChanged"),
                 kdbxText(sampleTime.addSecs(9)));
    }
}

// Such as the codes that are used, in a library of recovery codes.
void TestKdbxMerge::dataOfProgramsIsPartOfAState()
{
    KdbxDatabase one = smallDatabase();
    first(one).setCustomData(u"Program"_s, u"1"_s);
    KdbxDatabase two = one;
    first(one).keepInHistory(10);
    first(one).setCustomData(u"Program"_s, u"2"_s);
    Both both(one, two);
    for (KdbxDatabase *merged : {&both.a, &both.b})
        QCOMPARE(first(*merged).customData(u"Program"), u"2"_s);
}

void TestKdbxMerge::deletedEntryStaysDeleted()
{
    const KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    const QUuid uuid = *first(two).uuid();
    two.rootGroup().remove(uuid);
    two.recordDeleted(uuid, sampleTime.addSecs(1));
    Both both(one, two);
    QCOMPARE(both.intoA.adopted, 1);
    for (KdbxDatabase *merged : {&both.a, &both.b}) {
        QVERIFY(merged->rootGroup().entries().isEmpty());
        QCOMPARE(merged->deletedUuids(), QList{uuid});
    }
}

void TestKdbxMerge::entryThatWasModifiedLaterSurvives()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    const QUuid uuid = *first(two).uuid();
    two.rootGroup().remove(uuid);
    two.recordDeleted(uuid, sampleTime.addSecs(1));
    change(one, "later", 2);
    Both both(one, two);
    for (KdbxDatabase *merged : {&both.a, &both.b}) {
        QCOMPARE(password(*merged), "later");
        QVERIFY(merged->deletedUuids().isEmpty());
    }
}

void TestKdbxMerge::attachmentsAreRenumbered()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    one.binaries = {{.content = SecretBytes("in both")}, {.content = SecretBytes("in one")}};
    first(one).attach({.name = u"a"_s, .binary = 0});
    first(one).attach({.name = u"b"_s, .binary = 1});
    two.binaries = {{.content = SecretBytes("in two")}, {.content = SecretBytes("in both")}};
    KdbxEntry added = two.rootGroup().addEntry(sampleTime);
    added.attach({.name = u"c"_s, .binary = 0});
    added.attach({.name = u"d"_s, .binary = 1});
    (void)mergeKdbx(one, two);
    QCOMPARE(one.binaries.size(), 3);
    const KdbxEntry merged = one.rootGroup().entries().at(1);
    const auto content = [&](qsizetype attachment) {
        return one.binaries[merged.attachments()[attachment].binary].content.view().toByteArray();
    };
    QCOMPARE(content(0), "in two");
    QCOMPARE(content(1), "in both");
}

void TestKdbxMerge::settingsAndIconsAreUnited()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    two.meta().setChildText(u"DatabaseName"_s, u"New name"_s);
    two.meta().setChildText(u"DatabaseNameChanged"_s, kdbxText(sampleTime.addSecs(1)));
    two.meta().setChildText(u"HistoryMaxItems"_s, u"3"_s); // without a time, so not the later one
    two.meta().append(u"CustomIcons"_s).append(u"Icon"_s).append(u"UUID"_s, u"x"_s);
    one.meta().append(u"CustomIcons"_s).append(u"Icon"_s).append(u"UUID"_s, u"y"_s);
    (void)mergeKdbx(one, two);
    QCOMPARE(one.meta().childText(u"DatabaseName"), u"New name"_s);
    QCOMPARE(one.meta().childText(u"HistoryMaxItems"), u"10"_s);
    QCOMPARE(one.meta().child(u"CustomIcons")->children.size(), 2U);
}

void TestKdbxMerge::emptyStringsOfKeePassXcAreNoChange()
{
    KdbxDatabase one = smallDatabase();
    KdbxDatabase two = one;
    first(two).setText(u"URL"_s, QString());
    first(two).setText(u"Title"_s, u"Mail"_s);
    Both both(one, two);
    QCOMPARE(both.intoA.adopted, 0);
    QVERIFY(both.intoA.conflicts.isEmpty());
    QVERIFY(first(both.a).history().isEmpty());
}

void TestKdbxMerge::duplicateUuidsAreNoHarm()
{
    KdbxDatabase one = smallDatabase();
    one.rootGroup().element().children.push_back(first(one).element());
    KdbxDatabase two = one;
    change(two, "changed", 3);
    (void)mergeKdbx(one, two);
    QCOMPARE(one.rootGroup().entries().size(), 2);
    QCOMPARE(password(one), "changed");
}

void TestKdbxMerge::unknownElementsAreKept()
{
    KdbxDatabase one = smallDatabase();
    const KdbxDatabase two = strangeDatabase();
    (void)mergeKdbx(one, two);
    QVERIFY(one.root.child(u"Strange"));
    QVERIFY(*one.root.child(u"Strange") == *two.root.child(u"Strange"));
}

QTEST_GUILESS_MAIN(TestKdbxMerge)
#include "tst_kdbxmerge.moc"
