// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/requestparser.h"
#include "tests/support/accountservertest.h"

#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// How the server handles the bytes of one connection.
class TestConnection : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void requestIsReadFromAnyPieces();
    void laterRequestWaitsInTheParser();
    void unreadableRequestIsRefused_data();
    void unreadableRequestIsRefused();
    void nothingIsReadAfterARefusal();
    void connectionIsKept();
    void connectionIsClosedOnRequest();
    void requestsInAdvanceAreAnsweredInOrder();
    void refusalEndsTheConnection();

private:
    /// Sends @p bytes on one connection; returns what the server sends until it closes the
    /// connection or has sent @p answers complete answers.
    [[nodiscard]] QByteArray answersTo(const QByteArray &bytes, int answers);

    bool m_closed = false; ///< Whether the server closed the connection of the last `answersTo`.
};

namespace {

const QByteArray post = "POST /api/a%20b?x=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
const QByteArray alive = "GET /api/alive HTTP/1.1\r\nHost: h\r\n\r\n";
const QByteArray version = "GET /api/version HTTP/1.1\r\nHost: h\r\n\r\n";

QByteArray withHeader(const QByteArray &header)
{
    return "POST / HTTP/1.1\r\n" + header + "\r\n\r\n";
}

} // namespace

void TestConnection::requestIsReadFromAnyPieces()
{
    RequestParser parser;
    for (qsizetype i = 0; i < post.size(); ++i) {
        QVERIFY(!parser.next());
        parser.append(post.sliced(i, 1));
    }
    const auto request = parser.next();
    QVERIFY(request);
    QCOMPARE(request->verb, "POST"_ba);
    QCOMPARE(request->path, u"/api/a b"_s);
    QCOMPARE(request->query, u"x=1"_s);
    QCOMPARE(request->header("host"_ba), "h"_ba);
    QCOMPARE(request->body, "hello"_ba);
}

void TestConnection::laterRequestWaitsInTheParser()
{
    RequestParser parser;
    parser.append(post + alive);
    QCOMPARE(parser.next().value_or(HttpRequest()).verb, "POST"_ba);
    QCOMPARE(parser.next().value_or(HttpRequest()).path, u"/api/alive"_s);
    QVERIFY(!parser.next());
    QVERIFY(!parser.refusal());
}

void TestConnection::unreadableRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("no request line") << "\r\n\r\n"_ba << 400;
    QTest::newRow("not HTTP") << "\x16\x03\x01\r\n\r\n"_ba << 400;
    QTest::newRow("target of a proxy") << "GET http://h/ HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("another version") << "GET / HTTP/1.0\r\n\r\n"_ba << 505;
    QTest::newRow("no name") << withHeader(": value"_ba) << 400;
    QTest::newRow("blank in the name") << withHeader("Content-Length : 5"_ba) << 400;
    QTest::newRow("negative length") << withHeader("Content-Length: -1"_ba) << 400;
    QTest::newRow("length without a number") << withHeader("Content-Length: five"_ba) << 400;
    QTest::newRow("two lengths") << withHeader("Content-Length: 5\r\nContent-Length: 6"_ba) << 400;
    QTest::newRow("body too long")
        << withHeader("Content-Length: "_ba + QByteArray::number(RequestParser::maxBodySize + 1))
        << 413;
    QTest::newRow("chunked") << withHeader("Transfer-Encoding: chunked"_ba) << 501;
    QTest::newRow("too many headers")
        << withHeader("A: b\r\n"_ba.repeated(RequestParser::maxHeaders) + "A: b"_ba) << 431;
    QTest::newRow("endless head") << QByteArray(RequestParser::maxHeadSize + 1, 'x') << 431;
}

void TestConnection::unreadableRequestIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RequestParser parser;
    parser.append(bytes);
    QVERIFY(!parser.next());
    QCOMPARE(parser.refusal(), status);
}

void TestConnection::nothingIsReadAfterARefusal()
{
    RequestParser parser;
    parser.append("\r\n\r\n"_ba);
    QVERIFY(!parser.next());
    parser.append(alive);
    QVERIFY(!parser.next());
}

QByteArray TestConnection::answersTo(const QByteArray &bytes, int answers)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, quint16(m_server.http().port()));
    if (!socket.waitForConnected())
        return {};
    socket.write(bytes);
    QByteArray received;
    // The bodies in this test are short and arrive together with their header.
    while (received.count("HTTP/1.1 ") < answers && socket.waitForReadyRead())
        received += socket.readAll();
    m_closed = socket.state() == QAbstractSocket::UnconnectedState
        || (socket.waitForDisconnected(200) || socket.state() == QAbstractSocket::UnconnectedState);
    return received;
}

void TestConnection::connectionIsKept()
{
    QVERIFY(answersTo(alive, 1).startsWith("HTTP/1.1 200 "));
    QVERIFY(!m_closed);
}

void TestConnection::connectionIsClosedOnRequest()
{
    const QByteArray last = "GET /api/alive HTTP/1.1\r\nConnection: Close\r\n\r\n";
    QCOMPARE(answersTo(last + alive, 2).count("HTTP/1.1 200 "), 1);
    QVERIFY(m_closed);
}

void TestConnection::requestsInAdvanceAreAnsweredInOrder()
{
    QVERIFY(m_server.setFault(u"/api/alive"_s, u"delay"_s, {{u"milliseconds"_s, 200}}));
    QVERIFY(m_server.setFault(u"/api/version"_s, u"forbidden"_s));
    const QByteArray answers = answersTo(alive + version, 2);
    const qsizetype first = answers.indexOf("HTTP/1.1 200 ");
    const qsizetype second = answers.indexOf("HTTP/1.1 403 ");
    QCOMPARE(first, 0);
    QVERIFY(second > first);
    QVERIFY(!m_closed);
}

void TestConnection::refusalEndsTheConnection()
{
    QVERIFY(answersTo("nonsense\r\n\r\n"_ba + alive, 2).startsWith("HTTP/1.1 400 "));
    QVERIFY(m_closed);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
