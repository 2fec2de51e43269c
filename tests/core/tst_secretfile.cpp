// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/secretfile.h"

#include <QCoroTask>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <csignal>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr int cannotMount = 77;

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

int modeOf(const QString &path)
{
    struct stat status;
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 07777)
                                                                     : -1;
}

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System
                                  | QDir::NoDotAndDotDot);
}

int codeOf(const Result<void> &result)
{
    return result ? 0 : 1 + int(result.error().kind);
}

bool writeText(const char *path, const QByteArray &text)
{
    const int fd = ::open(path, O_WRONLY);
    const bool written = fd >= 0
        && ::write(fd, text.constData(), size_t(text.size())) == text.size();
    if (fd >= 0)
        ::close(fd);
    return written;
}

// A mount namespace of the calling process, for root and for a normal user.
bool enterOwnMounts()
{
    const auto user = ::getuid();
    const auto group = ::getgid();
    if (user == 0) {
        if (::unshare(CLONE_NEWNS) != 0)
            return false;
    } else {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0
            || !writeText("/proc/self/setgroups", "deny")
            || !writeText("/proc/self/uid_map", "0 " + QByteArray::number(user) + " 1")
            || !writeText("/proc/self/gid_map", "0 " + QByteArray::number(group) + " 1"))
            return false;
    }
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

// Runs `act` in a child whose view of `folder` is a new file system of 64 KiB.
int onSmallFileSystem(const QString &folder, unsigned long flags,
                      Result<void> (*act)(const QString &))
{
    const pid_t child = ::fork();
    if (child == 0) {
        const QByteArray path = QFile::encodeName(folder);
        if (!enterOwnMounts()
            || ::mount("tmpfs", path.constData(), "tmpfs", 0, "size=64k,mode=0700") != 0)
            ::_exit(cannotMount);
        const QString file = folder + u"/code.txt"_s;
        put(file, "old");
        if (flags != 0 && ::mount("tmpfs", path.constData(), "tmpfs", MS_REMOUNT | flags, "") != 0)
            ::_exit(cannotMount);
        const int code = codeOf(act(file));
        const bool clean = entriesOf(folder) == QStringList{u"code.txt"_s}
            && contentOf(file) == "old";
        ::_exit(clean ? code : 1 + cannotMount);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

} // namespace

class TestSecretFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What the workers have taken from OpenSSL goes with their threads, before leaks are looked
    // for.
    void cleanupTestCase() { QThreadPool::globalInstance()->waitForDone(); }

    void init();
    void tellsThatTheDiskIsFull();
    void tellsThatTheFileSystemIsReadOnly();
    void tellsThatAQuotaIsUsedUp();
    void writesForTheUserOnly();
    void writesNothingButTheFile();
    void refusesToReplaceUnasked();
    void replacesWhenTold();
    void doesNotKeepTheOldModeOnReplacing();
    void replacesALinkNotItsTarget();
    void refusesADanglingLinkUnasked();
    void tellsThatTheFolderIsMissing_data();
    void tellsThatTheFolderIsMissing();
    void tellsThatAFolderHasTheName();
    void tellsThatTheFolderCannotBeWritten();
    void writesAnEmptyFile();
    void savesOnAWorker();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSecretFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSecretFile::tellsThatTheDiskIsFull()
{
    const int code = onSmallFileSystem(m_folder->path(), 0, [](const QString &file) {
        return writeSecretFile(file, QByteArray(1 << 20, 'x'), ExistingFile::Replace);
    });
    if (code == cannotMount)
        QSKIP("This user may not mount a file system.");
    QCOMPARE(code, 1 + int(ErrorKind::DiskFull));
}

void TestSecretFile::tellsThatTheFileSystemIsReadOnly()
{
    const int code = onSmallFileSystem(m_folder->path(), MS_RDONLY, [](const QString &file) {
        return writeSecretFile(file, "new", ExistingFile::Replace);
    });
    if (code == cannotMount)
        QSKIP("This user may not mount a file system.");
    QCOMPARE(code, 1 + int(ErrorKind::FolderReadOnly));
}

// The limit on the size of files stands for it; every user may set it for himself.
void TestSecretFile::tellsThatAQuotaIsUsedUp()
{
    put(path(u"code.txt"_s), "old");
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
    rlimit small = old;
    small.rlim_cur = 4096;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto saved = writeSecretFile(path(u"code.txt"_s), QByteArray(100000, 'x'),
                                       ExistingFile::Replace);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);
    std::signal(SIGXFSZ, oldHandler);

    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().kind, ErrorKind::DiskFull);
    QCOMPARE(saved.error().subject, path(u"code.txt"_s));
    QCOMPARE(contentOf(path(u"code.txt"_s)), "old"_ba);
    QCOMPARE(entriesOf(m_folder->path()), QStringList{u"code.txt"_s});
}

void TestSecretFile::writesForTheUserOnly()
{
    const auto oldMask = ::umask(0);
    const auto saved = writeSecretFile(path(u"code.txt"_s), "secret\n", ExistingFile::Keep);
    ::umask(oldMask);
    QVERIFY(saved.has_value());
    QCOMPARE(contentOf(path(u"code.txt"_s)), "secret\n"_ba);
    QCOMPARE(modeOf(path(u"code.txt"_s)), 0600);
}

void TestSecretFile::writesNothingButTheFile()
{
    QVERIFY(writeSecretFile(path(u"code.txt"_s), "secret", ExistingFile::Keep).has_value());
    QCOMPARE(entriesOf(m_folder->path()), QStringList{u"code.txt"_s});
}

void TestSecretFile::refusesToReplaceUnasked()
{
    put(path(u"code.txt"_s), "old");
    const auto saved = writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Keep);
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().kind, ErrorKind::FileExists);
    QCOMPARE(contentOf(path(u"code.txt"_s)), "old"_ba);
    QCOMPARE(entriesOf(m_folder->path()), QStringList{u"code.txt"_s});
}

void TestSecretFile::replacesWhenTold()
{
    put(path(u"code.txt"_s), "a much longer old text");
    QVERIFY(writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Replace).has_value());
    QCOMPARE(contentOf(path(u"code.txt"_s)), "new"_ba);
}

void TestSecretFile::doesNotKeepTheOldModeOnReplacing()
{
    put(path(u"code.txt"_s), "old");
    QCOMPARE(::chmod(QFile::encodeName(path(u"code.txt"_s)).constData(), 0666), 0);
    QVERIFY(writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Replace).has_value());
    QCOMPARE(modeOf(path(u"code.txt"_s)), 0600);
}

void TestSecretFile::replacesALinkNotItsTarget()
{
    put(path(u"other.txt"_s), "other");
    QVERIFY(QFile::link(path(u"other.txt"_s), path(u"code.txt"_s)));
    QVERIFY(writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Replace).has_value());
    QCOMPARE(contentOf(path(u"other.txt"_s)), "other"_ba);
    QCOMPARE(contentOf(path(u"code.txt"_s)), "new"_ba);
}

void TestSecretFile::refusesADanglingLinkUnasked()
{
    QVERIFY(QFile::link(path(u"nowhere.txt"_s), path(u"code.txt"_s)));
    const auto saved = writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Keep);
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().kind, ErrorKind::FileExists);
    QVERIFY(!QFile::exists(path(u"nowhere.txt"_s)));
}

void TestSecretFile::tellsThatTheFolderIsMissing_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("no such folder") << u"missing/code.txt"_s;
    QTest::newRow("a file instead of the folder") << u"file/code.txt"_s;
}

void TestSecretFile::tellsThatTheFolderIsMissing()
{
    QFETCH(QString, name);
    put(path(u"file"_s), "no folder");
    const auto saved = writeSecretFile(path(name), "new", ExistingFile::Keep);
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().kind, ErrorKind::FolderMissing);
}

void TestSecretFile::tellsThatAFolderHasTheName()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"code.txt"_s));
    const auto saved = writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Replace);
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().kind, ErrorKind::FileNotWritable);
    const auto slash = writeSecretFile(path(u"code.txt/"_s), "new", ExistingFile::Replace);
    QVERIFY(!slash.has_value());
    QCOMPARE(slash.error().kind, ErrorKind::FileNotWritable);
}

void TestSecretFile::tellsThatTheFolderCannotBeWritten()
{
    const QByteArray folder = QFile::encodeName(m_folder->path());
    QCOMPARE(::chmod(folder.constData(), 0500), 0);
    // Root may write anywhere, and so acts as another user, who may enter the folder.
    const bool isRoot = ::geteuid() == 0;
    if (isRoot) {
        QCOMPARE(::chmod(folder.constData(), 0555), 0);
        QCOMPARE(::seteuid(65534), 0);
    }
    const auto saved = writeSecretFile(path(u"code.txt"_s), "new", ExistingFile::Keep);
    if (isRoot)
        QCOMPARE(::seteuid(0), 0);
    QCOMPARE(::chmod(folder.constData(), 0700), 0);
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().kind, ErrorKind::FileNotWritable);
}

void TestSecretFile::writesAnEmptyFile()
{
    QVERIFY(writeSecretFile(path(u"code.txt"_s), {}, ExistingFile::Keep).has_value());
    QCOMPARE(contentOf(path(u"code.txt"_s)), QByteArray());
    QVERIFY(QFile::exists(path(u"code.txt"_s)));
}

void TestSecretFile::savesOnAWorker()
{
    const auto saved = QCoro::waitFor(
        saveSecretFile(path(u"code.txt"_s), SecureBuffer::copyOf("secret"), ExistingFile::Keep));
    QVERIFY(saved.has_value());
    QCOMPARE(contentOf(path(u"code.txt"_s)), "secret"_ba);
    const auto again = QCoro::waitFor(
        saveSecretFile(path(u"code.txt"_s), SecureBuffer::copyOf("secret"), ExistingFile::Keep));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, ErrorKind::FileExists);
}

QTEST_GUILESS_MAIN(TestSecretFile)
#include "tst_secretfile.moc"
