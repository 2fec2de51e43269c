// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/task/taskguard.h"

#include <QCoro/QCoroTask>
#include <QCoroSignal>

#include <QObject>
#include <QTest>

#include <optional>

using namespace Sparekey;

namespace {

class Server : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void answered();
};

class Page
{
public:
    explicit Page(Server &server)
        : m_server(server)
    {
    }

    QCoro::Task<void> load(int *shown)
    {
        const auto ticket = m_loading.renew();
        const int number = ++m_loads;
        Server *server = &m_server;
        co_await qCoro(server, &Server::answered);
        if (!ticket)
            co_return;
        *shown = number;
    }
    void close() { m_loading.cancel(); }

private:
    Server &m_server;
    TaskGuard m_loading;
    int m_loads = 0;
};

} // namespace

class TestTaskGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOnlyTheNewest();
    void notesThatItsOwnerIsGone();
    void tellsTheOwnerFromTheRound();
    void stopsCoroutines();
};

void TestTaskGuard::keepsOnlyTheNewest()
{
    TaskGuard guard;
    const auto first = guard.ticket();
    const auto beside = guard.ticket();
    QVERIFY(first);
    QVERIFY(beside);
    const auto second = guard.renew();
    QVERIFY(!first);
    QVERIFY(!beside);
    QVERIFY(second);
    guard.cancel();
    QVERIFY(!second);
    QVERIFY(guard.ticket());
}

void TestTaskGuard::notesThatItsOwnerIsGone()
{
    auto guard = std::make_unique<TaskGuard>();
    const auto ticket = guard->ticket();
    guard.reset();
    QVERIFY(!ticket);
    QVERIFY(!ticket.ownerExists());
}

void TestTaskGuard::tellsTheOwnerFromTheRound()
{
    TaskGuard guard;
    const auto ticket = guard.ticket();
    guard.cancel();
    QVERIFY(!ticket.isValid());
    QVERIFY(ticket.ownerExists());
}

void TestTaskGuard::stopsCoroutines()
{
    Server server;
    std::optional<Page> page(server);
    int shown = 0;
    page->load(&shown);
    page->load(&shown);
    Q_EMIT server.answered();
    QTRY_COMPARE(shown, 2);

    page->load(&shown);
    page->close();
    page->load(&shown);
    page.reset();
    Q_EMIT server.answered();
    QCoreApplication::processEvents();
    QCOMPARE(shown, 2);
}

QTEST_GUILESS_MAIN(TestTaskGuard)
#include "tst_taskguard.moc"
