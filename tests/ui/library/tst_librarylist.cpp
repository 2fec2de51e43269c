// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/library/librarybench.h"
#include "ui/library/searchtext.h"

using namespace Sparekey;
using namespace Qt::StringLiterals;

/// The list of the library: search, filter, order.
class TestLibraryList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWithoutAccentsAndCase_data();
    void findsWithoutAccentsAndCase();
    void showsOnlyWhatIsDue();
    void sortsAsChosen();
    void saysWhatIsLeftAndWhatIsDue();
    void forgetsTheSearchWhenLocked();

private:
    [[nodiscard]] LibraryListModel &list() { return *m_bench->page->list(); }
    [[nodiscard]] QStringList titles()
    {
        QStringList titles;
        for (int row = 0; row < list().count(); ++row)
            titles.append(text(row, LibraryListModel::TitleRole));
        return titles;
    }
    [[nodiscard]] QString text(int row, LibraryListModel::Role role)
    {
        return list().data(list().index(row), role).toString();
    }

    std::unique_ptr<LibraryBench> m_bench;
};

void TestLibraryList::init()
{
    m_bench = std::make_unique<LibraryBench>();
    QVERIFY(m_bench->create());
    LibraryEntry google = LibraryBench::entry(u"google"_s, u"Google"_s,
                                              {"11111111", "22222222", "33333333", "44444444"});
    google.account = u"zoë@example.org"_s;
    markUsed(google, 0, QDateTime::currentDateTimeUtc(), {});
    google.copies.append({.kind = LibraryCopyKind::Paper,
                          .made = QDateTime::currentDateTimeUtc(),
                          .sheetId = u"7K2M-4D"_s});
    google.reminders.lowAt = 1;
    QVERIFY(m_bench->put(google));
    LibraryEntry bank = LibraryBench::entry(u"list"_s, u"Crédit Agricole"_s, {"abcd", "efgh"});
    bank.tags = {u"Geld"_s};
    QVERIFY(m_bench->put(bank));
    QVERIFY(m_bench->put(
        LibraryBench::entry(u"microsoft"_s, u"Microsoft"_s, {"ABCDEFGHIJKLMNOPQRSTUVWXY"})));
}

void TestLibraryList::findsWithoutAccentsAndCase_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("found");
    const QStringList bank{u"Crédit Agricole"_s};
    QTest::newRow("without accent") << u"credit"_s << bank;
    QTest::newRow("upper case with accent") << u"CRÉDIT"_s << bank;
    QTest::newRow("two words in any order") << u"agri cred"_s << bank;
    QTest::newRow("tag") << u"geld"_s << bank;
    QTest::newRow("account") << u"zoe@"_s << QStringList{u"Google"_s};
    QTest::newRow("nothing") << u"yahoo"_s << QStringList{};
    QTest::newRow("blanks") << u"   "_s
                            << QStringList{u"Crédit Agricole"_s, u"Google"_s, u"Microsoft"_s};
}

void TestLibraryList::findsWithoutAccentsAndCase()
{
    QFETCH(QString, search);
    QFETCH(QStringList, found);
    list().setSearch(search);
    QCOMPARE(titles(), found);
    QCOMPARE(list().total(), 3);
}

void TestLibraryList::showsOnlyWhatIsDue()
{
    list().setFilter(LibraryListModel::Filter::Low);
    QCOMPARE(titles(), QStringList{u"Crédit Agricole"_s});
    list().setFilter(LibraryListModel::Filter::Void);
    QCOMPARE(titles(), QStringList());
    list().setFilter(LibraryListModel::Filter::NeverPrinted);
    QCOMPARE(titles(), (QStringList{u"Crédit Agricole"_s, u"Microsoft"_s}));

    list().setFilter(LibraryListModel::Filter::All);
    LibraryEntry google = *m_bench->library->find(list().idAt(1));
    QCOMPARE(google.title, u"Google"_s);
    startNewSet(google, {{.value = SecretBytes("55555555")}}, CodeSource::Entered,
                QDate::currentDate(), VoidReason::NewSet, QDateTime::currentDateTimeUtc());
    m_bench->library->put(google);
    list().setFilter(LibraryListModel::Filter::Void);
    QTRY_COMPARE(titles(), QStringList{u"Google"_s});
}

void TestLibraryList::sortsAsChosen()
{
    list().setOrder(LibraryListModel::Order::FewestLeft);
    QCOMPARE(titles(), (QStringList{u"Microsoft"_s, u"Crédit Agricole"_s, u"Google"_s}));
    list().setOrder(LibraryListModel::Order::ByName);
    QCOMPARE(titles(), (QStringList{u"Crédit Agricole"_s, u"Google"_s, u"Microsoft"_s}));
}

void TestLibraryList::saysWhatIsLeftAndWhatIsDue()
{
    QCOMPARE(text(1, LibraryListModel::LeftRole), u"3 of 4 left"_s);
    QCOMPARE(text(1, LibraryListModel::NoteRole), u"Up to date"_s);
    QCOMPARE(text(2, LibraryListModel::LeftRole), u"1 code"_s);
    QCOMPARE(text(2, LibraryListModel::NoteRole), u"Not printed"_s);
    QCOMPARE(text(0, LibraryListModel::NoteRole), u"Make new codes"_s);
}

void TestLibraryList::forgetsTheSearchWhenLocked()
{
    list().setSearch(u"google"_s);
    m_bench->page->lock();
    QCOMPARE(list().count(), 0);
    QVERIFY(list().search().isEmpty());
}

QTEST_MAIN(TestLibraryList)
#include "tst_librarylist.moc"
