// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/tests/testclient.h"
#include "tests/support/accountservertest.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Each fault does what its name says. Uses a plain socket, because an HTTP client would hide
/// details.
class TestFaults : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void unknownFaultIsRefused();
    void faultHappensAsOftenAsAsked();
    void faultBefallsOnlyItsPathAndVerb();
    void delayHoldsTheTrueAnswerBack();
    void otherRequestsPassADelayedOne();
    void dropResetsBeforeAnyAnswer();
    void dropMidBodyResetsWithinIt();
    void truncatedEndsBeforeItsLength();
    void oversizedIsTwentyMegabytes();
    void answersThatAreNoJson_data();
    void answersThatAreNoJson();
    void refusals_data();
    void refusals();
    void rateLimitSaysHowLong();
    void redirectLeadsToAnotherHost_data();
    void redirectLeadsToAnotherHost();
    void redirectTargetCanBeChosen();
    void wrongTypeKeepsTheBody();
    void droppedWriteChangesNothing();

private:
    [[nodiscard]] RawAnswer config() const { return TestClient(m_server).get(u"/api/config"_s); }

    RawAnswer m_honest;
};

void TestFaults::initTestCase()
{
    startServer();
    m_honest = config();
    QCOMPARE(m_honest.status, 200);
}

void TestFaults::unknownFaultIsRefused()
{
    QVERIFY(!m_server.setFault(u"/api/config"_s, u"explode"_s));
    QVERIFY(!m_server.setFault({}, u"drop"_s));
}

void TestFaults::faultHappensAsOftenAsAsked()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"forbidden"_s, {{u"times"_s, 2}}));
    QCOMPARE(config().status, 403);
    QCOMPARE(config().status, 403);
    QCOMPARE(config().status, 200);
    QVERIFY(m_server.setFault(u"/api/config"_s, u"forbidden"_s));
    for (int i = 0; i < 4; ++i)
        QCOMPARE(config().status, 403);
    QVERIFY(m_server.reset());
    QCOMPARE(config().status, 200);
}

void TestFaults::faultBefallsOnlyItsPathAndVerb()
{
    QVERIFY(m_server.setFault(u"/api/two-factor*"_s, u"forbidden"_s, {{u"method"_s, u"POST"_s}}));
    const TestClient client(m_server);
    QCOMPARE(client.get(u"/api/two-factor"_s).status, 401);
    QCOMPARE(client.post(u"/api/two-factor/get-recover"_s, {}).status, 403);
    QCOMPARE(config().status, 200);
}

void TestFaults::delayHoldsTheTrueAnswerBack()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"delay"_s, {{u"milliseconds"_s, 300}}));
    QElapsedTimer timer;
    timer.start();
    const RawAnswer answer = config();
    QVERIFY(timer.elapsed() >= 290);
    QCOMPARE(answer.body, m_honest.body);
}

void TestFaults::otherRequestsPassADelayedOne()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"delay"_s, {{u"milliseconds"_s, 3000}}));
    const RawAnswer waiting = exchange(quint16(m_server.http().port()), {.path = "/api/config"_ba},
                                       std::chrono::milliseconds(100));
    QCOMPARE(waiting.end, RawAnswer::End::TimedOut);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(TestClient(m_server).get(u"/api/alive"_s).status, 200);
    QVERIFY(timer.elapsed() < 2000);
}

void TestFaults::dropResetsBeforeAnyAnswer()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"drop"_s));
    const RawAnswer answer = config();
    QCOMPARE(answer.end, RawAnswer::End::Reset);
    QCOMPARE(answer.status, 0);
}

void TestFaults::dropMidBodyResetsWithinIt()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"drop-mid-body"_s));
    const RawAnswer answer = config();
    QCOMPARE(answer.end, RawAnswer::End::Reset);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(m_honest.body.startsWith(answer.body));
    QVERIFY(answer.body.size() < m_honest.body.size());
}

void TestFaults::truncatedEndsBeforeItsLength()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"truncated"_s));
    const RawAnswer answer = config();
    QCOMPARE(answer.end, RawAnswer::End::Closed);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(answer.header("Content-Length"_ba).toLongLong() > answer.body.size());
}

void TestFaults::oversizedIsTwentyMegabytes()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"oversized"_s));
    const RawAnswer answer = config();
    QCOMPARE(answer.end, RawAnswer::End::Complete);
    QVERIFY(answer.body.size() >= 20'000'000);
    QVERIFY(!answer.json().isEmpty());
}

void TestFaults::answersThatAreNoJson_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("html") << u"html"_s << 200 << "text/html"_ba
                          << "<!DOCTYPE html>"_ba;
    QTest::newRow("proxy-block") << u"proxy-block"_s << 403 << "text/html"_ba
                                 << "<!DOCTYPE html>"_ba;
    QTest::newRow("empty") << u"empty"_s << 200 << "application/json"_ba
                           << ""_ba;
    QTest::newRow("not-json") << u"not-json"_s << 200 << "application/json"_ba
                              << "{"_ba;
}

void TestFaults::answersThatAreNoJson()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, start);
    QVERIFY(m_server.setFault(u"/api/config"_s, fault));
    const RawAnswer answer = config();
    QCOMPARE(answer.end, RawAnswer::End::Complete);
    QCOMPARE(answer.status, status);
    QVERIFY(answer.header("Content-Type"_ba).startsWith(type));
    QVERIFY(answer.body.startsWith(start));
    QCOMPARE(answer.body.isEmpty(), start.isEmpty());
    QVERIFY(answer.json().isEmpty());
}

void TestFaults::refusals_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasBody");
    QTest::newRow("unauthorized") << u"unauthorized"_s << 401 << false;
    QTest::newRow("forbidden") << u"forbidden"_s << 403 << false;
    QTest::newRow("server-error") << u"server-error"_s << 500 << true;
}

void TestFaults::refusals()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(bool, hasBody);
    QVERIFY(m_server.setFault(u"/api/config"_s, fault));
    const RawAnswer answer = config();
    QCOMPARE(answer.status, status);
    QCOMPARE(!answer.body.isEmpty(), hasBody);
}

void TestFaults::rateLimitSaysHowLong()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"rate-limit"_s, {{u"seconds"_s, 42}}));
    const RawAnswer answer = config();
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.header("Retry-After"_ba), "42"_ba);
}

void TestFaults::redirectLeadsToAnotherHost_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {302, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestFaults::redirectLeadsToAnotherHost()
{
    QFETCH(int, status);
    QVERIFY(m_server.setFault(u"/api/config"_s, u"redirect"_s, {{u"status"_s, status}}));
    const RawAnswer answer = config();
    QCOMPARE(answer.status, status);
    const QUrl target(QString::fromLatin1(answer.header("Location"_ba)));
    QCOMPARE(target.host(), u"localhost"_s);
    QVERIFY(target.host() != m_server.http().host());
    QCOMPARE(target.path(), u"/api/config"_s);
}

void TestFaults::redirectTargetCanBeChosen()
{
    const QString target = u"http://127.0.0.1:1/elsewhere"_s;
    QVERIFY(m_server.setFault(u"/api/config"_s, u"redirect"_s, {{u"location"_s, target}}));
    QCOMPARE(QString::fromLatin1(config().header("Location"_ba)), target);
}

void TestFaults::wrongTypeKeepsTheBody()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"wrong-type"_s));
    const RawAnswer answer = config();
    QVERIFY(answer.header("Content-Type"_ba).startsWith("text/html"));
    QCOMPARE(answer.body, m_honest.body);
}

void TestFaults::droppedWriteChangesNothing()
{
    QVERIFY(m_server.setFault(u"/identity/*"_s, u"drop"_s, {{u"times"_s, 1}}));
    QVERIFY(m_server.changeSettings({{u"requestsPerMinute"_s, 1}}));
    TestClient client(m_server);
    QVERIFY(!client.signIn(m_server.account(u"weak-kdf")));
    QVERIFY(client.signIn(m_server.account(u"weak-kdf")));
    const QJsonArray requests = m_server.requests();
    QCOMPARE(requests[0]["status"_L1].toInt(-1), 0);
    QCOMPARE(requests[1]["status"_L1].toInt(-1), 200);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
