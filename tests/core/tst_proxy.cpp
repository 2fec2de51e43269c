// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/client.h"
#include "core/http/httptransport.h"
#include "core/http/proxylogins.h"
#include "tests/core/connectproxy.h"
#include "tests/core/outcome.h"
#include "tests/support/accountservertest.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Sparekey;

// Requests that go through the desktop's proxy.
class TestProxy : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    // Of a host that is not this computer.
    void initTestCase() { startServer({.certificate = u"wrong-host"_s}); }
    void cleanup() { m_person.reset(); }
    void answersComeThroughAProxy();
    void aProxyThatIsDownIsNamed();
    void aPasswordThatNobodyGivesIsWanted();
    void requestsWaitForThePassword_data();
    void requestsWaitForThePassword();
    void aWrongPasswordIsAskedForAgain();
    void aKnownPasswordIsUsedByAllTransports();
    void whoeverStopsWaitsNoMore();

private:
    [[nodiscard]] std::unique_ptr<HttpTransport> transport()
    {
        return std::make_unique<HttpTransport>(QSslCertificate::fromPath(m_server.caFile()),
                                               HttpLimits{.silence = std::chrono::seconds(40),
                                                          .total = std::chrono::seconds(80)});
    }
    [[nodiscard]] QUrl server()
    {
        QUrl url = m_server.https();
        url.setHost(u"elsewhere.invalid"_s);
        return url;
    }
    [[nodiscard]] HttpRequest request(bool withBody = false)
    {
        if (!withBody)
            return apiGet(server(), u"api/config", ClientDevice());
        SecretJson body;
        body.add("email", u"nobody@sparekey.invalid"_s);
        return apiSend(HttpMethod::Post, server(), u"identity/accounts/prelogin", body.take(),
                       ClientDevice());
    }
    /// Answers with these passwords, one after the other; with nothing when there are no more.
    void answerWith(const QList<QByteArray> &passwords)
    {
        m_person = std::make_unique<QObject>();
        m_asked.clear();
        connect(&ProxyLogins::ofProcess(), &ProxyLogins::wanted, m_person.get(),
                [this, left = passwords](const QString &proxy, bool refused) mutable {
                    m_asked.append(refused);
                    if (left.isEmpty())
                        ProxyLogins::ofProcess().refuse(proxy);
                    else
                        ProxyLogins::ofProcess().set(proxy, u"me"_s,
                                                     SecureBuffer::copyOf(left.takeFirst()));
                });
    }

    std::unique_ptr<QObject> m_person;
    QList<bool> m_asked; ///< For each question whether a login had been refused.
};

void TestProxy::answersComeThroughAProxy()
{
    const ConnectProxy proxy;
    const auto network = transport();
    const auto answer = outcomeOf(network->send(request()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(proxy.tunnels(), 1);
}

void TestProxy::aProxyThatIsDownIsNamed()
{
    ConnectProxy proxy;
    proxy.close();
    const auto network = transport();
    const auto answer = outcomeOf(network->send(request()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::ProxyUnreachable);
    QVERIFY(answer.error().subject.text().startsWith(u"127.0.0.1:"_s));
}

void TestProxy::aPasswordThatNobodyGivesIsWanted()
{
    const ConnectProxy proxy("me"_ba, "secret"_ba);
    const auto network = transport();
    // There is nobody to ask.
    const auto unasked = outcomeOf(network->send(request()));
    QVERIFY(!unasked);
    QCOMPARE(unasked.error().kind, ErrorKind::ProxyPasswordRequired);
    QCOMPARE(unasked.error().subject, proxy.name());
    answerWith({});
    const auto refused = outcomeOf(network->send(request()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ProxyPasswordRequired);
    QCOMPARE(m_asked, QList<bool>{false});
    QCOMPARE(proxy.tunnels(), 0);
}

void TestProxy::requestsWaitForThePassword_data()
{
    QTest::addColumn<bool>("withBody");
    QTest::newRow("without a body") << false;
    QTest::newRow("with a body") << true;
}

void TestProxy::requestsWaitForThePassword()
{
    QFETCH(bool, withBody);
    const ConnectProxy proxy("me"_ba, "secret"_ba);
    answerWith({"secret"_ba});
    const auto network = transport();
    const auto answer = outcomeOf(network->send(request(withBody)));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(m_asked, QList<bool>{false});
    // It was sent once.
    QCOMPARE(m_server.requestedPaths().size(), 1);
}

void TestProxy::aWrongPasswordIsAskedForAgain()
{
    const ConnectProxy proxy("me"_ba, "secret"_ba);
    answerWith({"wrong"_ba, "wrong again"_ba, "secret"_ba});
    const auto network = transport();
    const auto answer = outcomeOf(network->send(request()));
    QVERIFY(answer);
    QCOMPARE(m_asked, (QList<bool>{false, true, true}));
    // Each was tried once.
    QCOMPARE(proxy.refused(), (QByteArrayList{"me:wrong"_ba, "me:wrong again"_ba}));
}

void TestProxy::aKnownPasswordIsUsedByAllTransports()
{
    const ConnectProxy proxy("me"_ba, "secret"_ba);
    answerWith({"secret"_ba});
    const auto first = transport();
    const auto second = transport();
    Outcome one(first->send(request()));
    Outcome two(second->send(request(true)));
    QVERIFY(one.wait());
    QVERIFY(two.wait());
    const auto third = transport();
    QVERIFY(outcomeOf(third->send(request())));
    QCOMPARE(m_asked, QList<bool>{false});
}

void TestProxy::whoeverStopsWaitsNoMore()
{
    const ConnectProxy proxy("me"_ba, "secret"_ba);
    m_person = std::make_unique<QObject>();
    QSignalSpy wanted(&ProxyLogins::ofProcess(), &ProxyLogins::wanted);
    QSignalSpy notWanted(&ProxyLogins::ofProcess(), &ProxyLogins::notWanted);
    const auto network = transport();
    Outcome sending(network->send(request()));
    QTRY_COMPARE(wanted.size(), 1);
    network->abort();
    const auto &answer = sending.wait();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Canceled);
    QCOMPARE(notWanted.size(), 1);
    QCOMPARE(notWanted.first().first().toString(), proxy.name());
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
