// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The views of groups and entries, and how values are written.

#include "kdbxsamples.h"

#include "core/kdbx/kdbxvalues.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestKdbxEntries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreSecondsSinceTheYearOne();
    void impossibleValuesAreNothing();
    void stringsAreTextOrSecret();
    void historyKeepsFormerStates();
    void customDataTagsAndDates();
    void groupsAndEntriesCanBeRemoved();
    void unusedBinariesGo();
    void duplicateUuidsAreKeptAndReported();
};

void TestKdbxEntries::timesAreSecondsSinceTheYearOne()
{
    // 62135596800 seconds until 1970, and 1576607102 from then on.
    QByteArray octets;
    appendNumber(octets, qint64{63'712'203'902});
    const QDateTime time(QDate(2019, 12, 17), QTime(18, 25, 2), QTimeZone::utc());
    QCOMPARE(kdbxText(time), QString::fromLatin1(octets.toBase64()));
    QCOMPARE(timeFromText(kdbxText(time)), time);
    QCOMPARE(timeFromText(u"2019-12-17T18:25:02Z"), time);
    const QDateTime first(QDate(1, 1, 1), QTime(0, 0), QTimeZone::utc());
    QCOMPARE(timeFromText(u"AAAAAAAAAAA="), first);
}

void TestKdbxEntries::impossibleValuesAreNothing()
{
    QCOMPARE(timeFromText(u""), std::nullopt);
    QCOMPARE(timeFromText(u"yesterday:"), std::nullopt);
    QCOMPARE(timeFromText(u"AAAA"), std::nullopt);
    QCOMPARE(timeFromText(u"/////////38="), std::nullopt); // the largest number
    QCOMPARE(timeFromText(u"//////////8="), std::nullopt); // -1
    QCOMPARE(uuidFromText(u"AAAA"), std::nullopt);
    QCOMPARE(uuidFromText(u"AAAAAAAAAAAAAAAAAAAAAA=="), std::nullopt); // null
    QCOMPARE(octetsFromBase64(u"A=A"), std::nullopt);
    QCOMPARE(octetsFromBase64(u"Āā=="), std::nullopt);
    QCOMPARE(octetsFromBase64(u" QU\n\tI= "), QByteArray("AB"));
}

void TestKdbxEntries::stringsAreTextOrSecret()
{
    auto database = smallDatabase();
    KdbxEntry entry = database.rootGroup().entries().constFirst();
    QCOMPARE(entry.stringNames(), QStringList({u"Title"_s, u"Password"_s}));
    const auto strings = entry.strings();
    QCOMPARE(strings.size(), 2);
    QCOMPARE(strings[0].name, u"Title"_s);
    QCOMPARE(strings[0].text, entry.text(u"Title"));
    QVERIFY(!strings[0].secret);
    QCOMPARE(strings[1].secret.has_value(), entry.secret(u"Password").has_value());
    QCOMPARE(entry.text(u"Title"), u"Mail"_s);
    QCOMPARE(entry.secret(u"Title"), std::nullopt);
    QCOMPARE(entry.text(u"Password"), std::nullopt);
    QCOMPARE(entry.secret(u"Password"), SecretBytes("four words and more"));
    QCOMPARE(entry.text(u"none"), std::nullopt);

    entry.setSecret(u"Title"_s, SecretBytes("hidden"));
    QCOMPARE(entry.text(u"Title"), std::nullopt);
    QCOMPARE(entry.secret(u"Title"), SecretBytes("hidden"));
    entry.setText(u"Title"_s, u"shown"_s);
    QCOMPARE(entry.text(u"Title"), u"shown"_s);
    entry.removeString(u"Password");
    QCOMPARE(entry.stringNames(), QStringList({u"Title"_s}));
}

void TestKdbxEntries::historyKeepsFormerStates()
{
    auto database = smallDatabase();
    KdbxEntry entry = database.rootGroup().entries().constFirst();
    for (int i = 0; i < 5; ++i) {
        entry.keepInHistory(3);
        entry.setText(u"Title"_s, QString::number(i));
    }
    const auto history = entry.history();
    QCOMPARE(history.size(), 3);
    QCOMPARE(history.first().text(u"Title"), u"1"_s);
    QCOMPARE(history.last().text(u"Title"), u"3"_s);
    QCOMPARE(history.last().uuid(), entry.uuid());
    QVERIFY(history.last().history().isEmpty());
    QCOMPARE(history.last().secret(u"Password"), SecretBytes("four words and more"));
}

void TestKdbxEntries::customDataTagsAndDates()
{
    auto database = smallDatabase();
    KdbxEntry entry = database.rootGroup().entries().constFirst();
    QCOMPARE(entry.customData(u"a"), std::nullopt);
    entry.setCustomData(u"a"_s, u"1"_s);
    entry.setCustomData(u"b"_s, u"2"_s);
    entry.setCustomData(u"a"_s, u"3"_s);
    QCOMPARE(entry.customData(u"a"), u"3"_s);
    QCOMPARE(entry.customData(u"b"), u"2"_s);
    QVERIFY(entry.tags().isEmpty());
    entry.element().setChildText(u"Tags"_s, u"one, two;three"_s);
    QCOMPARE(entry.tags(), QStringList({u"one"_s, u"two"_s, u"three"_s}));
    entry.setTags({u"four"_s, u"five"_s});
    QCOMPARE(entry.tags(), QStringList({u"four"_s, u"five"_s}));
    QCOMPARE(entry.date(KdbxDate::Created), sampleTime);
    entry.setDate(KdbxDate::Modified, sampleTime.addDays(1));
    QCOMPARE(entry.date(KdbxDate::Modified), sampleTime.addDays(1));
    QCOMPARE(entry.element().child(u"Times")->childText(u"Expires"), u"False"_s);
    entry.setDate(KdbxDate::Expires, sampleTime.addDays(2));
    QCOMPARE(entry.element().child(u"Times")->childText(u"Expires"), u"True"_s);
}

void TestKdbxEntries::groupsAndEntriesCanBeRemoved()
{
    auto database = smallDatabase();
    KdbxGroup root = database.rootGroup();
    QCOMPARE(root.name(), u"Small"_s);
    const KdbxGroup group = root.addGroup(u"Codes"_s, sampleTime);
    const auto uuid = group.uuid();
    QVERIFY(uuid);
    QCOMPARE(root.groups().size(), 1);
    QVERIFY(root.remove(*uuid));
    QVERIFY(!root.remove(*uuid));
    QVERIFY(root.groups().isEmpty());
    QCOMPARE(root.entries().size(), 1);
    database.recordDeleted(*uuid, sampleTime);
    QCOMPARE(database.deletedUuids(), QList({*uuid}));
}

void TestKdbxEntries::unusedBinariesGo()
{
    auto database = smallDatabase();
    database.binaries = {{.content = SecretBytes("unused")},
                         {.content = SecretBytes("in the history")},
                         {.content = SecretBytes("unused too")},
                         {.content = SecretBytes("used")}};
    KdbxEntry entry = database.rootGroup().entries().constFirst();
    entry.attach({.name = u"old.txt"_s, .binary = 1});
    entry.keepInHistory(1);
    entry.element().children.remove_if([](const auto &child) { return child.name == u"Binary"; });
    entry.attach({.name = u"new.txt"_s, .binary = 3});
    entry.attach({.name = u"missing.txt"_s, .binary = 9});
    database.removeUnusedBinaries();
    QCOMPARE(database.binaries.size(), 2);
    QCOMPARE(database.binaries[0].content, SecretBytes("in the history"));
    QCOMPARE(database.binaries[1].content, SecretBytes("used"));
    const QList<KdbxAttachment> attachments{{.name = u"new.txt"_s, .binary = 1},
                                            {.name = u"missing.txt"_s, .binary = 9}};
    QCOMPARE(entry.attachments(), attachments);
    QCOMPARE(entry.history().constFirst().attachments().constFirst().binary, 0);
}

void TestKdbxEntries::duplicateUuidsAreKeptAndReported()
{
    auto database = smallDatabase();
    KdbxEntry entry = database.rootGroup().entries().constFirst();
    entry.keepInHistory(1);
    QVERIFY(database.duplicateUuids().isEmpty());
    const XmlElement copy = entry.element();
    database.rootGroup().addGroup(u"Other"_s, sampleTime).element().children.push_back(copy);
    QCOMPARE(database.duplicateUuids(), QList({*entry.uuid()}));

    const auto key = keyOf("passphrase");
    auto opened = openKdbx(*writeKdbx(database, key), key);
    QVERIFY(opened);
    QCOMPARE(opened->root, database.root);
    QCOMPARE(opened->duplicateUuids(), QList({*entry.uuid()}));
}

QTEST_GUILESS_MAIN(TestKdbxEntries)
#include "tst_kdbxentries.moc"
