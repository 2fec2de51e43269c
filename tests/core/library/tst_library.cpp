// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The file of the library: saving, other programs that change it, and what can be wrong with it.

#include "core/files/oldergenerations.h"
#include "core/kdbx/kdbxvalues.h"
#include "core/kdbx/keyfile.h"
#include "core/library/entryinkdbx.h"
#include "core/library/library.h"
#include "core/library/storedentries.h"
#include "tests/core/library/librarysamples.h"
#include "tests/core/outcome.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

constexpr char passphrase[] = "violet kettle harbour seven";

VariantDictionary quickKdf()
{
    return cheapKdf();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

ErrorKind kindOf(const Result<void> &result)
{
    return result ? ErrorKind::Canceled : result.error().kind;
}

LibraryEntry titled(const QString &title)
{
    LibraryEntry entry = googleEntry();
    entry.title = title;
    return entry;
}

/// What entries have but their date of change, which `Library::put` sets.
LibraryEntry undated(LibraryEntry entry)
{
    entry.changed = {};
    return entry;
}

} // namespace

class TestLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void entryIsThereAfterOpening();
    void nothingIsLeftAfterLocking();
    void lockWhileSavingLosesNothing();
    void lockCancelsOpening();
    void changesKeepTheirOrder();
    void creatingReplacesNoFile();
    void wrongKeyIsToldApartFromDamage();
    void keyFileAndPassphraseOpenTogether();
    void keyIsChanged();
    void fiveOlderGenerationsOpen();
    void changedEntryIsInItsHistory();
    void removedEntryDoesNotComeBack();
    void entryWithAPasswordIsNotRemoved();
    void unlimitedHistoryIsKept();

    void secondInstanceOnlyReads();
    void readOnlyFileIsOnlyRead();
    void readOnlyFolderIsOnlyRead();
    void missingFileIsNamed();
    void fileThatDisappearsIsNotMadeAnew();
    void symbolicLinkStays();

    void changeOfAnotherProgramIsMerged();
    void bothSidesOfAConflictAreKept();
    void changeOfTheSameEntryIsAConflict();
    void keyIsChangedAfterAnotherProgramSaved();
    void reloadTakesTheOtherState();
    void olderStateThatASynchronizationPutBackIsMerged();
    void otherKeyIsNamedAndNothingIsWritten();
    void damageIsNotOverwritten();

    void flippedByteIsNoticed();
    void cutOffFileIsNoticed();
    void foreignFilesAreNamed_data();
    void foreignFilesAreNamed();

    void keePassXcShowsEverything();
    void pykeepassShowsEverything();
    void entryThatKeePassXcEditedIsReadAsEdited();
    void keePassXcChangesOnlyWhatItEdits();
    void keePassXcMergesAlike();
    void entriesOfKeePassXcAreKept();

private:
    [[nodiscard]] QString path(const QString &name = u"codes.kdbx"_s) const
    {
        return m_folder->filePath(name);
    }
    /// The standard output; a null one if the program failed.
    [[nodiscard]] QByteArray run(const QString &program, const QStringList &arguments,
                                 const QByteArray &input) const;
    [[nodiscard]] QByteArray keePassXc(const QStringList &arguments,
                                       const QByteArray &input = QByteArray(passphrase)
                                           + '\n') const
    {
        return run(u"keepassxc-cli"_s, arguments, input);
    }
    /// Changes the file as another program does, with a new salt.
    void changeFile(const std::function<void(KdbxDatabase &)> &how, const QString &file = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLibrary::init()
{
    // In memory, where syncing takes no time.
    const QString place = QDir(u"/dev/shm"_s).exists() ? u"/dev/shm"_s : QDir::tempPath();
    m_folder = std::make_unique<QTemporaryDir>(place + u"/library-XXXXXX"_s);
    QVERIFY(m_folder->isValid());
}

QByteArray TestLibrary::run(const QString &program, const QStringList &arguments,
                            const QByteArray &input) const
{
    constexpr int Timeout = 120'000;
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder->path());
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(Timeout);
    if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        qWarning("%s: %s", qPrintable(program + u' ' + arguments.join(u' ')),
                 process.readAllStandardError().constData());
        return {};
    }
    // Not a null one, which means failure.
    const QByteArray output = process.readAllStandardOutput();
    return output.isNull() ? QByteArray("") : output;
}

void TestLibrary::changeFile(const std::function<void(KdbxDatabase &)> &how,
                             const QString &file) const
{
    const QString name = file.isEmpty() ? path() : file;
    auto database = openKdbx(contentOf(name), keyOf(passphrase));
    QVERIFY(database.has_value());
    how(*database);
    put(name, *writeKdbx(*database, keyOf(passphrase)));
}

void TestLibrary::entryIsThereAfterOpening()
{
    Library library(quickKdf);
    QCOMPARE(library.state(), Library::State::None);
    QSignalSpy states(&library, &Library::stateChanged);
    QSignalSpy entries(&library, &Library::entriesChanged);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    QCOMPARE(library.state(), Library::State::Open);
    QCOMPARE(library.path(), path());
    QVERIFY(library.entries().isEmpty());
    QCOMPARE(states.size(), 2);
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    QVERIFY(!entries.isEmpty());
    QVERIFY(undated(*library.find(entry.id)) == undated(entry));
    QVERIFY(library.find(entry.id)->changed > sampleTime);

    library.lock();
    QCOMPARE(library.state(), Library::State::Locked);
    QVERIFY(library.entries().isEmpty());
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QVERIFY(undated(*library.find(entry.id)) == undated(entry));
    QVERIFY(!library.isReadOnly());
    QVERIFY(outcomeOf(library.provesKey(libraryKey())).value());
    QVERIFY(!outcomeOf(library.provesKey(libraryKey("another"))).value());
    QVERIFY(!outcomeOf(library.provesKey({})).value());
    // Only the owner may read it, and nothing else is left.
    QCOMPARE(QFile::permissions(path()) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    library.lock();
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden),
             (QStringList{u"codes.kdbx"_s, u"codes.old-1.kdbx"_s}));
}

void TestLibrary::nothingIsLeftAfterLocking()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    library.lock();
    QCOMPARE(kindOf(outcomeOf(library.put(googleEntry()))), ErrorKind::Canceled);
    QCOMPARE(kindOf(outcomeOf(library.reload())), ErrorKind::Canceled);
    library.choose({});
    QCOMPARE(library.state(), Library::State::None);
    QVERIFY(library.path().isEmpty());
}

void TestLibrary::lockWhileSavingLosesNothing()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    Outcome first(library.put(titled(u"one"_s)));
    Outcome second(library.put(titled(u"two"_s)));
    library.lock();
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QCOMPARE(library.entries().size(), 2);
    QVERIFY(first.wait().has_value());
    QVERIFY(second.wait().has_value());
    QVERIFY(!library.isReadOnly());
    QCOMPARE(library.entries().size(), 2);
}

void TestLibrary::lockCancelsOpening()
{
    // Takes so long that the worker cannot be ready before the task waits for it.
    Library library([] { return argon2idParameters(quint64{64} * 1024 * 1024, 3, 1); });
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    Outcome opening(library.open(path(), libraryKey()));
    QCOMPARE(library.state(), Library::State::Opening);
    library.lock();
    QCOMPARE(kindOf(opening.wait()), ErrorKind::Canceled);
    QCOMPARE(library.state(), Library::State::Locked);
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QVERIFY(!library.isReadOnly());
}

void TestLibrary::changesKeepTheirOrder()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    std::vector<Outcome<Result<void>>> outcomes;
    for (int i = 0; i < 5; ++i) {
        entry.title = QString::number(i);
        outcomes.emplace_back(library.put(entry));
    }
    for (auto &outcome : outcomes)
        QVERIFY(outcome.wait().has_value());
    QCOMPARE(library.find(entry.id)->title, u"4"_s);
}

void TestLibrary::creatingReplacesNoFile()
{
    put(path(), "precious");
    Library library(quickKdf);
    library.choose(path(u"other.kdbx"_s));
    QCOMPARE(kindOf(outcomeOf(library.create(path(), libraryKey()))), ErrorKind::FileExists);
    QCOMPARE(contentOf(path()), "precious");
    QCOMPARE(library.path(), path(u"other.kdbx"_s));
    QCOMPARE(library.state(), Library::State::Locked);
    QCOMPARE(kindOf(outcomeOf(library.create(path(u"new.kdbx"_s), {}))),
             ErrorKind::LibraryKeyWrong);
    QVERIFY(!QFile::exists(path(u"new.kdbx"_s)));
    QVERIFY(outcomeOf(library.create(path(u"folder/below/new.kdbx"_s), libraryKey())));
}

void TestLibrary::wrongKeyIsToldApartFromDamage()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    QCOMPARE(kindOf(outcomeOf(library.open(path(), libraryKey("wrong")))),
             ErrorKind::LibraryKeyWrong);
    QCOMPARE(library.state(), Library::State::Locked);
    QCOMPARE(kindOf(outcomeOf(library.open(path(), {}))), ErrorKind::LibraryKeyWrong);
    put(path(), contentOf(path()).chopped(20));
    QCOMPARE(kindOf(outcomeOf(library.open(path(), libraryKey()))), ErrorKind::LibraryDamaged);
}

void TestLibrary::keyFileAndPassphraseOpenTogether()
{
    const auto keyFile = writeKeyFile(SecureBuffer::copyOf(QByteArray(32, 'k')));
    const auto both = [&] {
        return LibraryKey{.passphrase = SecureBuffer::copyOf(passphrase),
                          .keyFile = keyFile->clone()};
    };
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), both())));
    QCOMPARE(kindOf(outcomeOf(library.open(path(), libraryKey()))), ErrorKind::LibraryKeyWrong);
    QVERIFY(outcomeOf(library.open(path(), both())));
    LibraryKey damaged = both();
    damaged.keyFile.truncate(damaged.keyFile.size() / 2);
    QCOMPARE(kindOf(outcomeOf(library.open(path(), std::move(damaged)))),
             ErrorKind::LibraryKeyFileUnusable);
}

void TestLibrary::keyIsChanged()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    QVERIFY(outcomeOf(library.put(googleEntry())));
    QCOMPARE(kindOf(outcomeOf(library.changeKey(libraryKey("wrong"), libraryKey("new")))),
             ErrorKind::LibraryKeyWrong);
    QVERIFY(outcomeOf(library.changeKey(libraryKey(), libraryKey("new"))));
    QVERIFY(outcomeOf(library.put(titled(u"after"_s))));
    QCOMPARE(kindOf(outcomeOf(library.open(path(), libraryKey()))), ErrorKind::LibraryKeyWrong);
    QVERIFY(outcomeOf(library.open(path(), libraryKey("new"))));
    QCOMPARE(library.entries().size(), 2);
}

void TestLibrary::fiveOlderGenerationsOpen()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    for (int i = 1; i <= 8; ++i) {
        entry.title = QString::number(i);
        QVERIFY(outcomeOf(library.put(entry)));
    }
    library.lock();
    const QStringList older = olderGenerations(path(), 9);
    QCOMPARE(older.size(), libraryGenerations);
    int expected = 7;
    for (const QString &generation : older) {
        QVERIFY(outcomeOf(library.open(generation, libraryKey())));
        QCOMPARE(library.entries().first().title, QString::number(expected--));
    }
    QCOMPARE(olderGeneration(u"/a.b/c.d"_s, 1), u"/a.b/c.old-1.d"_s);
    QCOMPARE(olderGeneration(u"/a.b/c"_s, 2), u"/a.b/c.old-2"_s);
    QCOMPARE(olderGeneration(u"/a/.c"_s, 3), u"/a/.c.old-3"_s);
}

void TestLibrary::changedEntryIsInItsHistory()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    for (int i = 1; i <= 13; ++i) {
        entry.title = QString::number(i);
        QVERIFY(outcomeOf(library.put(entry)));
    }
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    const auto history = findEntry(*database, entry.id)->entry.history();
    QCOMPARE(history.size(), 10);
    QCOMPARE(history.last().text(u"Title"), u"12"_s);
}

void TestLibrary::removedEntryDoesNotComeBack()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    const QByteArray other = contentOf(path());
    QVERIFY(outcomeOf(library.put(titled(u"stays"_s))));
    QVERIFY(outcomeOf(library.remove(entry.id)));
    QVERIFY(outcomeOf(library.remove(QUuid::createUuid())));
    QCOMPARE(library.entries().size(), 1);
    // A synchronization brings the file of another computer, which still has the entry.
    put(path(), other);
    QVERIFY(outcomeOf(library.reload()));
    QCOMPARE(library.entries().size(), 1);
    QCOMPARE(library.entries().first().title, u"stays"_s);
}

void TestLibrary::entryWithAPasswordIsNotRemoved()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    changeFile([&](KdbxDatabase &database) {
        KdbxEntry stored = findEntry(database, entry.id)->entry;
        stored.keepInHistory(10);
        stored.setSecret(u"Password"_s, SecretBytes("of the account"));
        stored.setDate(KdbxDate::Modified, QDateTime::currentDateTimeUtc().addSecs(-1));
    });
    QVERIFY(outcomeOf(library.reload()));
    QVERIFY(outcomeOf(library.remove(entry.id)));
    QVERIFY(library.entries().isEmpty());
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    const auto entries = database->rootGroup().entries();
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().secret(u"Password").value().view(), "of the account");
    QVERIFY(!entries.first().secret(u"Recovery code 01"));
}

void TestLibrary::unlimitedHistoryIsKept()
{
    constexpr int States = 13;
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    changeFile([&](KdbxDatabase &database) {
        database.meta().setChildText(u"HistoryMaxItems"_s, u"-1"_s);
        database.meta().setChildText(u"SettingsChanged"_s,
                                     kdbxText(QDateTime::currentDateTimeUtc().addSecs(60)));
        KdbxEntry stored = findEntry(database, entry.id)->entry;
        for (int i = 0; i < States; ++i) {
            stored.keepInHistory(-1);
            stored.setText(u"Title"_s, QString::number(i));
            stored.setDate(KdbxDate::Modified, sampleTime.addSecs(i));
        }
        stored.setDate(KdbxDate::Modified, QDateTime::currentDateTimeUtc().addSecs(-1));
    });
    QVERIFY(outcomeOf(library.reload()));
    entry.title = u"ours"_s;
    QVERIFY(outcomeOf(library.put(entry)));
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    QVERIFY(findEntry(*database, entry.id)->entry.history().size() > States);
}

void TestLibrary::secondInstanceOnlyReads()
{
    Library first(quickKdf);
    QVERIFY(outcomeOf(first.create(path(), libraryKey())));
    QVERIFY(outcomeOf(first.put(googleEntry())));
    Library second(quickKdf);
    QVERIFY(outcomeOf(second.open(path(), libraryKey())));
    QCOMPARE(second.access(), LibraryAccess::InUse);
    QCOMPARE(second.entries().size(), 1);
    QCOMPARE(kindOf(outcomeOf(second.put(titled(u"second"_s)))), ErrorKind::LibraryInUse);
    QVERIFY(outcomeOf(first.put(titled(u"first"_s))));
    QVERIFY(outcomeOf(second.reload()));
    QCOMPARE(second.entries().size(), 2);
    first.lock();
    QVERIFY(outcomeOf(second.open(path(), libraryKey())));
    QCOMPARE(second.access(), LibraryAccess::Writable);
    QVERIFY(outcomeOf(second.put(titled(u"second"_s))));
}

void TestLibrary::readOnlyFileIsOnlyRead()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    library.lock();
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner));
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QCOMPARE(library.access(), LibraryAccess::ReadOnly);
    const QByteArray before = contentOf(path());
    QCOMPARE(kindOf(outcomeOf(library.put(googleEntry()))), ErrorKind::FileNotWritable);
    QCOMPARE(kindOf(outcomeOf(library.remove(QUuid::createUuid()))), ErrorKind::FileNotWritable);
    QCOMPARE(kindOf(outcomeOf(library.changeKey(libraryKey(), libraryKey("x")))),
             ErrorKind::FileNotWritable);
    QVERIFY(library.entries().isEmpty());
    QCOMPARE(contentOf(path()), before);
}

void TestLibrary::readOnlyFolderIsOnlyRead()
{
    const QString file = path(u"folder/codes.kdbx"_s);
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(file, libraryKey())));
    library.lock();
    QVERIFY(QFile::setPermissions(path(u"folder"_s), QFile::ReadOwner | QFile::ExeOwner));
    QVERIFY(outcomeOf(library.open(file, libraryKey())));
    QCOMPARE(library.access(), LibraryAccess::ReadOnly);
    library.lock();
    QVERIFY(QFile::setPermissions(path(u"folder"_s),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void TestLibrary::missingFileIsNamed()
{
    Library library(quickKdf);
    QCOMPARE(kindOf(outcomeOf(library.open(path(), libraryKey()))), ErrorKind::LibraryFileGone);
    QCOMPARE(kindOf(outcomeOf(library.open(path(u"no/codes.kdbx"_s), libraryKey()))),
             ErrorKind::FolderMissing);
    QVERIFY(QDir(m_folder->path()).isEmpty(QDir::Files | QDir::Hidden));
}

void TestLibrary::fileThatDisappearsIsNotMadeAnew()
{
    const QString file = path(u"stick/codes.kdbx"_s);
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(file, libraryKey())));
    QVERIFY(outcomeOf(library.put(googleEntry())));
    QVERIFY(QFile::rename(file, path(u"moved.kdbx"_s)));
    QCOMPARE(kindOf(outcomeOf(library.put(titled(u"x"_s)))), ErrorKind::LibraryFileGone);
    QVERIFY(!QFile::exists(file));
    QVERIFY(QDir().rename(path(u"stick"_s), path(u"unplugged"_s)));
    QCOMPARE(kindOf(outcomeOf(library.put(titled(u"x"_s)))), ErrorKind::FolderMissing);
    QCOMPARE(library.entries().size(), 1);
    QVERIFY(QDir().rename(path(u"unplugged"_s), path(u"stick"_s)));
    QVERIFY(QFile::rename(path(u"moved.kdbx"_s), file));
    QVERIFY(outcomeOf(library.put(titled(u"x"_s))));
    QCOMPARE(library.entries().size(), 2);
}

void TestLibrary::symbolicLinkStays()
{
    const QString file = path(u"there/codes.kdbx"_s);
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(file, libraryKey())));
    QVERIFY(QFile::link(file, path()));
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QVERIFY(outcomeOf(library.put(googleEntry())));
    QVERIFY(QFileInfo(path()).isSymLink());
    library.lock();
    QVERIFY(outcomeOf(library.open(file, libraryKey())));
    QCOMPARE(library.entries().size(), 1);
}

void TestLibrary::changeOfAnotherProgramIsMerged()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    changeFile([&](KdbxDatabase &database) {
        KdbxEntry stored = findEntry(database, entry.id)->entry;
        stored.keepInHistory(10);
        stored.setText(u"Title"_s, u"Renamed elsewhere"_s);
        stored.setDate(KdbxDate::Modified, QDateTime::currentDateTimeUtc().addSecs(60));
        database.rootGroup().addEntry(sampleTime).setText(u"Title"_s, u"No codes"_s);
    });
    QSignalSpy merged(&library, &Library::merged);
    QVERIFY(outcomeOf(library.put(titled(u"ours"_s))));
    QCOMPARE(merged.size(), 1);
    QCOMPARE(merged.first().at(0).toInt(), 2);
    QVERIFY(merged.first().at(1).value<QList<QUuid>>().isEmpty());
    QCOMPARE(library.entries().size(), 2);
    QCOMPARE(library.find(entry.id)->title, u"Renamed elsewhere"_s);
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    QCOMPARE(database->rootGroup().entries().size(), 3);
}

void TestLibrary::bothSidesOfAConflictAreKept()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    const QByteArray before = contentOf(path());
    entry.title = u"ours"_s;
    QVERIFY(outcomeOf(library.put(entry)));
    put(path(), before);
    changeFile([&](KdbxDatabase &database) {
        KdbxEntry stored = findEntry(database, entry.id)->entry;
        stored.keepInHistory(10);
        stored.setText(u"Title"_s, u"theirs"_s);
        stored.setDate(KdbxDate::Modified, QDateTime::currentDateTimeUtc().addSecs(60));
    });
    QSignalSpy merged(&library, &Library::merged);
    QVERIFY(outcomeOf(library.reload()));
    QCOMPARE(merged.size(), 1);
    QCOMPARE(merged.first().at(1).value<QList<QUuid>>(), QList<QUuid>{entry.id});
    QCOMPARE(library.find(entry.id)->title, u"theirs"_s);
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    QCOMPARE(findEntry(*database, entry.id)->entry.history().last().text(u"Title"), u"ours"_s);
}

// Not only when the file is read again, but also when the change here is saved first.
void TestLibrary::changeOfTheSameEntryIsAConflict()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    changeFile([&](KdbxDatabase &database) {
        KdbxEntry stored = findEntry(database, entry.id)->entry;
        stored.keepInHistory(10);
        stored.setSecret(u"Recovery code 02"_s, SecretBytes("changed there"));
        stored.setDate(KdbxDate::Modified, QDateTime::currentDateTimeUtc().addSecs(-1));
    });
    QSignalSpy merged(&library, &Library::merged);
    entry.title = u"ours"_s;
    QVERIFY(outcomeOf(library.put(entry)));
    QCOMPARE(merged.size(), 1);
    QCOMPARE(merged.first().at(1).value<QList<QUuid>>().size(), 1);
    QCOMPARE(library.find(entry.id)->title, u"ours"_s);
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    const auto history = findEntry(*database, entry.id)->entry.history();
    QVERIFY(std::ranges::any_of(history, [](const KdbxEntry &state) {
        return state.secret(u"Recovery code 02") == SecretBytes("changed there");
    }));
}

void TestLibrary::keyIsChangedAfterAnotherProgramSaved()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    changeFile([&](KdbxDatabase &database) {
        KdbxEntry added = database.rootGroup().addEntry(sampleTime);
        added.setSecret(u"Recovery code 01"_s, SecretBytes("x"));
    });
    QVERIFY(outcomeOf(library.changeKey(libraryKey(), libraryKey("another passphrase"))));
    QCOMPARE(library.entries().size(), 1);
    library.lock();
    QVERIFY(outcomeOf(library.open(path(), libraryKey("another passphrase"))));
    QCOMPARE(library.entries().size(), 1);
}

void TestLibrary::reloadTakesTheOtherState()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const QByteArray before = contentOf(path());
    QSignalSpy entries(&library, &Library::entriesChanged);
    QVERIFY(outcomeOf(library.reload()));
    QVERIFY(entries.isEmpty());
    QCOMPARE(contentOf(path()), before);
    changeFile([&](KdbxDatabase &database) {
        KdbxEntry added = database.rootGroup().addEntry(sampleTime);
        added.setText(u"Title"_s, u"added"_s);
        added.setSecret(u"Recovery code 01"_s, SecretBytes("x"));
    });
    const QByteArray changed = contentOf(path());
    QVERIFY(outcomeOf(library.reload()));
    QCOMPARE(library.entries().first().title, u"added"_s);
    // There was nothing of ours to add.
    QCOMPARE(contentOf(path()), changed);
}

void TestLibrary::olderStateThatASynchronizationPutBackIsMerged()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const QByteArray before = contentOf(path());
    QVERIFY(outcomeOf(library.put(googleEntry())));
    put(path(), before);
    QVERIFY(outcomeOf(library.reload()));
    QCOMPARE(library.entries().size(), 1);
    library.lock();
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QCOMPARE(library.entries().size(), 1);
}

void TestLibrary::otherKeyIsNamedAndNothingIsWritten()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    auto database = openKdbx(contentOf(path()), keyOf(passphrase));
    const QByteArray other = *writeKdbx(*database, keyOf("another"));
    put(path(), other);
    QCOMPARE(kindOf(outcomeOf(library.put(googleEntry()))), ErrorKind::LibraryKeyChanged);
    QCOMPARE(kindOf(outcomeOf(library.reload())), ErrorKind::LibraryKeyChanged);
    QCOMPARE(contentOf(path()), other);
}

void TestLibrary::damageIsNotOverwritten()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    QVERIFY(outcomeOf(library.put(googleEntry())));
    const QByteArray whole = contentOf(path());
    for (const QByteArray &damaged : {whole.chopped(1), QByteArray("x"), QByteArray()}) {
        put(path(), damaged);
        QVERIFY(!outcomeOf(library.put(titled(u"x"_s))));
        QVERIFY(!outcomeOf(library.reload()));
        QCOMPARE(contentOf(path()), damaged);
        QCOMPARE(library.entries().size(), 1);
    }
    put(path(), whole);
    QVERIFY(outcomeOf(library.put(titled(u"x"_s))));
}

void TestLibrary::flippedByteIsNoticed()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    library.lock();
    const QByteArray whole = contentOf(path());
    const auto parts = readOuterHeader(whole, {});
    QVERIFY(parts);
    const auto hmac = parts->headerOctets.size() + 32; // behind the checksum
    const QList<ErrorKind> ofHeader{ErrorKind::LibraryNotKdbx, ErrorKind::LibraryFormatOlder,
                                    ErrorKind::LibraryFormatNewer, ErrorKind::LibraryDamaged,
                                    ErrorKind::LibraryTooLarge};
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QByteArray flipped = whole;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        put(path(), flipped);
        const auto opened = LibraryFile::open(path(), libraryKey());
        QVERIFY2(!opened, qPrintable(QString::number(i)));
        const ErrorKind kind = opened.error().kind;
        if (i < hmac)
            QVERIFY2(ofHeader.contains(kind), qPrintable(QString::number(i)));
        else
            QCOMPARE(kind, i < hmac + 32 ? ErrorKind::LibraryKeyWrong : ErrorKind::LibraryDamaged);
    }
}

void TestLibrary::cutOffFileIsNoticed()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    library.lock();
    const QByteArray whole = contentOf(path());
    for (qsizetype size = 0; size < whole.size(); size += 7) {
        put(path(), whole.first(size));
        const auto opened = LibraryFile::open(path(), libraryKey());
        QVERIFY2(!opened, qPrintable(QString::number(size)));
    }
}

void TestLibrary::foreignFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const auto add = [](const char *name, const QByteArray &bytes, ErrorKind kind) {
        QTest::newRow(name) << bytes << static_cast<int>(kind);
    };
    const QByteArray signature = QByteArray::fromHex("03d9a29a67fb4bb5");
    add("text", "1234 5678", ErrorKind::LibraryNotKdbx);
    add("KDBX 3.1", signature + QByteArray::fromHex("01000300") + QByteArray(100, 'x'),
        ErrorKind::LibraryFormatOlder);
    add("KDBX 5", signature + QByteArray::fromHex("00000500") + QByteArray(100, 'x'),
        ErrorKind::LibraryFormatNewer);
    KdbxHeader header{.encryptionIv = QByteArray(16, 'i')};
    header.masterSeed = QByteArray(32, 's');
    header.kdf = argon2idParameters(quint64{64} * 1024 * 1024 * 1024, 3, 4);
    (void)renewSalt(header.kdf);
    add("64 GiB", unsignedFile(header), ErrorKind::LibraryKdfTooLarge);
    header.kdf.setBytes("$UUID", QByteArray(16, 'u'));
    add("unknown KDF", unsignedFile(header), ErrorKind::LibraryFormatUnsupported);
}

void TestLibrary::foreignFilesAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    put(path(), bytes);
    Library library(quickKdf);
    QCOMPARE(static_cast<int>(kindOf(outcomeOf(library.open(path(), libraryKey())))), kind);
    QCOMPARE(contentOf(path()), bytes);
}

void TestLibrary::keePassXcShowsEverything()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    QVERIFY(outcomeOf(library.put(googleEntry())));
    LibraryEntry authenticator = LibraryEntry::create(u"1password"_s, u"1Password"_s, sampleTime);
    startNewSet(authenticator, codesOf({"otpauth://totp/1Password:me?secret=JBSWY3DPEHPK3PXP"}),
                CodeSource::QrCode, {}, VoidReason::None, sampleTime);
    QVERIFY(outcomeOf(library.put(authenticator)));

    const QByteArray shown = keePassXc(
        {u"show"_s, u"-q"_s, u"--all"_s, u"-s"_s, path(), u"Google"_s});
    for (const char *line :
         {"Title: Google", "UserName: me@example.org", "URL: https://accounts.google.example",
          "First line", "Recovery code 01: 12345678", "Recovery code 10: 01234567",
          "Void set 1 code 01: 11112222", "Used recovery codes: 01 (2026-05-04), 07"})
        QVERIFY2(shown.contains(line), line);
    // Protected ones are not shown without being asked for.
    const QByteArray covered = keePassXc({u"show"_s, u"-q"_s, u"--all"_s, path(), u"Google"_s});
    QVERIFY(covered.contains("Recovery code 01: PROTECTED"));
    QVERIFY(!covered.contains("12345678"));
    const QByteArray code =
        keePassXc({u"show"_s, u"-q"_s, u"-t"_s, path(), u"1Password"_s}).trimmed();
    QCOMPARE(code.size(), 6);
}

void TestLibrary::pykeepassShowsEverything()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    const QByteArray json = run(u"/usr/bin/python3"_s,
                                {QStringLiteral(PYKEEPASS_TOOL), u"show"_s, path()},
                                QByteArray(passphrase) + '\n');
    const QJsonObject shown = QJsonDocument::fromJson(json).array().first().toObject();
    QCOMPARE(shown.value("title"_L1).toString(), u"Google"_s);
    QCOMPARE(shown.value("username"_L1).toString(), u"me@example.org"_s);
    QCOMPARE(shown.value("notes"_L1).toString(), entry.notes);
    QCOMPARE(shown.value("custom"_L1).toObject().value("Recovery code 01"_L1).toString(),
             u"12345678"_s);
}

void TestLibrary::entryThatKeePassXcEditedIsReadAsEdited()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    QVERIFY(!keePassXc({u"edit"_s, u"-q"_s, u"-t"_s, u"Edited"_s, u"-u"_s, u"you@example.org"_s,
                        u"--url"_s, u"https://edited.example"_s, path(), u"Google"_s})
                 .isNull());
    QVERIFY(outcomeOf(library.reload()));
    LibraryEntry expected = entry;
    expected.title = u"Edited"_s;
    expected.account = u"you@example.org"_s;
    expected.signInAddress = u"https://edited.example"_s;
    QCOMPARE(library.entries().size(), 1);
    QVERIFY(undated(library.entries().first()) == undated(expected));
    // And nothing of it is lost when it is saved again.
    QVERIFY(outcomeOf(library.put(titled(u"another"_s))));
    library.lock();
    QVERIFY(outcomeOf(library.open(path(), libraryKey())));
    QVERIFY(undated(*library.find(entry.id)) == undated(expected));
}

// KeePassXC writes all entries anew, which is no change of theirs.
void TestLibrary::keePassXcChangesOnlyWhatItEdits()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    QVERIFY(outcomeOf(library.put(titled(u"Another"_s))));
    const QByteArray before = contentOf(path());
    markUsed(entry, 4, sampleTime, {});
    QVERIFY(outcomeOf(library.put(entry)));
    put(path(), before);
    QVERIFY(!keePassXc(
                 {u"edit"_s, u"-q"_s, u"--url"_s, u"https://edited.example"_s, path(), u"Google"_s})
                 .isNull());
    QSignalSpy merged(&library, &Library::merged);
    QVERIFY(outcomeOf(library.reload()));
    QCOMPARE(merged.size(), 1);
    QCOMPARE(merged.first().at(1).value<QList<QUuid>>(), QList{entry.id});
}

void TestLibrary::keePassXcMergesAlike()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    const LibraryEntry entry = googleEntry();
    QVERIFY(outcomeOf(library.put(entry)));
    const LibraryEntry deleted = titled(u"deleted"_s);
    QVERIFY(outcomeOf(library.put(deleted)));
    const QByteArray common = contentOf(path());
    QVERIFY(outcomeOf(library.put(titled(u"only ours"_s))));
    QVERIFY(outcomeOf(library.remove(deleted.id)));
    const QByteArray ours = contentOf(path());
    // The other computer changes one entry and adds another.
    put(path(u"theirs.kdbx"_s), common);
    changeFile(
        [&](KdbxDatabase &database) {
            KdbxEntry stored = findEntry(database, entry.id)->entry;
            stored.keepInHistory(10);
            stored.setText(u"Title"_s, u"theirs"_s);
            stored.setDate(KdbxDate::Modified, QDateTime::currentDateTimeUtc().addSecs(60));
            KdbxEntry added = database.rootGroup().addEntry(sampleTime);
            added.setText(u"Title"_s, u"only theirs"_s);
            added.setSecret(u"Recovery code 01"_s, SecretBytes("y"));
        },
        path(u"theirs.kdbx"_s));
    put(path(u"reference.kdbx"_s), ours);
    QVERIFY(!keePassXc(
                 {u"merge"_s, u"-q"_s, u"-s"_s, path(u"reference.kdbx"_s), path(u"theirs.kdbx"_s)})
                 .isNull());
    put(path(), contentOf(path(u"theirs.kdbx"_s)));
    QVERIFY(outcomeOf(library.reload()));

    auto reference = openKdbx(contentOf(path(u"reference.kdbx"_s)), keyOf(passphrase));
    QVERIFY(reference.has_value());
    // Unless a group is set up for it, KeePassXC takes no notice of what was deleted.
    QVERIFY(findEntry(*reference, deleted.id));
    QStringList expected;
    for (const LibraryEntry &one : readEntries(*reference)) {
        if (one.id != deleted.id)
            expected.append(one.title);
    }
    QStringList titles;
    for (const LibraryEntry &one : library.entries())
        titles.append(one.title);
    expected.sort();
    titles.sort();
    QCOMPARE(titles, expected);
    QCOMPARE(titles, (QStringList{u"only ours"_s, u"only theirs"_s, u"theirs"_s}));
}

void TestLibrary::entriesOfKeePassXcAreKept()
{
    Library library(quickKdf);
    QVERIFY(outcomeOf(library.create(path(), libraryKey())));
    QVERIFY(!keePassXc({u"add"_s, u"-q"_s, u"-u"_s, u"somebody"_s, path(), u"Kept"_s}).isNull());
    QVERIFY(outcomeOf(library.reload()));
    QVERIFY(library.entries().isEmpty());
    QVERIFY(outcomeOf(library.put(googleEntry())));
    QVERIFY(keePassXc({u"show"_s, u"-q"_s, path(), u"Kept"_s}).contains("somebody"));
    QVERIFY(keePassXc({u"show"_s, u"-q"_s, path(), u"Google"_s}).contains("me@example.org"));
}

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
