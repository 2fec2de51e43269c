// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/library/librarybench.h"
#include "ui/library/entrytexts.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = LibraryViewModel::Stage;

/// The section Recovery codes: its file, its lock, and one entry.
class TestLibraryViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<LibraryBench>(); }
    void cleanup() { m_bench.reset(); }

    void makesAFileThatOnlyItsPassphraseOpens();
    void canBeLockedWhileItOpens();
    void refusesAPassphraseThatIsRepeatedWrongly();
    void doesNotReplaceAFile();
    void asksForTheFileOfTheLastStart();
    void saysWhyAFileDoesNotOpen_data();
    void saysWhyAFileDoesNotOpen();
    void wipesEverythingWhenItIsLocked();
    void marksACodeAsUsedAndTakesItBack();
    void keepsTheRowsWhenACodeIsMarked();
    void changesWhatAnEntryIsAbout();
    void changesWhatIsNeeded();
    void keepsWhatWasNotEdited();
    void readsASetupKeyOfAnotherProgram();
    void countsCodesThatAreMaybeUsed();
    void showsAFailedSaveAfterTheEntryIsClosed();
    void leavesTheNextEntryOpenAfterADeletion();
    void deletesAnEntry();
    void opensTheAddDialogOnceTheLibraryIsMade();

private:
    [[nodiscard]] LibraryViewModel &page() { return *m_bench->page; }
    [[nodiscard]] LibraryEntryViewModel &entry() { return *m_bench->page->entry(); }
    [[nodiscard]] QVariant code(int row, EntryCodesModel::Role role)
    {
        return entry().codes()->data(entry().codes()->index(row), role);
    }
    [[nodiscard]] bool showGoogle()
    {
        if (!m_bench->create()
            || !m_bench->put(
                LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678", "23456789"})))
            return false;
        page().showEntry(0);
        return entry().isOpen();
    }

    std::unique_ptr<LibraryBench> m_bench;
};

void TestLibraryViewModel::makesAFileThatOnlyItsPassphraseOpens()
{
    QCOMPARE(page().stage(), Stage::NoFile);
    QVERIFY(!page().isUnlocked());
    QVERIFY(m_bench->create());
    QVERIFY(page().isUnlocked());
    QVERIFY(!page().creating()->isOpen());
    QVERIFY(QFile::exists(m_bench->file()));
    QCOMPARE(page().fileName(), u"codes.kdbx"_s);

    page().lock();
    QCOMPARE(page().stage(), Stage::Locked);
    QVERIFY(m_bench->unlock(u"something else"_s));
    QCOMPARE(page().stage(), Stage::Locked);
    QVERIFY(!page().unlocking()->keyErrorText().isEmpty());
    QVERIFY(page().unlocking()->problemText().isEmpty());
    QVERIFY(m_bench->fieldIsEmpty());
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    QCOMPARE(page().stage(), Stage::Open);
    QVERIFY(page().unlocking()->keyErrorText().isEmpty());
}

// The screen may be locked while the key is derived.
void TestLibraryViewModel::canBeLockedWhileItOpens()
{
    QVERIFY(m_bench->create());
    page().lock();
    QVERIFY(!page().isUnlocked());
    QSignalSpy unlocked(&page(), &LibraryViewModel::unlockedChanged);
    page().unlocking()->unlock(m_bench->entered(m_bench->passphrase), {}, false);
    QVERIFY(!unlocked.isEmpty());
    QVERIFY(page().isUnlocked());
    page().lock();
    QVERIFY(!page().isUnlocked());
    // Comes after the first one on the same thread.
    QVERIFY(m_bench->unlock(u"something else"_s));
    QCOMPARE(page().stage(), Stage::Locked);
}

void TestLibraryViewModel::refusesAPassphraseThatIsRepeatedWrongly()
{
    CreateLibraryViewModel &creating = *page().creating();
    creating.begin();
    QVERIFY(!creating.passphrase()->words()->isEmpty());
    SecretInput input;
    input.fill(u"another passphrase"_s);
    SecretEntry repeated;
    repeated.setInput(&input);
    creating.createWithOwn(m_bench->file(), m_bench->entered(m_bench->passphrase), &repeated, {});
    QVERIFY(!creating.passphrase()->errorText().isEmpty());
    QVERIFY(!creating.isBusy());
    QVERIFY(!QFile::exists(m_bench->file()));

    creating.passphrase()->assess(m_bench->entered(u"password"_s));
    QCOMPARE(creating.passphrase()->strength(), 0);
    creating.passphrase()->assess(m_bench->entered(m_bench->passphrase));
    QVERIFY(creating.passphrase()->strength() >= 3);
    creating.close();
    QVERIFY(creating.passphrase()->words()->isEmpty());
}

void TestLibraryViewModel::doesNotReplaceAFile()
{
    QVERIFY(m_bench->create());
    page().lock();
    page().creating()->begin();
    page().creating()->createWithWords(m_bench->file(), {});
    QTRY_VERIFY(!page().creating()->pathErrorText().isEmpty());
    QVERIFY(page().creating()->isOpen());
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    QVERIFY(m_bench->isOpen());
}

void TestLibraryViewModel::asksForTheFileOfTheLastStart()
{
    QVERIFY(m_bench->create());
    m_bench->restart();
    QCOMPARE(page().stage(), Stage::Locked);
    QCOMPARE(page().path(), m_bench->file());
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    QVERIFY(m_bench->isOpen());
}

void TestLibraryViewModel::saysWhyAFileDoesNotOpen_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("title");
    QTest::newRow("gone") << QByteArray() << u"The file is not there"_s;
    QTest::newRow("another kind") << QByteArray("a shopping list") << u"This is not a library"_s;
    QTest::newRow("cut off") << QByteArray("cut") << u"The file is damaged"_s;
}

void TestLibraryViewModel::saysWhyAFileDoesNotOpen()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, title);
    QVERIFY(m_bench->create());
    page().lock();
    QFile file(m_bench->file());
    if (content == "cut") {
        QVERIFY(file.resize(file.size() - 20));
    } else {
        QVERIFY(file.remove());
        if (!content.isEmpty()) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
            file.close();
        }
    }
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    QCOMPARE(page().stage(), Stage::Locked);
    QCOMPARE(page().unlocking()->problemTitle(), title);
    QVERIFY(!page().unlocking()->problemText().isEmpty());
    // Another file is another matter.
    page().unlocking()->chooseFile(m_bench->path(u"other.kdbx"_s));
    QVERIFY(page().unlocking()->problemText().isEmpty());
    QCOMPARE(page().fileName(), u"other.kdbx"_s);
}

void TestLibraryViewModel::wipesEverythingWhenItIsLocked()
{
    QVERIFY(showGoogle());
    auto *text = code(0, EntryCodesModel::CodeRole).value<SecretText *>();
    QVERIFY(text->text().equals("1234 5678"));
    entry().setHidden(false);
    QPointer<SecretText> shown = text;
    page().adding()->open();
    QSignalSpy unlocked(&page(), &LibraryViewModel::unlockedChanged);
    page().lock();
    QVERIFY(!unlocked.isEmpty());
    QVERIFY(!page().isUnlocked());
    QVERIFY(!shown || shown->isEmpty());
    QVERIFY(!entry().isOpen());
    QVERIFY(entry().isHidden());
    QCOMPARE(entry().codes()->count(), 0);
    QCOMPARE(page().list()->total(), 0);
    QVERIFY(!page().adding()->isOpen());
}

void TestLibraryViewModel::marksACodeAsUsedAndTakesItBack()
{
    QVERIFY(showGoogle());
    QCOMPARE(entry().leftText(), u"2 of 2 left"_s);
    QSignalSpy noted(&entry(), &LibraryEntryViewModel::noted);
    entry().markUsed(1);
    QTRY_VERIFY(!entry().isBusy());
    QCOMPARE(noted.size(), 1);
    QCOMPARE(entry().leftText(), u"1 of 2 left"_s);
    QVERIFY(code(1, EntryCodesModel::UsedRole).toBool());
    QVERIFY(!code(1, EntryCodesModel::StateRole).toString().isEmpty());

    m_bench->restart();
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    page().showEntry(0);
    QCOMPARE(entry().leftText(), u"1 of 2 left"_s);
    entry().markUnused(1);
    QTRY_VERIFY(!entry().isBusy());
    QCOMPARE(entry().leftText(), u"2 of 2 left"_s);
    QVERIFY(entry().errorText().isEmpty());
}

void TestLibraryViewModel::keepsTheRowsWhenACodeIsMarked()
{
    QVERIFY(showGoogle());
    QSignalSpy reset(entry().codes(), &QAbstractItemModel::modelReset);
    QSignalSpy changed(entry().codes(), &QAbstractItemModel::dataChanged);
    entry().markUsed(0);
    QTRY_VERIFY(!entry().isBusy());
    QVERIFY(reset.isEmpty());
    QVERIFY(!changed.isEmpty());
}

void TestLibraryViewModel::changesWhatAnEntryIsAbout()
{
    QVERIFY(showGoogle());
    QSignalSpy saved(&entry(), &LibraryEntryViewModel::detailsSaved);
    entry().saveDetails(u" My  Google "_s, u"me@example.org"_s, u"https://accounts.google.com"_s,
                        {}, u"first line\nsecond line"_s, u"work, , home,work"_s, 2, 6);
    QVERIFY(saved.wait());
    m_bench->restart();
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    page().showEntry(0);
    QCOMPARE(entry().title(), u"My Google"_s);
    QCOMPARE(entry().account(), u"me@example.org"_s);
    QCOMPARE(entry().subtitle(), u"Google · me@example.org"_s);
    QCOMPARE(entry().notes(), u"first line\nsecond line"_s);
    QCOMPARE(entry().lowAt(), 2);
    QCOMPARE(entry().reviewMonths(), 6);
    const QStringList tags = entry().tags().split(u", "_s);
    QCOMPARE(QSet<QString>(tags.begin(), tags.end()), (QSet<QString>{u"work"_s, u"home"_s}));
}

void TestLibraryViewModel::changesWhatIsNeeded()
{
    QVERIFY(showGoogle());
    QSignalSpy saved(&entry(), &LibraryEntryViewModel::detailsSaved);
    entry().startEditing();
    EntryNeedsModel &needs = *entry().editedNeeds();
    needs.add();
    needs.setText(0, u" in KeePassXC "_s);
    needs.add();
    needs.add();
    needs.setKind(2, static_cast<int>(Need::Kind::Phone));
    needs.setText(2, u"+49 30 1234"_s);
    QCOMPARE(entry().needsText(), QString());
    entry().saveDetails(u"Google"_s, {}, {}, {}, {}, {}, 3, 12);
    QVERIFY(saved.wait());
    m_bench->restart();
    QVERIFY(m_bench->unlock(m_bench->passphrase));
    page().showEntry(0);
    // The row that stayed empty is left out.
    QCOMPARE(entry().needsText(), u"Password: in KeePassXC\nPhone: +49 30 1234"_s);
    entry().startEditing();
    entry().editedNeeds()->remove(0);
    QCOMPARE(entry().editedNeeds()->count(), 1);
    QCOMPARE(entry().editedNeeds()->index(0).data(EntryNeedsModel::KindRole).toInt(),
             static_cast<int>(Need::Kind::Phone));
}

void TestLibraryViewModel::keepsWhatWasNotEdited()
{
    QVERIFY(m_bench->create());
    LibraryEntry foreign = LibraryBench::entry(u"google"_s, {}, {"12345678"});
    QVERIFY(m_bench->put(foreign));
    page().showEntry(0);
    QSignalSpy saved(&entry(), &LibraryEntryViewModel::detailsSaved);
    entry().saveDetails(entry().title(), entry().account(), {}, {}, u"a note"_s, entry().tags(), 3,
                        12);
    QVERIFY(saved.wait());
    const LibraryEntry &after = m_bench->library->entries().first();
    QCOMPARE(after.notes, u"a note"_s);
    QCOMPARE(after.title, QString());
}

void TestLibraryViewModel::readsASetupKeyOfAnotherProgram()
{
    QVERIFY(m_bench->create());
    QVERIFY(m_bench->put(
        LibraryBench::entry({}, u"Forum"_s,
                            {"otpauth://totp/Forum:me?secret=JBSWY3DPEHPK3PXP&issuer=Forum"})));
    page().showEntry(0);
    QVERIFY(entry().isSetupKey());
    QCOMPARE(entry().leftText(), u"Setup key"_s);
    entry().setHidden(false);
    QVERIFY(!entry().qr()->isEmpty());
    entry().makeSheet();
    QCOMPARE(entry().sheet()->content(), SheetViewModel::Content::ServiceSetupKey);
}

void TestLibraryViewModel::countsCodesThatAreMaybeUsed()
{
    LibraryEntry single = LibraryBench::entry(u"microsoft"_s, {}, {"ABCDEFGHIJKLMNOPQRSTUVWXY"});
    single.sets.last().codes[0].state = CodeState::Unsure;
    QCOMPARE(codesLeftText(single), u"Maybe used"_s);
    LibraryEntry list = LibraryBench::entry(u"google"_s, {}, {"12345678", "23456789", "34567890"});
    list.sets.last().codes[0].state = CodeState::Unsure;
    list.sets.last().codes[1].state = CodeState::Used;
    QCOMPARE(codesLeftText(list), u"1 of 3 left, 1 maybe used"_s);
    list.sets.last().codes[2].state = CodeState::Unsure;
    QCOMPARE(codesLeftText(list), u"0 of 3 left, 2 maybe used"_s);
}

void TestLibraryViewModel::showsAFailedSaveAfterTheEntryIsClosed()
{
    QVERIFY(showGoogle());
    // A file cannot replace a folder.
    QVERIFY(QFile::remove(m_bench->file()));
    QVERIFY(QDir().mkpath(m_bench->file() + u"/inside"_s));
    entry().markUsed(0);
    entry().close();
    QTRY_VERIFY(!page().noticeText().isEmpty());
    QVERIFY2(page().noticeText().contains(u"“Google”"_s), qPrintable(page().noticeText()));
}

void TestLibraryViewModel::leavesTheNextEntryOpenAfterADeletion()
{
    QVERIFY(showGoogle());
    QVERIFY(m_bench->put(LibraryBench::entry(u"github"_s, u"GitHub"_s, {"abcde-12345"})));
    const QUuid google = entry().id();
    QSignalSpy removed(&entry(), &LibraryEntryViewModel::removed);
    entry().remove();
    for (int row = 0; row < 2; ++row) {
        if (page().list()->idAt(row) != google)
            page().showEntry(row);
    }
    QVERIFY(entry().isOpen());
    QVERIFY(removed.wait());
    QVERIFY(entry().isOpen());
    QCOMPARE(entry().title(), u"GitHub"_s);
}

void TestLibraryViewModel::deletesAnEntry()
{
    QVERIFY(showGoogle());
    QSignalSpy removed(&entry(), &LibraryEntryViewModel::removed);
    entry().remove();
    QVERIFY(removed.wait());
    QVERIFY(!entry().isOpen());
    QCOMPARE(page().list()->total(), 0);
}

void TestLibraryViewModel::opensTheAddDialogOnceTheLibraryIsMade()
{
    page().addCodes();
    QVERIFY(page().creating()->isOpen());
    QVERIFY(!page().adding()->isOpen());
    page().creating()->createWithWords(m_bench->file(), {});
    QTRY_VERIFY(page().adding()->isOpen());
    QVERIFY(!page().creating()->isOpen());

    page().lock();
    page().addCodes();
    QVERIFY(!page().adding()->isOpen());
    QCOMPARE(page().stage(), Stage::Locked);
}

QTEST_MAIN(TestLibraryViewModel)
#include "tst_libraryviewmodel.moc"
