// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/client.h"
#include "core/api/serveranswer.h"
#include "core/http/httptransport.h"

#include "tests/core/outcome.h"
#include "tests/core/rawlistener.h"
#include "tests/support/accountservertest.h"
#include "tests/support/lostnetwork.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Sparekey;
using namespace std::chrono_literals;

namespace {

constexpr HttpLimits ShortLimits{.silence = 1000ms, .total = 3000ms};
// Where time is not what is tested: a busy machine under a sanitizer takes its time.
constexpr HttpLimits LongLimits{.silence = 40s, .total = 80s};

const ClientDevice device{.identifier = u"5f2b4c1e-0000-4000-8000-0123456789ab"_s};

HttpRequest getConfig(const QUrl &base)
{
    return apiGet(base, u"api/config", device);
}

Result<HttpAnswer> send(const QUrl &base, HttpLimits limits = LongLimits,
                        const QList<QSslCertificate> &authorities = {})
{
    HttpTransport transport(authorities, limits);
    return outcomeOf(transport.send(getConfig(base)));
}

/// The value of a header of a request as it went over the wire. Newer versions of Qt send the names
/// in small letters (RFC 9110, 5.1: they have no letter case).
std::optional<QByteArray> sentHeader(const QByteArray &request, const QByteArray &name)
{
    const QByteArray head = request.first(request.indexOf("\r\n\r\n"));
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return std::nullopt;
}

QByteArray httpAnswer(const QByteArray &moreHeaders, const QByteArray &body = "{}"_ba,
                      const QByteArray &status = "200 OK"_ba)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n" + moreHeaders + "\r\n" + body;
}

#ifdef __SANITIZE_ADDRESS__
constexpr bool KeepsFreedMemory = true; // which spoils what is measured
#else
constexpr bool KeepsFreedMemory = false;
#endif

/// The most memory that was in use since the last call, in KiB.
qint64 peakMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QFile::ReadOnly))
        qFatal("no /proc");
    const auto peak = QRegularExpression(u"VmHWM:\\s*(\\d+)"_s)
                          .match(QString::fromLatin1(status.readAll()))
                          .captured(1)
                          .toLongLong();
    QFile restart(u"/proc/self/clear_refs"_s);
    if (!restart.open(QFile::WriteOnly) || restart.write("5") != 1)
        qFatal("cannot restart the measurement");
    return peak;
}

} // namespace

class TestHttpTransport : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void bringsACompleteAnswer();
    void presentsTheClientInEveryRequest();
    void sendsTheBodyAndTheTokenAsGiven();
    void keepsNoCookies();
    void namesTheFaultOnTheWay_data();
    void namesTheFaultOnTheWay();
    void handsOnAnswersOfOtherServers_data();
    void handsOnAnswersOfOtherServers();
    void givesUpOnAServerThatDripsForEver();
    void boundsTheMemoryOfHugeAnswers();
    void boundsTheMemoryOfAnswersWithoutEnd();
    void takesAnswersUpToTheLimit();
    void sendsABodyOverAConnectionOfItsOwn();
    void dropsItsConnections();
    void neverFollowsARedirect_data();
    void neverFollowsARedirect();
    void readsHowLongToWait_data();
    void readsHowLongToWait();
    void verifiesCertificates_data();
    void verifiesCertificates();
    void saysThatAHostHasNoAddress();
    void saysThatNobodyAnswers();
    void tellsALostRequestFromOneThatWasNeverSent_data();
    void tellsALostRequestFromOneThatWasNeverSent();
    void hangsUpWhenTheServerSpeaksNoHttp_data();
    void hangsUpWhenTheServerSpeaksNoHttp();
    void abortEndsWhatIsUnderWay();
    void abortEndsWhatIsSentLater();
    void abortInTheMiddleOfABody();
    void servesManyAtOnce();
};

void TestHttpTransport::bringsACompleteAnswer()
{
    const auto answer = send(m_server.http());
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QVERIFY(answer->isSuccess());
    QCOMPARE(answer->host, u"127.0.0.1"_s);
    QCOMPARE(answer->retryAfter, 0s);
    QVERIFY(jsonFrom(*answer));
}

void TestHttpTransport::presentsTheClientInEveryRequest()
{
    RawListener listener(httpAnswer("Date: Wed, 21 Oct 2015 07:28:00 GMT\r\n"));
    const auto answer = send(listener.url());
    QVERIFY(answer);
    QCOMPARE(answer->serverTime.toUTC(),
             QDateTime(QDate(2015, 10, 21), QTime(7, 28), QTimeZone::utc()));

    const QByteArray head = listener.received();
    QVERIFY(head.startsWith("GET /api/config HTTP/1.1\r\n"));
    const QList<QPair<QByteArray, QByteArray>> wanted{{"Accept"_ba, "application/json"_ba},
                                                      {"Accept-Encoding"_ba, "identity"_ba},
                                                      {"Bitwarden-Client-Name"_ba, "web"_ba},
                                                      {"Bitwarden-Client-Version"_ba,
                                                       "2026.8.0"_ba},
                                                      {"Device-Type"_ba, "8"_ba},
                                                      {"Device-Identifier"_ba,
                                                       "5f2b4c1e-0000-4000-8000-0123456789ab"_ba},
                                                      {"Cache-Control"_ba, "no-store"_ba},
                                                      {"Pragma"_ba, "no-cache"_ba}};
    for (const auto &[name, value] : wanted)
        QVERIFY2(sentHeader(head, name) == value, name.constData());
    QVERIFY(!sentHeader(head, "Authorization"_ba));
    QVERIFY(sentHeader(head, "User-Agent"_ba).value_or(QByteArray()).startsWith("Sparekey/"));
}

void TestHttpTransport::sendsTheBodyAndTheTokenAsGiven()
{
    for (const auto method : {HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete}) {
        RawListener listener(httpAnswer({}));
        auto request = apiSend(method, listener.url(), u"x",
                               SecureBuffer::copyOf("{\"a\":\"+/=\"}"), device);
        request.bearer = SecureBuffer::copyOf("eyJh.b-_~+/.c=");
        HttpTransport transport({}, LongLimits);
        QVERIFY(outcomeOf(transport.send(std::move(request))));
        QVERIFY(listener.received().endsWith("\r\n\r\n{\"a\":\"+/=\"}"));
        QVERIFY(sentHeader(listener.received(), "Authorization"_ba) == "Bearer eyJh.b-_~+/.c=");
        QVERIFY(sentHeader(listener.received(), "Content-Type"_ba)
                == "application/json; charset=utf-8");
    }
}

void TestHttpTransport::keepsNoCookies()
{
    RawListener listener(httpAnswer("Set-Cookie: track=1; Path=/\r\n"));
    HttpTransport transport({}, LongLimits);
    QVERIFY(outcomeOf(transport.send(getConfig(listener.url()))));
    QVERIFY(outcomeOf(transport.send(getConfig(listener.url()))));
    QCOMPARE(listener.received().count("GET /api/config"), 2);
    QVERIFY(!listener.received().toLower().contains("cookie"));
}

void TestHttpTransport::namesTheFaultOnTheWay_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no answer in time") << u"delay"_s << ErrorKind::TimedOut;
    QTest::newRow("dropped before the answer") << u"drop"_s << ErrorKind::ConnectionLost;
    QTest::newRow("dropped within the body") << u"drop-mid-body"_s << ErrorKind::ConnectionLost;
    QTest::newRow("ended too early") << u"truncated"_s << ErrorKind::ConnectionLost;
    QTest::newRow("too large") << u"oversized"_s << ErrorKind::AnswerTooLarge;
}

void TestHttpTransport::namesTheFaultOnTheWay()
{
    QFETCH(const QString, fault);
    QFETCH(const ErrorKind, kind);
    QVERIFY(m_server.setFault(u"/api/config"_s, fault, {{u"milliseconds"_s, 5'000}}));
    const auto answer = send(m_server.http(),
                             kind == ErrorKind::TimedOut ? ShortLimits : LongLimits);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, kind);
    QCOMPARE(answer.error().subject, u"127.0.0.1"_s);
    const bool began = fault == "drop-mid-body"_L1 || fault == "truncated"_L1
        || fault == "oversized"_L1;
    QCOMPARE(answer.error().status, began ? 200 : 0);
}

void TestHttpTransport::handsOnAnswersOfOtherServers_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("page") << u"html"_s << 200 << ErrorKind::NotAnAccountServer;
    QTest::newRow("block page") << u"proxy-block"_s << 403 << ErrorKind::NotAnAccountServer;
    QTest::newRow("empty") << u"empty"_s << 200 << ErrorKind::NotAnAccountServer;
    QTest::newRow("no JSON") << u"not-json"_s << 200 << ErrorKind::NotAnAccountServer;
    QTest::newRow("401") << u"unauthorized"_s << 401 << ErrorKind::SessionExpired;
    QTest::newRow("403") << u"forbidden"_s << 403 << ErrorKind::NotAllowed;
    QTest::newRow("429") << u"rate-limit"_s << 429 << ErrorKind::RateLimited;
    QTest::newRow("500") << u"server-error"_s << 500 << ErrorKind::ServerFailure;
}

void TestHttpTransport::handsOnAnswersOfOtherServers()
{
    QFETCH(const QString, fault);
    QFETCH(const int, status);
    QFETCH(const ErrorKind, kind);
    QVERIFY(m_server.setFault(u"/api/config"_s, fault));
    const auto answer = send(m_server.http());
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QCOMPARE(jsonFrom(*answer).error().kind, kind);
}

void TestHttpTransport::givesUpOnAServerThatDripsForEver()
{
    RawListener listener("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&listener] {
        if (listener.hasAnswered())
            listener.sockets().first()->write(" ");
    });
    drip.start(50ms);
    // Far apart, so that a busy machine cannot mistake one for the other.
    constexpr HttpLimits limits{.silence = 3000ms, .total = 4500ms};
    QElapsedTimer time;
    time.start();
    const auto answer = send(listener.url(), limits);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
    // Later than silence would have ended it; Qt's timers may be 5 % early.
    QVERIFY(time.elapsed() >= limits.total.count() * 9 / 10);
    QVERIFY(time.elapsed() < LongLimits.silence.count());
}

void TestHttpTransport::boundsTheMemoryOfHugeAnswers()
{
    QVERIFY(send(m_server.http())); // what is loaded only once is loaded now
    QVERIFY(m_server.setFault(u"/api/config"_s, u"oversized"_s));
    (void)peakMemory();
    const qint64 before = peakMemory();
    const auto answer = send(m_server.http(), LongLimits);
    QCOMPARE(answer.error().kind, ErrorKind::AnswerTooLarge);
    const qint64 growth = peakMemory() - before;
    QVERIFY2(KeepsFreedMemory || growth < 12 * 1024, qPrintable(QString::number(growth)));
}

void TestHttpTransport::boundsTheMemoryOfAnswersWithoutEnd()
{
    RawListener listener("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
    QTimer pour;
    connect(&pour, &QTimer::timeout, this, [&listener] {
        if (listener.hasAnswered() && listener.sockets().first()->isOpen()
            && listener.sockets().first()->bytesToWrite() < 256 * 1024)
            listener.sockets().first()->write(QByteArray(256 * 1024, ' '));
    });
    pour.start(0ms);
    (void)peakMemory();
    const qint64 before = peakMemory();
    const auto answer = send(listener.url(), LongLimits);
    QCOMPARE(answer.error().kind, ErrorKind::AnswerTooLarge);
    const qint64 growth = peakMemory() - before;
    QVERIFY2(KeepsFreedMemory || growth < 12 * 1024, qPrintable(QString::number(growth)));
}

void TestHttpTransport::takesAnswersUpToTheLimit()
{
    const HttpLimits limits{.bodyBytes = 100'000, .silence = 40s, .total = 80s};
    RawListener fits(httpAnswer({}, QByteArray(100'000, ' ')));
    const auto answer = send(fits.url(), limits);
    QVERIFY(answer);
    QCOMPARE(answer->body.size(), 100'000);
    RawListener over(httpAnswer({}, QByteArray(100'001, ' ')));
    QCOMPARE(send(over.url(), limits).error().kind, ErrorKind::AnswerTooLarge);
}

void TestHttpTransport::sendsABodyOverAConnectionOfItsOwn()
{
    RawListener listener(httpAnswer({}));
    HttpTransport transport({}, LongLimits);
    for (int time = 0; time < 2; ++time)
        QVERIFY(outcomeOf(transport.send(apiGet(listener.url(), u"x", device))));
    QCOMPARE(listener.connections(), 1);
    QVERIFY(outcomeOf(transport.send(
        apiSend(HttpMethod::Post, listener.url(), u"x", SecureBuffer::copyOf("{}"), device))));
    QCOMPARE(listener.connections(), 2);
    // What was secret in it lies in no buffer of a connection that is kept.
    QTRY_COMPARE(listener.sockets().at(1)->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(listener.sockets().at(0)->state(), QAbstractSocket::ConnectedState);
}

void TestHttpTransport::dropsItsConnections()
{
    RawListener listener(httpAnswer({}));
    HttpTransport transport({}, LongLimits);
    QVERIFY(outcomeOf(transport.send(apiGet(listener.url(), u"x", device))));
    Outcome running(transport.send(apiGet(listener.url(), u"x", device)));
    transport.dropConnections();
    // What is under way still gets its answer.
    QVERIFY(running.wait());
    QTRY_COMPARE(listener.sockets().at(0)->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(outcomeOf(transport.send(apiGet(listener.url(), u"x", device))));
    QCOMPARE(listener.connections(), 2);
}

void TestHttpTransport::neverFollowsARedirect_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestHttpTransport::neverFollowsARedirect()
{
    QFETCH(const int, status);
    RawListener elsewhere(httpAnswer({}));
    const QString location = elsewhere.url().toString() + u"/api/config"_s;
    QVERIFY(m_server.setFault(u"/api/config"_s, u"redirect"_s,
                              {{u"status"_s, status}, {u"location"_s, location}}));
    HttpTransport transport({}, LongLimits);
    auto request = apiSend(HttpMethod::Post, m_server.http(), u"api/config",
                           SecureBuffer::copyOf("{\"masterPasswordHash\":\"h\"}"), device);
    request.bearer = SecureBuffer::copyOf("token");
    const auto answer = outcomeOf(transport.send(std::move(request)));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::RedirectRefused);
    QCOMPARE(answer.error().serverText, elsewhere.url().toString());
    QTest::qWait(100);
    QCOMPARE(elsewhere.connections(), 0);
    QCOMPARE(m_server.requests().size(), 1);
}

void TestHttpTransport::readsHowLongToWait_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("seconds");
    QTest::newRow("seconds") << "Retry-After: 17\r\n"_ba << 17;
    QTest::newRow("spaces") << "Retry-After:   17  \r\n"_ba << 17;
    QTest::newRow("a moment by the server's clock")
        << "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:28:42 GMT\r\n"_ba
        << 42;
    QTest::newRow("a moment long ago, no clock")
        << "Retry-After: Wed, 21 Oct 2015 07:28:42 GMT\r\n"_ba << 0;
    QTest::newRow("next year") << "Retry-After: 31536000\r\n"_ba << 3'600;
    QTest::newRow("negative") << "Retry-After: -5\r\n"_ba << 0;
    QTest::newRow("words") << "Retry-After: soon\r\n"_ba << 0;
    QTest::newRow("beyond 64 bits") << "Retry-After: 99999999999999999999\r\n"_ba << 0;
    QTest::newRow("absent") << QByteArray() << 0;
}

void TestHttpTransport::readsHowLongToWait()
{
    QFETCH(const QByteArray, headers);
    QFETCH(const int, seconds);
    RawListener listener(httpAnswer(headers, "{}", "429 Too Many Requests"));
    const auto answer = send(listener.url());
    QVERIFY(answer);
    QCOMPARE(answer->retryAfter, std::chrono::seconds(seconds));
}

void TestHttpTransport::verifiesCertificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("trustsTheAuthority");
    QTest::addColumn<std::optional<ErrorKind>>("kind");
    using Kind = std::optional<ErrorKind>;
    QTest::newRow("own authority") << u"good"_s << true << Kind();
    QTest::newRow("unknown authority")
        << u"good"_s << false << Kind(ErrorKind::CertificateUntrusted);
    QTest::newRow("another name") << u"wrong-host"_s << true
                                  << Kind(ErrorKind::CertificateForOtherHost);
    QTest::newRow("expired") << u"expired"_s << true << Kind(ErrorKind::CertificateExpired);
    QTest::newRow("self-signed") << u"self-signed"_s << true
                                 << Kind(ErrorKind::CertificateUntrusted);
}

void TestHttpTransport::verifiesCertificates()
{
    QFETCH(const QString, certificate);
    QFETCH(const bool, trustsTheAuthority);
    QFETCH(const std::optional<ErrorKind>, kind);
    AccountServerProcess server;
    QVERIFY2(server.start({.certificate = certificate}), qPrintable(server.problem()));
    QList<QSslCertificate> authorities;
    if (trustsTheAuthority)
        authorities = QSslCertificate::fromPath(server.caFile());
    const auto answer = send(server.https(), LongLimits, authorities);
    if (!kind) {
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        return;
    }
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, *kind);
    QCOMPARE(answer.error().subject, server.https().host());
    QVERIFY(server.requests().isEmpty());
}

void TestHttpTransport::saysThatAHostHasNoAddress()
{
    // RFC 6761: never resolves.
    const auto answer = send(QUrl(u"https://vault.sparekey.invalid"_s),
                             {.silence = 20s, .total = 40s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::HostNotFound);
    QCOMPARE(answer.error().subject, u"vault.sparekey.invalid"_s);
}

void TestHttpTransport::saysThatNobodyAnswers()
{
    QUrl url;
    {
        const RawListener listener;
        url = listener.url();
    }
    const auto answer = send(url);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
}

void TestHttpTransport::tellsALostRequestFromOneThatWasNeverSent_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<bool>("sent");
    QTest::newRow("plain, never sent") << false << false;
    QTest::newRow("plain, lost") << false << true;
    QTest::newRow("encrypted, never sent") << true << false;
    QTest::newRow("encrypted, lost") << true << true;
}

void TestHttpTransport::tellsALostRequestFromOneThatWasNeverSent()
{
    QFETCH(const bool, encrypted);
    QFETCH(const bool, sent);
    const QUrl server = encrypted ? m_server.https() : m_server.http();
    const auto port = static_cast<quint16>(server.port());
    HttpTransport transport(QSslCertificate::fromPath(m_server.caFile()), LongLimits);
    if (sent) {
        // So that there is a connection already.
        QVERIFY(outcomeOf(transport.send(getConfig(server))));
        QVERIFY(m_server.reset());
        loseNetworkAtAnswer(port);
    } else {
        loseNetworkAtConnect(port);
    }
    auto request = apiSend(HttpMethod::Put, server, u"api/two-factor/duo",
                           SecureBuffer::copyOf("{\"a\":1}"), device);
    // A connection of its own would be lost in the handshake.
    if (encrypted && sent)
        request = getConfig(server);
    const auto answer = outcomeOf(transport.send(std::move(request)));
    QVERIFY(restoreNetwork());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, sent ? ErrorKind::ConnectionLost : ErrorKind::Unreachable);
    QCOMPARE(isOutcomeUnknown(answer.error()), sent);
    QCOMPARE(m_server.requestedPaths().size(), sent ? 1 : 0);
}

void TestHttpTransport::hangsUpWhenTheServerSpeaksNoHttp_data()
{
    QTest::addColumn<bool>("closes");
    QTest::newRow("closes") << true;
    QTest::newRow("waits") << false;
}

void TestHttpTransport::hangsUpWhenTheServerSpeaksNoHttp()
{
    QFETCH(const bool, closes);
    RawListener listener("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n"_ba);
    if (closes)
        listener.closeAfterAnswer();
    const auto answer = send(listener.url());
    QVERIFY(!answer);
    // Qt tells no more than that it hung up.
    QCOMPARE(answer.error().kind, ErrorKind::ConnectionLost);
}

void TestHttpTransport::abortEndsWhatIsUnderWay()
{
    QVERIFY(m_server.setFault(u"/api/config"_s, u"delay"_s, {{u"milliseconds"_s, 5'000}}));
    HttpTransport transport({});
    Outcome<Result<HttpAnswer>> first(transport.send(getConfig(m_server.http())));
    Outcome<Result<HttpAnswer>> second(
        transport.send(apiSend(HttpMethod::Post, m_server.http(), u"api/config",
                               SecureBuffer(512 * 1024), device)));
    QTest::qWait(200);
    QVERIFY(!first.isThere());
    QVERIFY(!second.isThere());
    transport.abort();
    QCOMPARE(first.wait().error().kind, ErrorKind::Canceled);
    QCOMPARE(second.wait().error().kind, ErrorKind::Canceled);
}

void TestHttpTransport::abortEndsWhatIsSentLater()
{
    HttpTransport transport({});
    transport.abort();
    QCOMPARE(outcomeOf(transport.send(getConfig(m_server.http()))).error().kind,
             ErrorKind::Canceled);
    QVERIFY(m_server.requests().isEmpty());
}

void TestHttpTransport::abortInTheMiddleOfABody()
{
    RawListener listener(
        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"access_token\":\"abc"_ba);
    HttpTransport transport({});
    Outcome<Result<HttpAnswer>> answer(transport.send(getConfig(listener.url())));
    QTest::qWait(200);
    QVERIFY(!answer.isThere());
    transport.abort();
    QCOMPARE(answer.wait().error().kind, ErrorKind::Canceled);
}

void TestHttpTransport::servesManyAtOnce()
{
    HttpTransport transport({}, {.silence = 20s, .total = 40s});
    std::vector<std::unique_ptr<Outcome<Result<HttpAnswer>>>> answers;
    for (int i = 0; i < 40; ++i) {
        answers.push_back(std::make_unique<Outcome<Result<HttpAnswer>>>(
            transport.send(getConfig(m_server.http()))));
    }
    for (const auto &answer : answers) {
        QVERIFY(answer->wait());
        QCOMPARE(answer->wait()->status, 200);
    }
    QCOMPARE(m_server.requests().size(), 40);
}

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
