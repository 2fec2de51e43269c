// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/connectproxy.h"
#include "tests/core/outcome.h"
#include "tests/support/accountservertest.h"
#include "ui/shell/proxyloginviewmodel.h"

#include "core/api/client.h"
#include "core/http/httptransport.h"

#include <QTest>

#include <memory>

using namespace Sparekey;
using namespace Qt::StringLiterals;

// The question for a proxy's password while something is to be sent.
class TestProxyLogin : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    // Of a host that is not this computer.
    void initTestCase() { startServer({.certificate = u"wrong-host"_s}); }
    void init();
    void cleanup();
    void whatWaitsIsSentOnceThePasswordIsThere();
    void whatWaitsFailsWhenNobodyAnswers_data();
    void whatWaitsFailsWhenNobodyAnswers();
    void nothingIsAskedForWhoHasStopped();

private:
    void enter(const QString &password)
    {
        SecretInput input;
        input.fill(password);
        SecretEntry entry;
        entry.setInput(&input);
        m_question->submit(u"me"_s, &entry);
        QVERIFY(input.isEmpty());
    }

    std::unique_ptr<ConnectProxy> m_proxy;
    std::unique_ptr<HttpTransport> m_transport;
    std::unique_ptr<ProxyLoginViewModel> m_question;
    std::unique_ptr<Outcome<Result<HttpAnswer>>> m_sending;
};

void TestProxyLogin::init()
{
    resetServer();
    m_proxy = std::make_unique<ConnectProxy>("me"_ba, "secret"_ba);
    m_question = std::make_unique<ProxyLoginViewModel>(ProxyLogins::ofProcess());
    m_transport = std::make_unique<HttpTransport>(QSslCertificate::fromPath(m_server.caFile()));
    QUrl server = m_server.https();
    server.setHost(u"elsewhere.invalid"_s);
    m_sending = std::make_unique<Outcome<Result<HttpAnswer>>>(
        m_transport->send(apiGet(server, u"api/config", ClientDevice())));
    QTRY_VERIFY(m_question->isAsking());
    QCOMPARE(m_question->proxy(), m_proxy->name());
    QVERIFY(m_question->isUnlocked());
    QVERIFY(!m_question->wasRefused());
}

void TestProxyLogin::cleanup()
{
    m_sending.reset();
    m_question.reset();
    m_transport.reset();
    m_proxy.reset();
}

void TestProxyLogin::whatWaitsIsSentOnceThePasswordIsThere()
{
    enter(u"wrong"_s);
    QVERIFY(!m_question->isAsking());
    QTRY_VERIFY(m_question->isAsking());
    QVERIFY(m_question->wasRefused());
    enter(u"secret"_s);
    QVERIFY(m_sending->wait());
    QVERIFY(!m_question->isAsking());
}

void TestProxyLogin::whatWaitsFailsWhenNobodyAnswers_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("canceled") << 0;
    QTest::newRow("locked") << 1;
    QTest::newRow("closed") << 2;
}

void TestProxyLogin::whatWaitsFailsWhenNobodyAnswers()
{
    QFETCH(int, how);
    if (how == 0)
        m_question->cancel();
    else if (how == 1)
        m_question->lock();
    else
        m_question.reset();
    const auto &answer = m_sending->wait();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::ProxyPasswordRequired);
    QCOMPARE(answer.error().subject, m_proxy->name());
    QVERIFY(!m_question || !m_question->isUnlocked());
}

void TestProxyLogin::nothingIsAskedForWhoHasStopped()
{
    m_transport->abort();
    QCOMPARE(m_sending->wait().error().kind, ErrorKind::Canceled);
    QVERIFY(!m_question->isAsking());
}

QTEST_MAIN(TestProxyLogin)
#include "tst_proxylogin.moc"
