// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/passwordderivation.h"
#include "core/secret/wipedstack.h"
#include "tests/support/memoryscan.h"

#include <QCoroTask>

#include <QTest>

#include <atomic>
#include <cstring>
#include <future>
#include <memory>
#include <new>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Sparekey;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Sparekey::KdfSettings)

namespace {

constexpr char password[] = "violet kettle harbour seven";

Prelogin preloginWith(const KdfSettings &kdf)
{
    return {.kdf = kdf, .salt = u"tester@example.com"_s};
}

struct Expected
{
    MemoryPattern masterKey;
    MemoryPattern hash;
    MemoryPattern base64;
};

// Derived by a child, so that this process never had them but for what is under test.
Expected derivedElsewhere(const KdfSettings &kdf)
{
    constexpr int size = 32 + 44;
    int ends[2] = {-1, -1};
    QByteArray bytes(size, '\0');
    if (::pipe(ends) != 0)
        qFatal("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        const auto secret = SecureBuffer::copyOf(password);
        const auto key = deriveMasterKey(secret, preloginWith(kdf).salt, kdf);
        const auto hash = masterPasswordHash(*key, secret);
        const bool written = ::write(ends[1], key->data(), 32) == 32
            && ::write(ends[1], hash.data(), 44) == 44;
        ::_exit(written ? 0 : 1);
    }
    ::close(ends[1]);
    qsizetype read = 0;
    while (read < size) {
        const auto count = ::read(ends[0], bytes.data() + read, static_cast<size_t>(size - read));
        if (count <= 0)
            qFatal("the child derived nothing");
        read += count;
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    Expected expected{MemoryPattern(bytes.first(32)),
                      MemoryPattern(QByteArray::fromBase64(bytes.sliced(32))),
                      MemoryPattern(bytes.sliced(32))};
    explicit_bzero(bytes.data(), static_cast<size_t>(bytes.size()));
    return expected;
}

// Leaves `size` bytes of a pattern on the stack of the thread that calls it.
[[gnu::noinline]] void leaveOnStack(char seed)
{
    char bytes[4096];
    for (size_t i = 0; i < sizeof bytes; ++i)
        bytes[i] = static_cast<char>(seed + static_cast<char>(i % 41));
    asm volatile("" : : "r"(bytes) : "memory"); // keeps the compiler from dropping it
}

MemoryPattern patternOf(char seed)
{
    QByteArray bytes;
    for (int i = 0; i < 41; ++i)
        bytes.append(static_cast<char>(seed + static_cast<char>(i)));
    return MemoryPattern(std::move(bytes));
}

} // namespace

class TestDerivation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingBehind_data();
    void leavesNothingBehind();
    void scanFindsWhatIsLeft();
    void wipedStackKeepsNothing();
    void wipedStackPassesOnWhatIsThrown();
    void unusedStackIsReleased();
    void oneThatWasCanceledInTimeIsNotBegun();
};

void TestDerivation::leavesNothingBehind_data()
{
    QTest::addColumn<KdfSettings>("kdf");
    QTest::newRow("PBKDF2") << KdfSettings{.type = KdfType::Pbkdf2Sha256, .iterations = 600'000};
    QTest::newRow("Argon2id, one lane") << KdfSettings{.type = KdfType::Argon2id,
                                                       .iterations = 2,
                                                       .memoryMiB = 16,
                                                       .parallelism = 1};
    QTest::newRow("Argon2id, four lanes") << KdfSettings{.type = KdfType::Argon2id,
                                                         .iterations = 3,
                                                         .memoryMiB = 64,
                                                         .parallelism = 4};
}

void TestDerivation::leavesNothingBehind()
{
    QFETCH(KdfSettings, kdf);
    const Expected expected = derivedElsewhere(kdf);
    QCOMPARE(expected.masterKey.copies(), 0);
    QCOMPARE(expected.hash.copies(), 0);
    QCOMPARE(expected.base64.copies(), 0);
    {
        const auto hash = QCoro::waitFor(
            derivePasswordHash(SecureBuffer::copyOf(password), preloginWith(kdf)));
        QVERIFY(hash.has_value());
        QCOMPARE(expected.base64.copies(), 1);
        QCOMPARE(expected.masterKey.copies(), 0);
        QCOMPARE(expected.hash.copies(), 0);
    }
    // The worker still lives and waits for more.
    QCOMPARE(expected.base64.copies(), 0);
    QCOMPARE(expected.masterKey.copies(), 0);
    QCOMPARE(expected.hash.copies(), 0);
}

void TestDerivation::scanFindsWhatIsLeft()
{
    const MemoryPattern pattern = patternOf('0');
    QCOMPARE(pattern.copies(), 0);
    std::promise<void> left;
    std::promise<void> scanned;
    std::thread thread([&] {
        leaveOnStack('0');
        left.set_value();
        scanned.get_future().wait();
    });
    left.get_future().wait();
    const int copies = pattern.copies();
    scanned.set_value();
    thread.join();
    QVERIFY(copies > 0);
}

void TestDerivation::wipedStackKeepsNothing()
{
    const MemoryPattern pattern = patternOf('1');
    callOnWipedStack([] {
        leaveOnStack('1');
        callOnWipedStack([] { leaveOnStack('1'); });
    });
    QCOMPARE(pattern.copies(), 0);
}

void TestDerivation::wipedStackPassesOnWhatIsThrown()
{
    QVERIFY_EXCEPTION_THROWN(callOnWipedStack([] { throw std::bad_alloc(); }), std::bad_alloc);
}

void TestDerivation::unusedStackIsReleased()
{
    const MemoryPattern pattern = patternOf('2');
    std::promise<void> left;
    std::promise<void> scanned;
    std::thread thread([&] {
        leaveOnStack('2');
        releaseUnusedStack();
        left.set_value();
        scanned.get_future().wait();
    });
    left.get_future().wait();
    const int copies = pattern.copies();
    scanned.set_value();
    thread.join();
    QCOMPARE(copies, 0);
}

void TestDerivation::oneThatWasCanceledInTimeIsNotBegun()
{
    const KdfSettings kdf{.type = KdfType::Pbkdf2Sha256, .iterations = 2'000'000};
    const auto canceled = std::make_shared<std::atomic_bool>(false);
    auto first = derivePasswordHash(SecureBuffer::copyOf(password), preloginWith(kdf));
    auto second = derivePasswordHash(SecureBuffer::copyOf(password), preloginWith(kdf), canceled);
    *canceled = true;
    QVERIFY(QCoro::waitFor(std::move(first)).has_value());
    const auto hash = QCoro::waitFor(std::move(second));
    QVERIFY(!hash.has_value());
    QCOMPARE(hash.error().kind, ErrorKind::Canceled);
}

QTEST_GUILESS_MAIN(TestDerivation)
#include "tst_derivation.moc"
