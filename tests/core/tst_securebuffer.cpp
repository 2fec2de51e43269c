// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/secret/lockedmemory.h"
#include "core/secret/securebuffer.h"

#include <QFile>
#include <QTest>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestSecureBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsBytesAcrossGrowth();
    void encodesTextAsUtf8();
    void truncationWipesTheTail();
    void movedFromBufferIsEmpty();
    void comparesByContent();
    void wipeLeavesOtherCopiesAlone();
#ifdef LOCKS_MEMORY
    void largeOnesAreNotLocked();
    void refusedLockIsCounted();
#endif
};

#ifdef LOCKS_MEMORY
namespace {

/// Of this process, in KiB.
qint64 lockedMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmLck:"))
            return line.mid(6).chopped(2).trimmed().toLongLong();
    }
    return -1;
}

/// What `test` says in a process that may lock `limit` bytes.
bool holdsWithLimit(rlim_t limit, bool (*test)())
{
    const pid_t child = ::fork();
    if (child == 0) {
        // Root has no limit.
        if (::geteuid() == 0 && ::setuid(65534) != 0)
            ::_exit(2);
        const rlimit small{.rlim_cur = limit, .rlim_max = limit};
        ::_exit(::setrlimit(RLIMIT_MEMLOCK, &small) == 0 && test() ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace
#endif

void TestSecureBuffer::keepsBytesAcrossGrowth()
{
    SecureBuffer buffer;
    QByteArray expected;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray piece = QByteArray::number(i);
        buffer.append(piece);
        expected += piece;
    }
    QCOMPARE(buffer.view().toByteArray(), expected);
}

void TestSecureBuffer::encodesTextAsUtf8()
{
    QCOMPARE(SecureBuffer::fromText(u"pässwörd-密码-🔑").view().toByteArray().toHex(),
             "70c3a4737377c3b672642de5af86e7a0812df09f9491"_ba);
    QVERIFY(SecureBuffer::fromText({}).isEmpty());
}

void TestSecureBuffer::truncationWipesTheTail()
{
    auto buffer = SecureBuffer::copyOf("secret");
    buffer.truncate(2);
    QCOMPARE(buffer.view().toByteArray(), "se"_ba);
    QCOMPARE(buffer.data()[2], 0);
    QCOMPARE(buffer.data()[5], 0);
}

void TestSecureBuffer::movedFromBufferIsEmpty()
{
    auto from = SecureBuffer::copyOf("secret");
    const SecureBuffer to = std::move(from);
    QVERIFY(from.isEmpty());
    QVERIFY(!from.data());
    QVERIFY(to.equals("secret"));
}

void TestSecureBuffer::comparesByContent()
{
    const auto buffer = SecureBuffer::copyOf("secret");
    QVERIFY(buffer.equals("secret"));
    QVERIFY(!buffer.equals("Secret"));
    QVERIFY(!buffer.equals("secret "));
    QVERIFY(SecureBuffer().equals({}));
}

void TestSecureBuffer::wipeLeavesOtherCopiesAlone()
{
    QString shared = u"secret"_s;
    const QString other = shared;
    wipe(shared);
    QVERIFY(shared.isEmpty());
    QCOMPARE(other, u"secret"_s); // a copy keeps its own data
}

#ifdef LOCKS_MEMORY
void TestSecureBuffer::largeOnesAreNotLocked()
{
    QVERIFY(holdsWithLimit(rlim_t{1024} * 1024, [] {
        const qint64 before = lockedMemory();
        const SecureBuffer answer(qsizetype{50} * 1024 * 1024);
        const bool answerIsNot = lockedMemory() == before;
        const SecureBuffer secret(32);
        return answerIsNot && lockedMemory() > before && failedMemoryLocks() == 0;
    }));
}

void TestSecureBuffer::refusedLockIsCounted()
{
    QVERIFY(holdsWithLimit(0, [] {
        const SecureBuffer secret(32);
        return failedMemoryLocks() == 1;
    }));
}
#endif

QTEST_GUILESS_MAIN(TestSecureBuffer)
#include "tst_securebuffer.moc"
