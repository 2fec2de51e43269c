// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the file of the library lies: moving and renaming it, its older versions, and who may write
// to it.

#include "core/files/oldergenerations.h"
#include "core/library/library.h"
#include "tests/core/library/librarysamples.h"
#include "tests/core/outcome.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

VariantDictionary quickKdf()
{
    return cheapKdf();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template<class T>
ErrorKind kindOf(const Result<T> &result)
{
    return result ? ErrorKind::Canceled : result.error().kind;
}

dev_t deviceOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_dev : 0;
}

} // namespace

class TestLibraryPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void moveTakesEverythingAlong_data();
    void moveTakesEverythingAlong();
    void moveReplacesNoFile();
    void moveRefusesTheNameOfAnOlderVersion();
    void moveIntoAMissingFolderChangesNothing();
    void fileThatIsGoneIsWrittenAtItsNewPlace();
    void moveThatWasBegunBeforeLockingCounts();
    void instanceThatOnlyReadsMovesNothing();

    void writesAgainWhenTheOtherInstanceIsClosed();
    void writesAgainWhenTheFileMayBeWritten();

    void olderVersionTakesThePlaceOfADamagedFile();
    void olderVersionTakesThePlaceOfAMissingFile();
    void olderVersionsAreDeleted();
    void newKeyDoesNotOpenOlderVersions();

private:
    [[nodiscard]] QString path(const QString &name = u"codes.kdbx"_s) const
    {
        return m_folder->filePath(name);
    }
    [[nodiscard]] QStringList files(const QString &folder = {}) const
    {
        return QDir(m_folder->filePath(folder)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    /// With two entries, each of which makes an older version.
    [[nodiscard]] static bool fill(Library &library, const QString &file)
    {
        return outcomeOf(library.create(file, libraryKey()))
            && outcomeOf(library.put(googleEntry())) && outcomeOf(library.put(googleEntry()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLibraryPlace::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestLibraryPlace::moveTakesEverythingAlong_data()
{
    QTest::addColumn<bool>("otherFileSystem");
    QTest::newRow("same file system") << false;
    QTest::newRow("other file system") << true;
}

void TestLibraryPlace::moveTakesEverythingAlong()
{
    QFETCH(bool, otherFileSystem);
    const QTemporaryDir other((otherFileSystem ? u"/dev/shm"_s : m_folder->path())
                              + u"/moved-XXXXXX"_s);
    QVERIFY(other.isValid());
    if (otherFileSystem && deviceOf(other.path()) == deviceOf(m_folder->path()))
        QSKIP("there is one file system only");
    const QString target = other.filePath(u"renamed.kdbx"_s);
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    const QByteArray content = contentOf(path());
    const QByteArray older = contentOf(olderGeneration(path(), 2));
    QSignalSpy state(&library, &Library::stateChanged);
    const auto moved = outcomeOf(library.moveTo(target));
    QVERIFY(moved && moved->isEmpty());
    QCOMPARE(library.path(), target);
    QVERIFY(!state.isEmpty());
    QCOMPARE(contentOf(target), content);
    QCOMPARE(contentOf(olderGeneration(target, 2)), older);
    QVERIFY2(files().isEmpty(), qPrintable(files().join(u' ')));
    QCOMPARE(QFile::permissions(target) & QFile::Permissions(0x77), QFile::Permissions());

    // The lock has moved, too.
    Library second(quickKdf);
    QVERIFY(outcomeOf(second.open(target, libraryKey())));
    QCOMPARE(second.access(), LibraryAccess::InUse);
    second.lock();
    QVERIFY(outcomeOf(library.put(googleEntry())));
    library.lock();
    QVERIFY(outcomeOf(second.open(target, libraryKey())));
    QCOMPARE(second.entries().size(), 3);
}

void TestLibraryPlace::moveReplacesNoFile()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    Library other(quickKdf);
    QVERIFY(outcomeOf(other.create(path(u"other.kdbx"_s), libraryKey())));
    other.lock();
    const QByteArray before = contentOf(path(u"other.kdbx"_s));
    QCOMPARE(kindOf(outcomeOf(library.moveTo(path(u"other.kdbx"_s)))), ErrorKind::FileExists);
    QCOMPARE(contentOf(path(u"other.kdbx"_s)), before);
    QCOMPARE(library.path(), path());
    QVERIFY(outcomeOf(library.put(googleEntry())));
    QVERIFY(QFile::exists(path()));
    // Nothing to do.
    QVERIFY(outcomeOf(library.moveTo(path())));
}

void TestLibraryPlace::moveRefusesTheNameOfAnOlderVersion()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    QVERIFY(QFile::copy(path(), olderGeneration(path(u"new.kdbx"_s), 3)));
    QCOMPARE(kindOf(outcomeOf(library.moveTo(path(u"new.kdbx"_s)))), ErrorKind::FileExists);
    QVERIFY(QFile::exists(path()));
}

void TestLibraryPlace::moveIntoAMissingFolderChangesNothing()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    const QStringList before = files();
    QCOMPARE(kindOf(outcomeOf(library.moveTo(path(u"no/codes.kdbx"_s)))), ErrorKind::FolderMissing);
    QCOMPARE(files(), before);
    QVERIFY(outcomeOf(library.put(googleEntry())));
}

void TestLibraryPlace::fileThatIsGoneIsWrittenAtItsNewPlace()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"stick"_s));
    Library library(quickKdf);
    QVERIFY(fill(library, path(u"stick/codes.kdbx"_s)));
    QVERIFY(QDir(path(u"stick"_s)).removeRecursively());
    QCOMPARE(kindOf(outcomeOf(library.reload())), ErrorKind::FolderMissing);
    QVERIFY(outcomeOf(library.moveTo(path())));
    QVERIFY(outcomeOf(library.put(googleEntry())));
    library.lock();
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QCOMPARE(library.entries().size(), 3);
}

void TestLibraryPlace::moveThatWasBegunBeforeLockingCounts()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    Outcome moving(library.moveTo(path(u"new.kdbx"_s)));
    library.lock();
    QVERIFY(moving.wait());
    QCOMPARE(library.path(), path(u"new.kdbx"_s));
    QCOMPARE(library.state(), Library::State::Locked);
    QVERIFY(outcomeOf(library.open(library.path(), libraryKey())));
}

void TestLibraryPlace::instanceThatOnlyReadsMovesNothing()
{
    Library first(quickKdf);
    QVERIFY(fill(first, path()));
    Library second(quickKdf);
    QVERIFY(outcomeOf(second.open(path(), libraryKey())));
    QCOMPARE(kindOf(outcomeOf(second.moveTo(path(u"new.kdbx"_s)))), ErrorKind::LibraryInUse);
    QVERIFY(QFile::exists(path()));
}

void TestLibraryPlace::writesAgainWhenTheOtherInstanceIsClosed()
{
    Library first(quickKdf);
    QVERIFY(fill(first, path()));
    Library second(quickKdf);
    QVERIFY(outcomeOf(second.open(path(), libraryKey())));
    QVERIFY(outcomeOf(second.reload()));
    QCOMPARE(second.access(), LibraryAccess::InUse);
    first.lock();
    QSignalSpy state(&second, &Library::stateChanged);
    QVERIFY(outcomeOf(second.reload()));
    QCOMPARE(second.access(), LibraryAccess::Writable);
    QCOMPARE(state.size(), 1);
    QVERIFY(outcomeOf(second.put(googleEntry())));
}

void TestLibraryPlace::writesAgainWhenTheFileMayBeWritten()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    library.lock();
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner));
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QCOMPARE(library.access(), LibraryAccess::ReadOnly);
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner));
    QVERIFY(outcomeOf(library.reload()));
    QCOMPARE(library.access(), LibraryAccess::Writable);
    QVERIFY(outcomeOf(library.put(googleEntry())));
}

void TestLibraryPlace::olderVersionTakesThePlaceOfADamagedFile()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    QCOMPARE(kindOf(outcomeOf(library.restore(olderGeneration(path(), 1)))), ErrorKind::Canceled);
    library.lock();
    QFile file(path());
    QVERIFY(file.resize(file.size() - 20));
    const QByteArray damaged = contentOf(path());
    QCOMPARE(kindOf(outcomeOf(library.open(path(), libraryKey()))), ErrorKind::LibraryDamaged);

    const auto versions = outcomeOf(library.olderVersions());
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions.first().path, olderGeneration(path(), 1));
    QVERIFY(versions.first().saved.isValid());
    const auto aside = outcomeOf(library.restore(versions.first().path));
    QVERIFY(aside);
    QCOMPARE(contentOf(*aside), damaged);
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QCOMPARE(library.entries().size(), 1);
    QCOMPARE(outcomeOf(library.olderVersions()).size(), 2);
}

void TestLibraryPlace::olderVersionTakesThePlaceOfAMissingFile()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    library.lock();
    QVERIFY(QFile::remove(path()));
    const auto aside = outcomeOf(library.restore(olderGeneration(path(), 1)));
    QVERIFY(aside && aside->isEmpty());
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    Library other(quickKdf);
    other.choose(path());
    QCOMPARE(kindOf(outcomeOf(other.restore(olderGeneration(path(), 1)))), ErrorKind::LibraryInUse);
    other.choose(path(u"none.kdbx"_s));
    QCOMPARE(kindOf(outcomeOf(other.restore(path(u"none.old-1.kdbx"_s)))),
             ErrorKind::FileNotReadable);
}

void TestLibraryPlace::olderVersionsAreDeleted()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    QCOMPARE(outcomeOf(library.olderVersions()).size(), 2);
    QVERIFY(outcomeOf(library.removeOlderVersions()).isEmpty());
    QVERIFY(outcomeOf(library.olderVersions()).isEmpty());
    QVERIFY(outcomeOf(library.put(googleEntry())));
    QCOMPARE(outcomeOf(library.olderVersions()).size(), 1);
}

void TestLibraryPlace::newKeyDoesNotOpenOlderVersions()
{
    Library library(quickKdf);
    QVERIFY(fill(library, path()));
    QVERIFY(outcomeOf(library.changeKey(libraryKey(), libraryKey("new"))));
    library.lock();
    for (const OlderVersion &older : outcomeOf(library.olderVersions())) {
        QCOMPARE(kindOf(outcomeOf(library.open(older.path, libraryKey("new")))),
                 ErrorKind::LibraryKeyWrong);
        QVERIFY(outcomeOf(library.open(older.path, libraryKey())));
        library.lock();
    }
}

QTEST_GUILESS_MAIN(TestLibraryPlace)
#include "tst_libraryplace.moc"
