// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QByteArray>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace Qt::StringLiterals;

class TestWipingAllocator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void freedBlocksKeepNothing_data();
    void freedBlocksKeepNothing();
    void growingLeavesNothingBehind();
    void growingKeepsTheContent();
    void shrinkingLeavesNothingBehind_data();
    void shrinkingLeavesNothingBehind();
};

namespace {

// glibc writes its own two pointers to the start of a freed block.
constexpr std::size_t Bookkeeping = 32;

std::size_t countOf(const char *block, std::size_t size, char letter)
{
    std::size_t count = 0;
    for (std::size_t i = Bookkeeping; i < size; ++i)
        count += block[i] == letter ? 1 : 0;
    return count;
}

} // namespace

void TestWipingAllocator::freedBlocksKeepNothing_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {64, 200, 600, 1000, 2000, 20'000, 60'000})
        QTest::addRow("%d bytes", size) << size;
}

void TestWipingAllocator::freedBlocksKeepNothing()
{
    QFETCH(const int, size);
    const auto bytes = static_cast<std::size_t>(size);
    auto *block = static_cast<char *>(std::malloc(bytes));
    auto *neighbor = std::malloc(64); // so that the block does not melt into the free top
    std::memset(block, 'S', bytes);
    QVERIFY(countOf(block, bytes, 'S') == bytes - Bookkeeping);
    std::free(block);
    QCOMPARE(countOf(block, bytes, 'S'), std::size_t(0));
    std::free(neighbor);
}

void TestWipingAllocator::growingLeavesNothingBehind()
{
    auto *block = static_cast<char *>(std::malloc(200));
    auto *neighbor = std::malloc(64);
    std::memset(block, 'S', 200);
    auto *grown = static_cast<char *>(std::realloc(block, 5000));
    QVERIFY(grown != block);
    QCOMPARE(countOf(block, 200, 'S'), std::size_t(0));
    std::free(grown);
    std::free(neighbor);
}

void TestWipingAllocator::growingKeepsTheContent()
{
    QByteArray bytes;
    for (int i = 0; i < 100'000; ++i)
        bytes.append(char('a' + i % 26));
    for (int i = 0; i < bytes.size(); ++i)
        QCOMPARE(bytes[i], char('a' + i % 26));
    void *none = std::realloc(nullptr, 10);
    QVERIFY(none);
    std::free(none);
}

void TestWipingAllocator::shrinkingLeavesNothingBehind_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("rest");
    QTest::newRow("a little") << 20'000 << 19'990;
    QTest::newRow("to a part") << 20'000 << 5'000;
    QTest::newRow("to hardly anything") << 20'000 << 10;
}

void TestWipingAllocator::shrinkingLeavesNothingBehind()
{
    QFETCH(int, size);
    QFETCH(int, rest);
    const auto before = static_cast<std::size_t>(size);
    const auto after = static_cast<std::size_t>(rest);
    auto *block = static_cast<char *>(std::malloc(before));
    auto *neighbor = std::malloc(64);
    std::memset(block, 'S', before);
    auto *shrunk = static_cast<char *>(std::realloc(block, after));
    QVERIFY(shrunk == block);
    for (std::size_t i = 0; i < after; ++i)
        QVERIFY(block[i] == 'S');
    // glibc writes its own into what it got back, but no S.
    QCOMPARE(std::count(block + after, block + before, 'S'), 0);
    std::free(shrunk);
    std::free(neighbor);
}

QTEST_GUILESS_MAIN(TestWipingAllocator)
#include "tst_wipingallocator.moc"
