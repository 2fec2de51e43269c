// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/library/librarybench.h"

#include "core/files/oldergenerations.h"
#include "core/kdbx/keyfile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = LibraryViewModel::Stage;
using Choice = ChangeKeyViewModel::NewPassphrase;
using KeyFile = ChangeKeyViewModel::NewKeyFile;

/// The file of the section Recovery codes: its key, its place, other files, the keyring, and what
/// can happen to it. Against a real Secret Service on a session bus of its own.
class TestLibraryFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<LibraryBench>();
        QVERIFY(m_bench->create());
    }
    void cleanup() { m_bench.reset(); }

    void changesThePassphrase();
    void refusesToChangeTheKeyWithoutTheOldOne();
    void refusesAChangeOfNothing();
    void addsAndRemovesAKeyFile();
    void makesNoKeyFileWithoutTheOldPassphrase();
    void deletesOlderVersionsOfTheOldKey();
    void wipesTheNewWordsWhenItIsLocked();

    void movesTheFile();
    void refusesANameThatExists();
    void savesAFileThatIsGoneInAnotherPlace();

    void listsOtherLibraries();
    void saysThatAFileIsGone();
    void forgetsALibrary();
    void forgetsTheChosenLibrary();

    void restoresAnOlderVersionOfADamagedFile();
    void saysThatAnotherWindowHasItOpen();
    void saysWhichEntriesWereChangedOnBothSides();

    void keyringUnlocks();
    void keyringIsNotUsedUnlessAskedFor();
    void newPassphraseEndsTheKeyring();
    void stoppedKeyringDoesNotUnlock();
    void saysThatThereIsNoKeyring();

private:
    [[nodiscard]] LibraryViewModel &page() { return *m_bench->page; }
    [[nodiscard]] UnlockLibraryViewModel &unlocking() { return *m_bench->page->unlocking(); }
    [[nodiscard]] ChangeKeyViewModel &changing() { return *m_bench->page->changingKey(); }
    [[nodiscard]] MoveLibraryViewModel &moving() { return *m_bench->page->moving(); }
    /// Until the dialog has an answer.
    [[nodiscard]] bool change(const QString &current, const QString &keyFile, Choice choice,
                              KeyFile keyFileChoice = KeyFile::KeepFile,
                              const QString &newKeyFile = {})
    {
        SecretInput own;
        own.fill(next);
        SecretEntry entry;
        entry.setInput(&own);
        changing().change(m_bench->entered(current), keyFile, choice, &entry, &entry, keyFileChoice,
                          newKeyFile);
        return QTest::qWaitFor([this] { return !changing().isBusy(); });
    }
    [[nodiscard]] bool unlock(const QString &passphrase, const QString &keyFile = {},
                              bool keep = false)
    {
        unlocking().unlock(m_bench->entered(passphrase), keyFile, keep);
        return QTest::qWaitFor([this] { return !unlocking().isBusy(); }) && m_bench->isOpen();
    }
    [[nodiscard]] bool unlockByKeyring()
    {
        unlocking().unlockByKeyring();
        return QTest::qWaitFor(
                   [this] { return !unlocking().waitsForKeyring() && !unlocking().isBusy(); })
            && m_bench->isOpen();
    }
    [[nodiscard]] QVariant other(int row, KnownLibrariesModel::Role role)
    {
        return unlocking().others()->data(unlocking().others()->index(row), role);
    }

    std::unique_ptr<LibraryBench> m_bench;
    const QString next = u"velvet harbor pencil moon"_s;
};

void TestLibraryFile::changesThePassphrase()
{
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Closed);
    changing().begin();
    QVERIFY(!changing().passphrase()->words()->isEmpty());
    QVERIFY(change(m_bench->passphrase, {}, Choice::Own));
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Changed);
    QVERIFY(m_bench->fieldIsEmpty());
    QVERIFY(changing().passphrase()->words()->isEmpty());
    changing().close();
    page().lock();
    QVERIFY(!unlock(m_bench->passphrase));
    QVERIFY(!unlocking().keyErrorText().isEmpty());
    QVERIFY(unlock(next));

    changing().begin();
    const QString words = QString::fromUtf8(changing().passphrase()->words()->text().view());
    QVERIFY(change(next, {}, Choice::Words));
    page().lock();
    QVERIFY(unlock(words));
}

void TestLibraryFile::refusesToChangeTheKeyWithoutTheOldOne()
{
    changing().begin();
    QVERIFY(change(next, {}, Choice::Own));
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Ask);
    QVERIFY(!changing().currentErrorText().isEmpty());
    QVERIFY(change({}, {}, Choice::Own));
    QVERIFY(!changing().currentErrorText().isEmpty());
    QVERIFY(change(m_bench->passphrase, m_bench->path(u"no such file"_s), Choice::Own));
    QVERIFY(!changing().currentErrorText().isEmpty());
    page().lock();
    QVERIFY(unlock(m_bench->passphrase));
}

void TestLibraryFile::refusesAChangeOfNothing()
{
    changing().begin();
    QVERIFY(change(m_bench->passphrase, {}, Choice::Keep));
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Ask);
    QVERIFY(!changing().errorText().isEmpty());
    QVERIFY(change(m_bench->passphrase, {}, Choice::Keep, KeyFile::Existing));
    QVERIFY(!changing().keyFileErrorText().isEmpty());
}

void TestLibraryFile::addsAndRemovesAKeyFile()
{
    const QString keyFile = m_bench->path(u"codes.keyx"_s);
    changing().begin();
    QVERIFY(change(m_bench->passphrase, {}, Choice::Keep, KeyFile::Made, keyFile));
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Changed);
    QVERIFY(QFile::exists(keyFile));
    QCOMPARE(QFile::permissions(keyFile) & QFile::Permissions(0x77), QFile::Permissions());
    page().lock();
    QVERIFY(!unlock(m_bench->passphrase));
    QVERIFY(unlock(m_bench->passphrase, keyFile));

    // It is not made again, and nothing is replaced.
    changing().begin();
    QVERIFY(change(m_bench->passphrase, keyFile, Choice::Keep, KeyFile::Made, keyFile));
    QVERIFY(!changing().keyFileErrorText().isEmpty());
    // The key file alone, then the passphrase alone.
    QVERIFY(change(m_bench->passphrase, keyFile, Choice::Own, KeyFile::None));
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Changed);
    page().lock();
    QVERIFY(unlock(next));
    changing().begin();
    QVERIFY(change(next, {}, Choice::Keep, KeyFile::Existing, m_bench->path(u"none"_s)));
    QVERIFY(!changing().keyFileErrorText().isEmpty());
    QVERIFY(change(next, {}, Choice::Keep, KeyFile::Existing, keyFile));
    page().lock();
    QVERIFY(unlock(next, keyFile));
}

void TestLibraryFile::makesNoKeyFileWithoutTheOldPassphrase()
{
    const QString keyFile = m_bench->path(u"codes.keyx"_s);
    changing().begin();
    QVERIFY(change(next, {}, Choice::Own, KeyFile::Made, keyFile));
    QVERIFY(!changing().currentErrorText().isEmpty());
    QVERIFY(!QFile::exists(keyFile));
}

void TestLibraryFile::deletesOlderVersionsOfTheOldKey()
{
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"})));
    changing().begin();
    QVERIFY(change(m_bench->passphrase, {}, Choice::Words));
    QCOMPARE(changing().olderVersions(), 2);
    QVERIFY(!changing().olderVersionsText().isEmpty());
    changing().deleteOlderVersions();
    QTRY_COMPARE(changing().olderVersions(), 0);
    QVERIFY(olderGenerations(m_bench->file(), libraryGenerations).isEmpty());
    QVERIFY(QFile::exists(m_bench->file()));
}

void TestLibraryFile::wipesTheNewWordsWhenItIsLocked()
{
    changing().begin();
    moving().begin();
    page().lock();
    QCOMPARE(changing().stage(), ChangeKeyViewModel::Stage::Closed);
    QVERIFY(changing().passphrase()->words()->isEmpty());
    QVERIFY(!moving().isOpen());
}

void TestLibraryFile::movesTheFile()
{
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"})));
    QVERIFY(QDir().mkpath(m_bench->path(u"else"_s)));
    const QString to = m_bench->path(u"else/renamed.kdbx"_s);
    QSignalSpy noted(&page(), &LibraryViewModel::noted);
    moving().begin();
    QCOMPARE(moving().path(), m_bench->file());
    moving().move(m_bench->path(u"else/renamed"_s));
    QTRY_VERIFY(!moving().isOpen());
    QCOMPARE(noted.size(), 1);
    QCOMPARE(page().path(), to);
    QCOMPARE(page().fileName(), u"renamed.kdbx"_s);
    QVERIFY(!QFile::exists(m_bench->file()));
    QVERIFY(QFile::exists(olderGeneration(to, 1)));
    QCOMPARE(m_bench->known->paths(), QStringList{to});
    QCOMPARE(unlocking().others()->count(), 0);
    m_bench->restart();
    QCOMPARE(page().path(), to);
    QVERIFY(unlock(m_bench->passphrase));
}

void TestLibraryFile::refusesANameThatExists()
{
    QVERIFY(QFile::copy(m_bench->file(), m_bench->path(u"other.kdbx"_s)));
    moving().begin();
    moving().move(m_bench->path(u"other.kdbx"_s));
    QTRY_VERIFY(!moving().pathErrorText().isEmpty());
    QVERIFY(moving().isOpen());
    moving().move({});
    QVERIFY(!moving().pathErrorText().isEmpty());
    moving().move(m_bench->path(u"no/folder.kdbx"_s));
    QTRY_VERIFY(!moving().isBusy());
    QVERIFY(!moving().pathErrorText().isEmpty());
    QCOMPARE(page().path(), m_bench->file());
    QVERIFY(m_bench->isOpen());
}

void TestLibraryFile::savesAFileThatIsGoneInAnotherPlace()
{
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"})));
    page().lookAgain();
    QTest::qWait(0);
    QVERIFY(page().lostText().isEmpty());
    QVERIFY(QFile::remove(m_bench->file()));
    page().lookAgain();
    QTRY_VERIFY(page().isGone());
    QVERIFY(!page().lostText().isEmpty());
    const QString to = m_bench->path(u"saved.kdbx"_s);
    moving().begin();
    moving().move(to);
    QTRY_VERIFY(QFile::exists(to));
    QTRY_VERIFY(!page().isGone());
    QVERIFY(page().lostText().isEmpty());
    page().lock();
    QVERIFY(unlock(m_bench->passphrase));
    QCOMPARE(page().list()->total(), 1);
}

void TestLibraryFile::listsOtherLibraries()
{
    QCOMPARE(unlocking().others()->count(), 0);
    QVERIFY(!unlocking().openedText().isEmpty());
    const QString second = m_bench->path(u"second.kdbx"_s);
    QVERIFY(QFile::copy(m_bench->file(), second));
    page().closeFile();
    QCOMPARE(page().stage(), Stage::Locked);
    unlocking().chooseFile(second);
    QVERIFY(unlock(m_bench->passphrase));
    QCOMPARE(unlocking().others()->count(), 1);
    QCOMPARE(other(0, KnownLibrariesModel::NameRole).toString(), u"codes.kdbx"_s);
    QVERIFY(!other(0, KnownLibrariesModel::FolderRole).toString().isEmpty());
    QVERIFY(!other(0, KnownLibrariesModel::OpenedRole).toString().isEmpty());
    m_bench->restart();
    QCOMPARE(page().path(), second);
    QCOMPARE(unlocking().others()->count(), 1);
    unlocking().chooseKnown(0);
    QCOMPARE(page().path(), m_bench->file());
    QVERIFY(unlock(m_bench->passphrase));
    QCOMPARE(other(0, KnownLibrariesModel::NameRole).toString(), u"second.kdbx"_s);
}

void TestLibraryFile::saysThatAFileIsGone()
{
    page().lock();
    unlocking().chooseFile(m_bench->path(u"second.kdbx"_s));
    QVERIFY(!other(0, KnownLibrariesModel::GoneRole).toBool());
    QVERIFY(QFile::remove(m_bench->file()));
    page().lookAgain();
    QTRY_VERIFY(other(0, KnownLibrariesModel::GoneRole).toBool());
}

void TestLibraryFile::forgetsALibrary()
{
    page().lock();
    unlocking().chooseFile(m_bench->path(u"second.kdbx"_s));
    QCOMPARE(unlocking().others()->count(), 1);
    unlocking().forgetKnown(0);
    QCOMPARE(unlocking().others()->count(), 0);
    QVERIFY(QFile::exists(m_bench->file()));
    m_bench->restart();
    QCOMPARE(page().stage(), Stage::NoFile);
}

void TestLibraryFile::forgetsTheChosenLibrary()
{
    const QString second = m_bench->path(u"second.kdbx"_s);
    QVERIFY(QFile::copy(m_bench->file(), second));
    page().lock();
    unlocking().chooseFile(second);
    QVERIFY(unlock(m_bench->passphrase));
    page().lock();
    unlocking().forgetChosen();
    QCOMPARE(page().path(), m_bench->file());
    QCOMPARE(page().stage(), Stage::Locked);
    unlocking().forgetChosen();
    QCOMPARE(page().stage(), Stage::NoFile);
    QVERIFY(QFile::exists(m_bench->file()));
    QVERIFY(QFile::exists(second));
}

void TestLibraryFile::restoresAnOlderVersionOfADamagedFile()
{
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"})));
    QVERIFY(m_bench->put(LibraryBench::entry(u"github"_s, u"GitHub"_s, {"12345-67890"})));
    page().lock();
    QFile file(m_bench->file());
    QVERIFY(file.resize(file.size() - 20));
    QVERIFY(!unlock(m_bench->passphrase));
    QTRY_COMPARE(unlocking().olderVersions().size(), 2);
    QSignalSpy noted(&page(), &LibraryViewModel::noted);
    unlocking().restore(0);
    QTRY_COMPARE(noted.size(), 1);
    QVERIFY(unlocking().problemText().isEmpty());
    QVERIFY(unlocking().olderVersions().isEmpty());
    QVERIFY(unlock(m_bench->passphrase));
    QCOMPARE(page().list()->total(), 1);
}

void TestLibraryFile::saysThatAnotherWindowHasItOpen()
{
    Library library;
    KnownLibraries known(m_bench->path(u"second.conf"_s));
    KeyringUnlock keyringUnlock(known, m_bench->keyring);
    LibraryViewModel second(library, known, keyringUnlock, *m_bench->settings, m_bench->printing);
    second.unlocking()->chooseFile(m_bench->file());
    second.unlocking()->unlock(m_bench->entered(m_bench->passphrase), {}, false);
    QTRY_COMPARE(second.stage(), Stage::Open);
    QVERIFY(second.isInUse());
    QVERIFY(second.isReadOnly());
    page().lock();
    second.lookAgain();
    QTRY_VERIFY(!second.isInUse());
    QVERIFY(!second.isReadOnly());
}

void TestLibraryFile::saysWhichEntriesWereChangedOnBothSides()
{
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"})));
    const QString copy = m_bench->path(u"copy.kdbx"_s);
    QVERIFY(QFile::copy(m_bench->file(), copy));
    // The same entry, changed in a copy on another computer and here.
    LibraryEntry entry = m_bench->library->entries().first();
    {
        Library elsewhere([] { return argon2idParameters(quint64{8} * 1024, 1, 1); });
        elsewhere.open(copy, {.passphrase = SecureBuffer::fromText(m_bench->passphrase)});
        QTRY_COMPARE(elsewhere.state(), Library::State::Open);
        entry.notes = u"theirs"_s;
        elsewhere.put(entry);
        QTRY_COMPARE(elsewhere.entries().first().notes, u"theirs"_s);
    }
    entry.notes = u"ours"_s;
    m_bench->library->put(entry);
    QTRY_COMPARE(m_bench->library->entries().first().notes, u"ours"_s);
    QVERIFY(QFile::remove(m_bench->file()));
    QVERIFY(QFile::rename(copy, m_bench->file()));
    page().lookAgain();
    QTRY_VERIFY(!page().noticeText().isEmpty());
    QVERIFY2(page().noticeText().contains(u"Google"_s), qPrintable(page().noticeText()));
}

void TestLibraryFile::keyringUnlocks()
{
    page().lock();
    QVERIFY(unlocking().keyringText().isEmpty());
    QSignalSpy noted(&page(), &LibraryViewModel::noted);
    QVERIFY(unlock(m_bench->passphrase, {}, true));
    QTRY_COMPARE(noted.size(), 1);
    QVERIFY(!unlocking().keyringText().isEmpty());
    QVERIFY(!unlocking().waitsForKeyring());
    page().lock();
    QVERIFY(unlockByKeyring());
    m_bench->restart();
    QVERIFY(unlockByKeyring());
    QVERIFY(m_bench->put(LibraryBench::entry(u"google"_s, u"Google"_s, {"12345678"})));

    // "Lock"
    page().forgetKeyring();
    page().lock();
    QVERIFY(unlocking().keyringText().isEmpty());
    QVERIFY(!unlockByKeyring());
    QVERIFY(unlock(m_bench->passphrase));
}

void TestLibraryFile::keyringIsNotUsedUnlessAskedFor()
{
    page().lock();
    QVERIFY(unlock(m_bench->passphrase));
    QVERIFY(m_bench->known->keyringEntries().isEmpty());
    QVERIFY(unlocking().keyringText().isEmpty());
}

void TestLibraryFile::newPassphraseEndsTheKeyring()
{
    page().lock();
    QVERIFY(unlock(m_bench->passphrase, {}, true));
    QTRY_VERIFY(!unlocking().waitsForKeyring());
    changing().begin();
    QVERIFY(change(m_bench->passphrase, {}, Choice::Own));
    QVERIFY(unlocking().keyringText().isEmpty());
    page().lock();
    QVERIFY(unlock(next, {}, true));
    // Another program has saved the file with a new salt.
    QTRY_VERIFY(!unlocking().waitsForKeyring());
    page().lock();
    QFile::remove(m_bench->file());
    Library other([] { return argon2idParameters(quint64{8} * 1024, 1, 1); });
    other.create(m_bench->file(), {.passphrase = SecureBuffer::fromText(next)});
    QTRY_COMPARE(other.state(), Library::State::Open);
    other.lock();
    QVERIFY(!unlockByKeyring());
    QVERIFY(!unlocking().keyringErrorText().isEmpty());
    QVERIFY(unlocking().keyringText().isEmpty());
    QVERIFY(unlock(next));
}

void TestLibraryFile::stoppedKeyringDoesNotUnlock()
{
    page().lock();
    QVERIFY(unlock(m_bench->passphrase, {}, true));
    QTRY_VERIFY(!unlocking().waitsForKeyring());
    unlocking().stopKeyring();
    QVERIFY(unlocking().keyringText().isEmpty());
    QTRY_VERIFY(m_bench->known->keyringEntries().isEmpty());
}

void TestLibraryFile::saysThatThereIsNoKeyring()
{
    Keyring none{QString()};
    KeyringUnlock keyringUnlock(*m_bench->known, none);
    LibraryViewModel second(*m_bench->library, *m_bench->known, keyringUnlock, *m_bench->settings,
                            m_bench->printing);
    second.lock();
    second.unlocking()->unlock(m_bench->entered(m_bench->passphrase), {}, true);
    QTRY_VERIFY(!second.noticeText().isEmpty());
    QCOMPARE(second.stage(), Stage::Open);
    QVERIFY(second.unlocking()->keyringText().isEmpty());
}

QTEST_MAIN(TestLibraryFile)
#include "tst_libraryfile.moc"
