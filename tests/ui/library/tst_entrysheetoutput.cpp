// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/privatecups.h"
#include "tests/ui/library/librarybench.h"
#include "ui/library/accountcodekeeper.h"
#include "ui/sheet/unconfirmedprintsviewmodel.h"

#include <QFile>
#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Content = SheetViewModel::Content;
using Format = SheetViewModel::Format;

constexpr auto setupUri = "otpauth://totp/1Password:me%40example.org"
                          "?secret=JBSWY3DPEHPK3PXPJBSWY3DP&issuer=1Password";

/// Printing and saving the codes of an entry, and the copies that the entry then has.
class TestEntrySheetOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_bench.reset(); }

    void makesTheSheetOfEachForm_data();
    void makesTheSheetOfEachForm();
    void followsTheEntry();
    void hasNoSheetWithoutValidCodes();
    void recordsASavedFile_data();
    void recordsASavedFile();
    void recordsNothingWhenSavingFails();
    void recordsAPrintThatIsReadable();
    void recordsAPrintThatIsAnsweredAfterLocking();
    void recordsTheSetThatIsOnTheSheet();
    void keepsTheRowsOfCopies();
    void recordsNothingInAReadOnlyLibrary();
    void isWipedWhenTheLibraryIsLocked();

private:
    [[nodiscard]] LibraryEntryViewModel &entry() { return *m_bench->page->entry(); }
    [[nodiscard]] SheetViewModel &sheet() { return *entry().sheet(); }
    [[nodiscard]] const LibraryEntry &saved() { return m_bench->library->entries().first(); }
    [[nodiscard]] bool show(const QString &service, const QString &title,
                            const QList<QByteArray> &codes)
    {
        LibraryEntry made = LibraryBench::entry(service, title, codes);
        made.account = u"me@example.org"_s;
        if (!m_bench->put(made))
            return false;
        m_bench->page->showEntry(0);
        return entry().isOpen();
    }
    [[nodiscard]] bool showGoogle()
    {
        return show(u"google"_s, u"Google"_s, {"12345678", "23456789", "34567890", "45678901"});
    }
    /// The sheet as text; empty if there is none.
    [[nodiscard]] QByteArray text()
    {
        return sheet().sheet() ? toPlainText(*sheet().sheet()).view().toByteArray() : QByteArray();
    }
    /// Prints, until the question about the paper.
    void print()
    {
        sheet().findPrinters();
        QTRY_COMPARE_WITH_TIMEOUT(sheet().work(), SheetViewModel::Work::Idle, 30'000);
        QCOMPARE(sheet().errorText(), QString());
        sheet().print();
        QTRY_VERIFY2_WITH_TIMEOUT(sheet().asksPrintOutcome(), qPrintable(sheet().errorText()),
                                  30'000);
    }
    void save(Format format, const QString &path)
    {
        sheet().save(format, path, false);
        QTRY_COMPARE_WITH_TIMEOUT(sheet().work(), SheetViewModel::Work::Idle, 30'000);
    }

    PrivateCups m_cups;
    std::unique_ptr<LibraryBench> m_bench;
};

void TestEntrySheetOutput::initTestCase()
{
    QVERIFY(m_cups.start());
    QVERIFY(qputenv("CUPS_SERVER", m_cups.value("CUPS_SERVER")));
}

void TestEntrySheetOutput::init()
{
    m_bench = std::make_unique<LibraryBench>();
    QVERIFY(m_bench->create());
}

void TestEntrySheetOutput::makesTheSheetOfEachForm_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QList<QByteArray>>("codes");
    QTest::addColumn<Content>("content");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("list") << u"google"_s << QList<QByteArray>{"12345678", "23456789"}
                          << Content::CodeList << "1234 5678"_ba;
    QTest::newRow("single code") << u"microsoft"_s << QList<QByteArray>{"ABCDEFGHJKLMNPQRSTUVWXYZ2"}
                                 << Content::ServiceCode << "ABCDE"_ba;
    QTest::newRow("setup key") << u"1password"_s << QList<QByteArray>{setupUri}
                               << Content::ServiceSetupKey << "JBSW"_ba;
    QTest::newRow("code of an unknown service")
        << u"nobody knows it"_s << QList<QByteArray>{"abcd"} << Content::ServiceCode << "abcd"_ba;
}

void TestEntrySheetOutput::makesTheSheetOfEachForm()
{
    QFETCH(QString, service);
    QFETCH(QList<QByteArray>, codes);
    QFETCH(QByteArray, words);
    QVERIFY(show(service, u"My service"_s, codes));
    QCOMPARE(sheet().content(), Content::Nothing);
    entry().makeSheet();
    QTEST(sheet().content(), "content");
    QVERIFY2(text().contains(words), text().constData());
    QVERIFY2(text().toUpper().contains("MY SERVICE"), text().constData());
    QVERIFY2(text().contains("me@example.org"), text().constData());
}

void TestEntrySheetOutput::followsTheEntry()
{
    QVERIFY(showGoogle());
    entry().makeSheet();
    const QString id = sheet().sheet()->sheetId;
    sheet().setPaper(SheetViewModel::Paper::Letter);
    entry().makeSheet();
    QCOMPARE(sheet().sheet()->sheetId, id);
    QCOMPARE(sheet().paper(), SheetViewModel::Paper::Letter);
    QCOMPARE(sheet().sheet()->rows[1].state, SheetCodeState::Unused);

    entry().markUsed(1);
    QTRY_VERIFY(!entry().isBusy());
    entry().makeSheet();
    QVERIFY(sheet().sheet()->sheetId != id);
    QCOMPARE(sheet().sheet()->rows[1].state, SheetCodeState::Used);
    QVERIFY(!sheet().sheet()->rows[1].mark.isEmpty());
    QCOMPARE(sheet().sheet()->rows[2].state, SheetCodeState::Unused);
}

void TestEntrySheetOutput::hasNoSheetWithoutValidCodes()
{
    LibraryEntry made = LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"});
    voidCurrentSet(made, VoidReason::Lost, QDateTime::currentDateTimeUtc());
    QVERIFY(m_bench->put(made));
    m_bench->page->showEntry(0);
    entry().makeSheet();
    QVERIFY(!sheet().sheet());
    QCOMPARE(sheet().content(), Content::Nothing);
}

void TestEntrySheetOutput::recordsASavedFile_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<LibraryCopyKind>("kind");
    QTest::addColumn<QString>("name");
    QTest::newRow("PDF") << Format::Pdf << LibraryCopyKind::Pdf << u"sheet.pdf"_s;
    QTest::newRow("PDF with password")
        << Format::ProtectedPdf << LibraryCopyKind::ProtectedPdf << u"protected.pdf"_s;
    QTest::newRow("text") << Format::Text << LibraryCopyKind::Text << u"sheet.txt"_s;
}

void TestEntrySheetOutput::recordsASavedFile()
{
    QFETCH(Format, format);
    QFETCH(QString, name);
    QVERIFY(showGoogle());
    QCOMPARE(entry().noteText(), u"Not printed"_s);
    entry().makeSheet();
    if (format == Format::ProtectedPdf)
        sheet().generatePassphrase();
    const QString id = sheet().sheet()->sheetId;
    const QString path = m_bench->path(name);
    save(format, path);
    QCOMPARE(sheet().errorText(), QString());
    QVERIFY(QFile::exists(path));
    QTRY_VERIFY(!entry().isBusy());
    QCOMPARE(entry().errorText(), QString());
    QCOMPARE(entry().noteText(), u"Up to date"_s);
    QCOMPARE(entry().copies()->count(), 1);

    m_bench->restart();
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    QCOMPARE(saved().copies.size(), 1);
    const LibraryCopy copy = saved().copies.first();
    QTEST(copy.kind, "kind");
    QCOMPARE(copy.sheetId, id);
    QCOMPARE(copy.place, path);
    QCOMPARE(copy.set, 1);
    QVERIFY(copy.made.isValid());
}

void TestEntrySheetOutput::recordsNothingWhenSavingFails()
{
    QVERIFY(showGoogle());
    entry().makeSheet();
    save(Format::Pdf, m_bench->path(u"no such folder/sheet.pdf"_s));
    QVERIFY(!sheet().errorText().isEmpty());
    QVERIFY(!entry().isBusy());
    QVERIFY(entry().copies()->count() == 0);
}

void TestEntrySheetOutput::recordsAPrintThatIsReadable()
{
    QVERIFY(showGoogle());
    entry().makeSheet();
    print();
    QVERIFY(entry().copies()->count() == 0);
    sheet().reportPrintOutcome(false);
    QVERIFY(!entry().isBusy());
    QVERIFY(entry().copies()->count() == 0);

    const QString id = sheet().sheet()->sheetId;
    print();
    sheet().reportPrintOutcome(true);
    QTRY_VERIFY(!entry().isBusy());
    QCOMPARE(saved().copies.size(), 1);
    QCOMPARE(saved().copies.first().kind, LibraryCopyKind::Paper);
    QCOMPARE(saved().copies.first().sheetId, id);
    QCOMPARE(saved().copies.first().place, QString());

    // The next paper is another one.
    entry().makeSheet();
    QVERIFY(sheet().sheet()->sheetId != id);
}

void TestEntrySheetOutput::recordsAPrintThatIsAnsweredAfterLocking()
{
    LibraryEvents events(m_bench->path(u"events.conf"_s));
    AccountCodeKeeper keeper(*m_bench->library, events);
    UnconfirmedPrintsViewModel asking(m_bench->printing, *m_bench->settings);
    connect(&asking, &UnconfirmedPrintsViewModel::libraryCopyMade, &keeper,
            [&keeper](const SentSheet &about) {
                keeper.recordPrint(about.librarySet, about.sent, about.sheetId);
            });
    QVERIFY(showGoogle());
    entry().makeSheet();
    const QString sheetId = sheet().sheet()->sheetId;
    print();
    m_bench->page->lock();
    asking.refresh();
    QTRY_VERIFY(asking.asks());
    asking.answer(true);
    QCOMPARE(events.all().size(), 1);
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    QTRY_COMPARE(saved().copies.size(), 1);
    QCOMPARE(saved().copies.first().kind, LibraryCopyKind::Paper);
    QCOMPARE(saved().copies.first().sheetId, sheetId);
    QCOMPARE(saved().copies.first().set, 1);
    QTRY_VERIFY(events.all().isEmpty());
    QVERIFY(m_bench->settings->copies({}).isEmpty());
}

void TestEntrySheetOutput::recordsTheSetThatIsOnTheSheet()
{
    QVERIFY(showGoogle());
    entry().makeSheet();
    LibraryEntry changed = saved();
    startNewSet(changed, {{.value = SecretBytes("55555555")}}, CodeSource::Entered,
                QDate::currentDate(), VoidReason::NewSet, QDateTime::currentDateTimeUtc());
    m_bench->library->put(changed);
    QTRY_COMPARE(saved().sets.size(), 2);
    save(Format::Text, m_bench->path(u"old set.txt"_s));
    QTRY_VERIFY(!entry().isBusy());
    QCOMPARE(saved().copies.size(), 1);
    QCOMPARE(saved().copies.first().set, 1);
    QCOMPARE(entry().noteText(), u"Destroy old copies"_s);
}

// The keyboard focus is in a row of a copy when the copy changes.
void TestEntrySheetOutput::keepsTheRowsOfCopies()
{
    QVERIFY(showGoogle());
    entry().makeSheet();
    save(Format::Text, m_bench->path(u"sheet.txt"_s));
    QTRY_VERIFY(!entry().isBusy());
    EntryCopiesModel &copies = *entry().copies();
    QCOMPARE(copies.count(), 1);
    const auto is = [&copies](EntryCopiesModel::Role role) {
        return copies.data(copies.index(0), role).toBool();
    };
    QVERIFY(!is(EntryCopiesModel::VoidRole));

    QSignalSpy reset(&copies, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&copies, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changed(&copies, &QAbstractItemModel::dataChanged);
    LibraryEntry next = saved();
    startNewSet(next, {{.value = SecretBytes("55555555")}}, CodeSource::Entered,
                QDate::currentDate(), VoidReason::NewSet, QDateTime::currentDateTimeUtc());
    m_bench->library->put(next);
    QTRY_COMPARE(saved().sets.size(), 2);
    QVERIFY(is(EntryCopiesModel::VoidRole));
    QVERIFY(!changed.isEmpty());

    // A view reads a new row when it is inserted.
    EntryCopiesModel opened;
    bool voidAtOnce = false;
    connect(&opened, &QAbstractItemModel::rowsInserted, this, [&] {
        voidAtOnce = opened.data(opened.index(0), EntryCopiesModel::VoidRole).toBool();
    });
    opened.setCopies(saved());
    QVERIFY(voidAtOnce);

    entry().markCopyDestroyed(0);
    QVERIFY(is(EntryCopiesModel::GoneRole));
    QVERIFY(!is(EntryCopiesModel::VoidRole));
    QTRY_VERIFY(!entry().isBusy());
    QVERIFY(reset.isEmpty());
    QVERIFY(removed.isEmpty());
}

void TestEntrySheetOutput::recordsNothingInAReadOnlyLibrary()
{
    QVERIFY(showGoogle());
    // Another window has the library open.
    Library library;
    KnownLibraries known(m_bench->path(u"second.conf"_s));
    KeyringUnlock keyringUnlock(known, m_bench->keyring);
    LibraryViewModel second(library, known, keyringUnlock, *m_bench->settings, m_bench->printing);
    second.unlocking()->chooseFile(m_bench->file());
    second.unlocking()->unlock(m_bench->entered(m_bench->passphrase), {}, false);
    QTRY_COMPARE(second.stage(), LibraryViewModel::Stage::Open);
    QVERIFY(second.isReadOnly());
    second.showEntry(0);
    LibraryEntryViewModel &shown = *second.entry();
    shown.makeSheet();
    const QString path = m_bench->path(u"sheet.txt"_s);
    QSignalSpy made(shown.sheet(), &SheetViewModel::copyMade);
    shown.sheet()->save(Format::Text, path, false);
    QTRY_COMPARE_WITH_TIMEOUT(made.size(), 1, 30'000);
    QVERIFY(QFile::exists(path));
    QVERIFY(!shown.isBusy());
    QCOMPARE(shown.errorText(), QString());
    QVERIFY(shown.copies()->count() == 0);
}

void TestEntrySheetOutput::isWipedWhenTheLibraryIsLocked()
{
    QVERIFY(showGoogle());
    entry().makeSheet();
    sheet().generatePassphrase();
    QVERIFY(!sheet().passphrase()->isEmpty());
    m_bench->page->lock();
    QVERIFY(!sheet().sheet());
    QCOMPARE(sheet().content(), Content::Nothing);
    QVERIFY(sheet().passphrase()->isEmpty());
    entry().makeSheet();
    QVERIFY(!sheet().sheet());
}

QTEST_MAIN(TestEntrySheetOutput)
#include "tst_entrysheetoutput.moc"
