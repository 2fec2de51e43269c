// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/memoryscan.h"

#include <QTest>

#include <pthread.h>
#include <utility>

using namespace Sparekey;

class TestWipingStacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endedThreadsKeepNothing_data();
    void endedThreadsKeepNothing();
};

namespace {

[[gnu::noinline]] void leaveOnStack()
{
    char bytes[8192];
    for (size_t i = 0; i < sizeof bytes; ++i)
        bytes[i] = static_cast<char>('0' + static_cast<char>(i % 41));
    asm volatile("" : : "r"(bytes) : "memory"); // keeps the compiler from dropping it
}

void *leaveAndReturn(void *)
{
    leaveOnStack();
    return nullptr;
}

void *leaveAndExit(void *)
{
    leaveOnStack();
    pthread_exit(nullptr);
}

} // namespace

void TestWipingStacks::endedThreadsKeepNothing_data()
{
    QTest::addColumn<bool>("exits");
    QTest::newRow("returns") << false;
    QTest::newRow("exits") << true;
}

void TestWipingStacks::endedThreadsKeepNothing()
{
    QFETCH(const bool, exits);
    QByteArray bytes;
    for (int i = 0; i < 41; ++i)
        bytes.append(static_cast<char>('0' + i));
    const MemoryPattern pattern(std::move(bytes));
    pthread_t thread{};
    QCOMPARE(pthread_create(&thread, nullptr, exits ? leaveAndExit : leaveAndReturn, nullptr), 0);
    QCOMPARE(pthread_join(thread, nullptr), 0);
    QCOMPARE(pattern.copies(), 0);
}

QTEST_GUILESS_MAIN(TestWipingStacks)
#include "tst_wipingstacks.moc"
