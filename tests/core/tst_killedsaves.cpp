// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Kills the program before each system call of a save, and lets each system call of a save fail: a
// child is stopped at every call on files (seccomp, ptrace).

#include "core/crypto/randomoctets.h"
#include "core/files/oldergenerations.h"
#include "core/files/secretfile.h"
#include "core/files/unfinishedsaves.h"
#include "core/inventory/inventoryfile.h"
#include "core/library/libraryfile.h"
#include "core/printing/sentsheets.h"
#include "core/secret/processhardening.h"
#include "core/settings/settingsfile.h"
#include "tests/core/library/librarysamples.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <memory>
#include <optional>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr char oldSecret[] = "OLD SECRET";
constexpr char newSecret[] = "NEW SECRET";
constexpr char oldSettings[] = R"({"appearance":"dark"})";

using Save = bool (*)(const QString &file);

bool saveNewSheet(const QString &file)
{
    return writeSecretFile(file, newSecret, ExistingFile::Keep).has_value();
}

bool replaceSheet(const QString &file)
{
    return writeSecretFile(file, newSecret, ExistingFile::Replace).has_value();
}

bool changeKeys(const QString &file)
{
    return inventoryFile(file)
        .change([](Inventory &inventory) {
            InventoryKey key;
            key.id = u"id"_s;
            key.name = QString::fromLatin1(newSecret);
            key.added = QDateTime::fromSecsSinceEpoch(0, QTimeZone::utc());
            inventory.append(key);
        })
        .has_value();
}

/// The object writes on a thread of its own, which is traced too.
bool changeSettings(const QString &file)
{
    SettingsFile settings(file);
    settings.set(u"email"_s, QString::fromLatin1(newSecret));
    return settings.flush();
}

bool rememberSentSheet(const QString &file)
{
    SentSheets sheets(file);
    sheets.load();
    return sheets.add({.job = {.printer = QString::fromLatin1(newSecret), .id = 2},
                       .sent = QDateTime::fromSecsSinceEpoch(0, QTimeZone::utc())});
}

/// Opens the library and adds an entry.
bool saveLibrary(const QString &file)
{
    const auto library = LibraryFile::open(file, libraryKey());
    return library && (*library)->put(googleEntry(), sampleTime).has_value();
}

/// How many entries the library has; nothing if it does not open.
std::optional<qsizetype> entriesOf(const QString &file)
{
    const auto library = LibraryFile::open(file, libraryKey());
    return library ? std::optional((*library)->entries().size()) : std::nullopt;
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

/// All files below the folder but `target` that contain the new secret.
QStringList leftovers(const QString &folder, const QString &target)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (path != target && contentOf(path).contains(newSecret))
            found.append(path);
    }
    return found;
}

struct Ending
{
    bool killed = false; ///< as we wanted; else it ended by itself before
    int status = 0;
    int calls = 0;
};

enum class Unnamed {
    Possible,
    NotPossible, ///< as on FAT: `O_TMPFILE` is refused
};

constexpr int never = -1;

#if defined(__x86_64__)

constexpr std::array<unsigned, 22> callsOnFiles{
    SYS_open,     SYS_openat, SYS_read,       SYS_pread64,    SYS_write,     SYS_fsync,
    SYS_fchmod,   SYS_linkat, SYS_link,       SYS_renameat,   SYS_renameat2, SYS_rename,
    SYS_unlinkat, SYS_unlink, SYS_fstat,      SYS_newfstatat, SYS_symlink,   SYS_flock,
    SYS_mkdir,    SYS_fcntl,  SYS_faccessat2, SYS_exit_group};

/// From now on the tracer is asked before each of `callsOnFiles`.
bool askTracer()
{
    std::vector<sock_filter> filter{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
    };
    for (const unsigned call : callsOnFiles) {
        filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
        filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE));
    }
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog program{.len = static_cast<unsigned short>(filter.size()),
                             .filter = filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// Lets the call that the thread is about to make fail.
void refuseCall(pid_t thread, user_regs_struct registers, int error)
{
    registers.orig_rax = static_cast<unsigned long long>(-1);
    registers.rax = static_cast<unsigned long long>(-error);
    ::ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
}

#endif

/// Runs `save` in a child, whose threads are followed. `killAt`: number of the call on files before
/// which it is killed; `failAt`: number of the one that fails with `error`. Nothing if the system
/// does not allow it.
std::optional<Ending> runTraced(Save save, const QString &file, Unnamed unnamed, int killAt,
                                int failAt, int error)
{
#if defined(__x86_64__)
    constexpr int notAllowed = 99;
    const pid_t child = ::fork();
    if (child == 0) {
        if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
            ::_exit(notAllowed);
        ::raise(SIGSTOP);
        if (!askTracer())
            ::_exit(notAllowed);
        ::_exit(save(file) ? 0 : 1);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
        return {};
    ::ptrace(PTRACE_SETOPTIONS, child, nullptr,
             static_cast<unsigned long>(PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE
                                        | PTRACE_O_EXITKILL));
    Ending ending;
    pid_t thread = child; // the one that stands still
    for (;;) {
        ::ptrace(PTRACE_CONT, thread, nullptr, nullptr);
        thread = ::waitpid(-1, &status, __WALL);
        if (thread < 0)
            return {};
        if (thread != child && !WIFSTOPPED(status)) {
            // A thread has ended; another one goes on by itself.
            continue;
        }
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            ending.status = status;
            if (WIFEXITED(status) && WEXITSTATUS(status) == notAllowed)
                return {};
            return ending;
        }
        if (status >> 8 != (SIGTRAP | (PTRACE_EVENT_SECCOMP << 8)))
            continue;
        if (ending.calls == killAt) {
            ::kill(child, SIGKILL);
            while (::waitpid(-1, &status, __WALL) > 0)
                ;
            ending.killed = true;
            return ending;
        }
        user_regs_struct registers{};
        ::ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
        const auto call = registers.orig_rax;
        const bool isUnnamed = call == SYS_openat && (registers.rdx & O_TMPFILE) == O_TMPFILE;
        if (call == SYS_exit_group)
            continue;
        if (ending.calls++ == failAt)
            refuseCall(thread, registers, error);
        else if (isUnnamed && unnamed == Unnamed::NotPossible)
            refuseCall(thread, registers, EOPNOTSUPP);
    }
#else
    Q_UNUSED(save)
    Q_UNUSED(file)
    Q_UNUSED(unnamed)
    Q_UNUSED(killAt)
    Q_UNUSED(failAt)
    Q_UNUSED(error)
    return {};
#endif
}

} // namespace

class TestKilledSaves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void killedAtAnyCall_data();
    void killedAtAnyCall();
    void failingAtAnyCall_data();
    void failingAtAnyCall();
    void libraryOpensAfterAKillAtAnyCall_data();
    void libraryOpensAfterAKillAtAnyCall();
    void libraryOpensAfterAFailureAtAnyCall_data();
    void libraryOpensAfterAFailureAtAnyCall();
    void leavesAloneWhatIsBeingWritten();
    void leavesAloneWhatIsNotOurs();
    void keepsNotesAboutMissingFolders();
    void fileOverTheLimitIsNoSignal();

private:
    void prepare(const QByteArray &before);
    /// A library with one older generation, without entries. Returns the bytes of the file.
    [[nodiscard]] QByteArray prepareLibrary();
    [[nodiscard]] QStringList filesOfLibrary() const;
    [[nodiscard]] QString file() const { return m_folder->filePath(u"code.txt"_s); }
    [[nodiscard]] QString notes() const { return m_folder->filePath(u"notes"_s); }
    [[nodiscard]] QStringList notesLeft() const
    {
        return QDir(notes()).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestKilledSaves::initTestCase()
{
    // Libraries are loaded before, so that the children do not have to.
    QVERIFY(randomOctets(1).has_value());
}

void TestKilledSaves::init()
{
    // In memory, where syncing takes no time.
    const QString place = QDir(u"/dev/shm"_s).exists() ? u"/dev/shm"_s : QDir::tempPath();
    m_folder = std::make_unique<QTemporaryDir>(place + u"/killedsaves-XXXXXX"_s);
    QVERIFY(m_folder->isValid());
    setUnfinishedSavesFolder(notes());
}

void TestKilledSaves::prepare(const QByteArray &before)
{
    QFile::remove(file());
    // Of the inventory; one of a dead process is waited for when it cannot be read.
    QFile::remove(file() + u".lock"_s);
    if (!before.isNull())
        put(file(), before);
}

void TestKilledSaves::killedAtAnyCall_data()
{
    QTest::addColumn<int>("save");
    QTest::addColumn<bool>("unnamed");
    QTest::addColumn<QByteArray>("before");
    const QByteArray keys = inventoryToJson(Inventory());
    int save = 0;
    for (const char *name :
         {"new sheet", "replaced sheet", "inventory", "settings", "sent sheets"}) {
        const QByteArray before = std::array<QByteArray, 5>{QByteArray(), oldSecret, keys,
                                                            oldSettings, "[]"}[size_t(save)];
        QTest::addRow("%s", name) << save << true << before;
        QTest::addRow("%s, without O_TMPFILE", name) << save << false << before;
        ++save;
    }
}

void TestKilledSaves::killedAtAnyCall()
{
    QFETCH(int, save);
    QFETCH(bool, unnamed);
    QFETCH(QByteArray, before);
    constexpr std::array saves{saveNewSheet, replaceSheet, changeKeys, changeSettings,
                               rememberSentSheet};
    int leftBeforeCleaning = 0;
    for (int call = 0;; ++call) {
        prepare(before);
        const auto ending = runTraced(saves.at(size_t(save)), file(),
                                      unnamed ? Unnamed::Possible : Unnamed::NotPossible, call,
                                      never, 0);
        if (!ending)
            QSKIP("This system does not let a process be traced.");
        const QByteArray after = contentOf(file());
        const bool isNew = after.contains(newSecret);
        QVERIFY2(isNew || after == before, after.constData());
        QVERIFY2(before != oldSettings || after.contains("dark"), "other settings are lost");
        leftBeforeCleaning += leftovers(m_folder->path(), file()).isEmpty() ? 0 : 1;
        removeUnfinishedSaves();
        QCOMPARE(leftovers(m_folder->path(), file()), QStringList());
        if (!ending->killed) {
            QVERIFY(WIFEXITED(ending->status));
            QCOMPARE(WEXITSTATUS(ending->status), 0);
            QVERIFY(isNew);
            QVERIFY2(call > 8, "hardly any system call was seen");
            break;
        }
    }
    QCOMPARE(notesLeft(), QStringList());
    // A new file never has another name than its own.
    if (unnamed && save == 0)
        QCOMPARE(leftBeforeCleaning, 0);
}

void TestKilledSaves::failingAtAnyCall_data()
{
    killedAtAnyCall_data();
}

void TestKilledSaves::failingAtAnyCall()
{
    QFETCH(int, save);
    QFETCH(bool, unnamed);
    QFETCH(QByteArray, before);
    constexpr std::array saves{saveNewSheet, replaceSheet, changeKeys, changeSettings,
                               rememberSentSheet};
    for (const int error : {EIO, ENOSPC, EACCES}) {
        int failures = 0;
        for (int call = 0;; ++call) {
            prepare(before);
            const auto ending = runTraced(saves.at(size_t(save)), file(),
                                          unnamed ? Unnamed::Possible : Unnamed::NotPossible, never,
                                          call, error);
            if (!ending)
                QSKIP("This system does not let a process be traced.");
            QVERIFY2(WIFEXITED(ending->status), qPrintable(QString::number(call)));
            const bool told = WEXITSTATUS(ending->status) == 0;
            failures += told ? 0 : 1;
            const QByteArray after = contentOf(file());
            QCOMPARE(after.contains(newSecret), told);
            if (!told)
                QVERIFY2(after == before, after.constData());
            QVERIFY2(before != oldSettings || after.contains("dark"), "other settings are lost");
            removeUnfinishedSaves();
            QCOMPARE(leftovers(m_folder->path(), file()), QStringList());
            if (ending->calls <= call)
                break;
        }
        QVERIFY(failures > 3);
    }
}

QByteArray TestKilledSaves::prepareLibrary()
{
    // Made once, as this also loads the libraries that the children need.
    static const QByteArray empty = [this] {
        const QString made = m_folder->filePath(u"made.kdbx"_s);
        if (!LibraryFile::create(made, libraryKey(), cheapKdf()))
            qFatal("no library");
        const QByteArray bytes = contentOf(made);
        QFile::remove(made);
        return bytes;
    }();
    for (const QString &name : filesOfLibrary())
        QFile::remove(m_folder->filePath(name));
    put(file(), empty);
    put(olderGeneration(file(), 1), empty);
    return empty;
}

QStringList TestKilledSaves::filesOfLibrary() const
{
    return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
}

void TestKilledSaves::libraryOpensAfterAKillAtAnyCall_data()
{
    QTest::addColumn<bool>("unnamed");
    QTest::newRow("with O_TMPFILE") << true;
    QTest::newRow("without O_TMPFILE") << false;
}

void TestKilledSaves::libraryOpensAfterAKillAtAnyCall()
{
    QFETCH(bool, unnamed);
    for (int call = 0;; ++call) {
        const QByteArray before = prepareLibrary();
        const auto ending = runTraced(saveLibrary, file(),
                                      unnamed ? Unnamed::Possible : Unnamed::NotPossible, call,
                                      never, 0);
        if (!ending)
            QSKIP("This system does not let a process be traced.");
        const auto entries = entriesOf(file());
        QVERIFY2(entries, qPrintable(u"does not open after call %1"_s.arg(call)));
        QVERIFY(*entries == 1 || contentOf(file()) == before);
        // The generation before is there under one of its names.
        const QString older = olderGeneration(file(), 1);
        QVERIFY(contentOf(older) == before || contentOf(olderGeneration(file(), 2)) == before);
        removeUnfinishedSaves();
        for (const QString &name : filesOfLibrary())
            QVERIFY2(name.startsWith(u"code."_s) || name == u".code.txt.lock"_s, qPrintable(name));
        if (!ending->killed) {
            QVERIFY(WIFEXITED(ending->status));
            QCOMPARE(WEXITSTATUS(ending->status), 0);
            QCOMPARE(*entries, 1);
            QVERIFY(call > 20);
            break;
        }
    }
    QCOMPARE(notesLeft(), QStringList());
}

void TestKilledSaves::libraryOpensAfterAFailureAtAnyCall_data()
{
    QTest::addColumn<bool>("unnamed");
    QTest::addColumn<int>("error");
    QTest::newRow("full disk") << true << ENOSPC;
    QTest::newRow("full disk, without O_TMPFILE") << false << ENOSPC;
    QTest::newRow("broken disk") << true << EIO;
    QTest::newRow("no permission") << true << EACCES;
}

void TestKilledSaves::libraryOpensAfterAFailureAtAnyCall()
{
    QFETCH(bool, unnamed);
    QFETCH(int, error);
    int failures = 0;
    for (int call = 0;; ++call) {
        const QByteArray before = prepareLibrary();
        const auto ending = runTraced(saveLibrary, file(),
                                      unnamed ? Unnamed::Possible : Unnamed::NotPossible, never,
                                      call, error);
        if (!ending)
            QSKIP("This system does not let a process be traced.");
        QVERIFY2(WIFEXITED(ending->status), qPrintable(QString::number(call)));
        const bool told = WEXITSTATUS(ending->status) == 0;
        failures += told ? 0 : 1;
        if (told)
            QCOMPARE(entriesOf(file()), std::optional<qsizetype>(1));
        else
            QVERIFY2(contentOf(file()) == before, qPrintable(QString::number(call)));
        removeUnfinishedSaves();
        for (const QString &name : filesOfLibrary())
            QVERIFY2(name.startsWith(u"code."_s) || name == u".code.txt.lock"_s, qPrintable(name));
        if (ending->calls <= call)
            break;
    }
    QVERIFY(failures > 3);
}

void TestKilledSaves::leavesAloneWhatIsBeingWritten()
{
    const QString part = m_folder->filePath(QString::fromLatin1(unfinishedName("12345678")));
    put(part, newSecret);
    const UnfinishedSave note(QFile::encodeName(part));
    const int fd = ::open(QFile::encodeName(part).constData(), O_RDONLY | O_CLOEXEC);
    QCOMPARE(::flock(fd, LOCK_EX), 0);
    removeUnfinishedSaves();
    QVERIFY(QFile::exists(part));
    QCOMPARE(notesLeft().size(), 1);
    ::close(fd);
    removeUnfinishedSaves();
    QVERIFY(!QFile::exists(part));
    QCOMPARE(notesLeft(), QStringList());
}

void TestKilledSaves::leavesAloneWhatIsNotOurs()
{
    const QString other = m_folder->filePath(u".somebody-elses.part"_s);
    put(other, "other");
    QVERIFY(QDir().mkpath(notes()));
    QVERIFY(QFile::link(other, notes() + u"/1234567812345678"_s));
    removeUnfinishedSaves();
    QVERIFY(QFile::exists(other));
}

void TestKilledSaves::keepsNotesAboutMissingFolders()
{
    const QByteArray part = QFile::encodeName(m_folder->filePath(u"stick"_s)) + '/'
        + unfinishedName("12345678");
    const UnfinishedSave note(part);
    removeUnfinishedSaves();
    QCOMPARE(notesLeft().size(), 1);
    QVERIFY(QDir().mkpath(m_folder->filePath(u"stick"_s)));
    put(QFile::decodeName(part), newSecret);
    removeUnfinishedSaves();
    QVERIFY(!QFile::exists(QFile::decodeName(part)));
    QCOMPARE(notesLeft(), QStringList());
}

void TestKilledSaves::fileOverTheLimitIsNoSignal()
{
    const pid_t child = ::fork();
    if (child == 0) {
        hardenProcess();
        const rlimit small{.rlim_cur = 4096, .rlim_max = 4096};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto saved = writeSecretFile(file(), QByteArray(100000, 'x'), ExistingFile::Keep);
        ::_exit(!saved && saved.error().kind == ErrorKind::DiskFull ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY2(WIFEXITED(status), "ended by a signal");
    QCOMPARE(WEXITSTATUS(status), 0);
}

QTEST_GUILESS_MAIN(TestKilledSaves)
#include "tst_killedsaves.moc"
