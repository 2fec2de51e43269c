// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "core/account/session.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Sparekey;
using namespace std::chrono_literals;

namespace {

const QString listPath = u"GET /api/two-factor"_s;
const QString tokenPath = u"POST /identity/connect/token"_s;

using StatesOutcome = Outcome<Result<ProviderStates>>;

std::vector<std::unique_ptr<StatesOutcome>> askAtOnce(const std::shared_ptr<Session> &session,
                                                      int times)
{
    std::vector<std::unique_ptr<StatesOutcome>> outcomes;
    for (int i = 0; i < times; ++i)
        outcomes.push_back(std::make_unique<StatesOutcome>(fetchProviderStates(session)));
    return outcomes;
}

} // namespace

class TestSession : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refreshesOnceAndRepeatsOnceAfterA401();
    void refreshesAgainLater();
    void requestsAtTheSameTimeShareOneRefresh();
    void saysOnceThatTheSessionHasExpired();
    void expiresWhenTheNewTokenIsRefusedToo_data();
    void expiresWhenTheNewTokenIsRefusedToo();
    void wipesItsTokensWhenItExpires();
    void staysWhenTheRefreshDoesNotGetThrough();
    void staysWhenTheRefreshMustWait();
    void doesNotRefreshWhenSomethingIsNotAllowed();
    void doesNotRepeatWhatMustWait();
    void endStopsWhatIsUnderWay();
    void endStopsARefreshAndThoseWhoWaitForIt();
    void sendsNothingAfterItsEnd();
    void livesUntilItsTasksAreDone();
    void readsAnAccountWithNothingSetUp_data();
    void readsAnAccountWithNothingSetUp();
    void handsOnAnOddRecoveryCode();
    void neverShowsProvidersFromABrokenAnswer_data();
    void neverShowsProvidersFromABrokenAnswer();

private:
    std::shared_ptr<Session> m_session;
};

void TestSession::init()
{
    resetServer();
    m_session = signedIn(m_server, u"demo");
    QVERIFY(m_session);
}

void TestSession::refreshesOnceAndRepeatsOnceAfterA401()
{
    QVERIFY(m_server.expireTokens());
    QSignalSpy expired(m_session.get(), &Session::expired);
    const auto before = m_server.requestedPaths().size();
    QVERIFY(outcomeOf(fetchProviderStates(m_session)));
    QCOMPARE(m_server.requestedPaths().mid(before), QStringList({listPath, tokenPath, listPath}));
    QCOMPARE(expired.count(), 0);

    QVERIFY(outcomeOf(fetchProviderStates(m_session)));
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 2);
}

void TestSession::refreshesAgainLater()
{
    for (int i = 0; i < 3; ++i) {
        QVERIFY(m_server.expireTokens());
        QVERIFY(outcomeOf(fetchProviderStates(m_session)));
    }
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 1 + 3);
}

void TestSession::requestsAtTheSameTimeShareOneRefresh()
{
    QVERIFY(m_server.expireTokens());
    // Slow enough that all have got their 401 before the new token is there.
    QVERIFY(
        m_server.setFault(u"/identity/connect/token"_s, u"delay"_s, {{u"milliseconds"_s, 500}}));
    for (const auto &outcome : askAtOnce(m_session, 5))
        QVERIFY(outcome->wait());
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 1 + 1);
    QCOMPARE(m_server.requestedPaths().count(listPath), 2 * 5);
}

void TestSession::saysOnceThatTheSessionHasExpired()
{
    QVERIFY(m_server.expireTokens(true));
    QSignalSpy expired(m_session.get(), &Session::expired);
    for (const auto &outcome : askAtOnce(m_session, 5))
        QCOMPARE(outcome->wait().error().kind, ErrorKind::SessionExpired);
    QCOMPARE(expired.count(), 1);
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 1 + 1);

    const auto before = m_server.requestedPaths().size();
    QCOMPARE(outcomeOf(fetchProfile(m_session)).error().kind, ErrorKind::SessionExpired);
    QCOMPARE(m_server.requestedPaths().size(), before);
    QCOMPARE(expired.count(), 1);
}

void TestSession::expiresWhenTheNewTokenIsRefusedToo_data()
{
    QTest::addColumn<int>("requests");
    QTest::newRow("one") << 1;
    QTest::newRow("several at once") << 4;
}

void TestSession::expiresWhenTheNewTokenIsRefusedToo()
{
    QFETCH(const int, requests);
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"unauthorized"_s));
    QSignalSpy expired(m_session.get(), &Session::expired);
    for (const auto &outcome : askAtOnce(m_session, requests))
        QCOMPARE(outcome->wait().error().kind, ErrorKind::SessionExpired);
    QCOMPARE(expired.count(), 1);
    QCOMPARE(m_server.requestedPaths().count(tokenPath), 1 + 1);
    QCOMPARE(m_server.requestedPaths().count(listPath), 2 * requests);
}

void TestSession::wipesItsTokensWhenItExpires()
{
    QVERIFY(!m_session->refreshToken().isEmpty());
    QVERIFY(m_server.expireTokens(true));
    // Whoever hears of it finds them gone already.
    bool hadTokens = true;
    connect(m_session.get(), &Session::expired, this,
            [&] { hadTokens = !m_session->refreshToken().isEmpty(); });
    QVERIFY(!outcomeOf(fetchProviderStates(m_session)));
    QVERIFY(!hadTokens);
    QVERIFY(m_session->refreshToken().isEmpty());
}

void TestSession::staysWhenTheRefreshDoesNotGetThrough()
{
    QVERIFY(m_server.expireTokens());
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"server-error"_s, {{u"times"_s, 1}}));
    QSignalSpy expired(m_session.get(), &Session::expired);
    QCOMPARE(outcomeOf(fetchProviderStates(m_session)).error().kind, ErrorKind::ServerFailure);
    QCOMPARE(expired.count(), 0);
    QVERIFY(outcomeOf(fetchProviderStates(m_session)));
}

void TestSession::staysWhenTheRefreshMustWait()
{
    QVERIFY(m_server.expireTokens());
    QVERIFY(m_server.setFault(u"/identity/connect/token"_s, u"rate-limit"_s,
                              {{u"times"_s, 1}, {u"seconds"_s, 9}}));
    QSignalSpy expired(m_session.get(), &Session::expired);
    const auto states = outcomeOf(fetchProviderStates(m_session));
    QCOMPARE(states.error().kind, ErrorKind::RateLimited);
    QCOMPARE(states.error().retryAfter, 9s);
    QCOMPARE(expired.count(), 0);
    QVERIFY(outcomeOf(fetchProviderStates(m_session)));
}

void TestSession::doesNotRefreshWhenSomethingIsNotAllowed()
{
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"forbidden"_s));
    QSignalSpy expired(m_session.get(), &Session::expired);
    const auto before = m_server.requestedPaths().size();
    QCOMPARE(outcomeOf(fetchProviderStates(m_session)).error().kind, ErrorKind::NotAllowed);
    QCOMPARE(m_server.requestedPaths().mid(before), QStringList({listPath}));
    QCOMPARE(expired.count(), 0);
}

void TestSession::doesNotRepeatWhatMustWait()
{
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"rate-limit"_s, {{u"seconds"_s, 42}}));
    const auto before = m_server.requestedPaths().size();
    const auto states = outcomeOf(fetchProviderStates(m_session));
    QCOMPARE(states.error().kind, ErrorKind::RateLimited);
    QCOMPARE(states.error().retryAfter, 42s);
    QCOMPARE(m_server.requestedPaths().mid(before), QStringList({listPath}));
}

void TestSession::endStopsWhatIsUnderWay()
{
    QVERIFY(m_server.setFault(u"/api/two-factor"_s, u"delay"_s, {{u"milliseconds"_s, 5'000}}));
    QSignalSpy expired(m_session.get(), &Session::expired);
    const auto outcomes = askAtOnce(m_session, 3);
    QTest::qWait(200);
    QVERIFY(!outcomes.front()->isThere());
    m_session->end();
    QVERIFY(m_session->hasEnded());
    for (const auto &outcome : outcomes)
        QCOMPARE(outcome->wait().error().kind, ErrorKind::Canceled);
    QCOMPARE(expired.count(), 0);
}

void TestSession::endStopsARefreshAndThoseWhoWaitForIt()
{
    QVERIFY(m_server.expireTokens());
    QVERIFY(
        m_server.setFault(u"/identity/connect/token"_s, u"delay"_s, {{u"milliseconds"_s, 5'000}}));
    const auto outcomes = askAtOnce(m_session, 3);
    QTRY_COMPARE(m_server.requestedPaths().count(tokenPath), 1 + 1);
    m_session->end();
    for (const auto &outcome : outcomes)
        QCOMPARE(outcome->wait().error().kind, ErrorKind::Canceled);
}

void TestSession::sendsNothingAfterItsEnd()
{
    m_session->end();
    const auto before = m_server.requestedPaths().size();
    QCOMPARE(outcomeOf(fetchProviderStates(m_session)).error().kind, ErrorKind::Canceled);
    QCOMPARE(outcomeOf(verifySecret(m_session, SecureBuffer::fromText(u"x"))).error().kind,
             ErrorKind::Canceled);
    QCOMPARE(m_server.requestedPaths().size(), before);
}

void TestSession::livesUntilItsTasksAreDone()
{
    QVERIFY(m_server.expireTokens());
    QVERIFY(
        m_server.setFault(u"/identity/connect/token"_s, u"delay"_s, {{u"milliseconds"_s, 300}}));
    const std::weak_ptr<Session> watched = m_session;
    const auto outcomes = askAtOnce(m_session, 2);
    m_session.reset();
    QVERIFY(!watched.expired());
    for (const auto &outcome : outcomes)
        QVERIFY(outcome->wait());
    QTRY_VERIFY(watched.expired());
}

void TestSession::readsAnAccountWithNothingSetUp_data()
{
    eachGeneration();
}

void TestSession::readsAnAccountWithNothingSetUp()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto session = signedIn(m_server, u"nothing-on");
    QVERIFY(session);
    const auto states = outcomeOf(fetchProviderStates(session));
    QVERIFY(states);
    QCOMPARE(*states, ProviderStates());
    const auto code = outcomeOf(
        fetchRecoveryCode(session,
                          SecureBuffer::fromText(m_server.account(u"nothing-on").password)));
    QVERIFY(code);
    QVERIFY(code->isEmpty());
}

void TestSession::handsOnAnOddRecoveryCode()
{
    const auto session = signedIn(m_server, u"odd-code");
    QVERIFY(session);
    const auto code = outcomeOf(
        fetchRecoveryCode(session, SecureBuffer::fromText(m_server.account(u"odd-code").password)));
    QVERIFY(code);
    QCOMPARE(code->view().toByteArray(), "k7pq-2m9x-legacy"_ba);
}

void TestSession::neverShowsProvidersFromABrokenAnswer_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("page") << u"html"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("empty") << u"empty"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("no JSON") << u"not-json"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("block page") << u"proxy-block"_s << ErrorKind::NotAnAccountServer;
    QTest::newRow("cut off") << u"truncated"_s << ErrorKind::ConnectionLost;
    QTest::newRow("dropped") << u"drop-mid-body"_s << ErrorKind::ConnectionLost;
    QTest::newRow("20 MB") << u"oversized"_s << ErrorKind::AnswerTooLarge;
    QTest::newRow("redirect") << u"redirect"_s << ErrorKind::RedirectRefused;
    QTest::newRow("500") << u"server-error"_s << ErrorKind::ServerFailure;
}

void TestSession::neverShowsProvidersFromABrokenAnswer()
{
    QFETCH(const QString, fault);
    QFETCH(const ErrorKind, kind);
    QVERIFY(m_server.setFault(u"/api/two-factor*"_s, fault));
    QCOMPARE(outcomeOf(fetchProviderStates(m_session)).error().kind, kind);
    QCOMPARE(outcomeOf(fetchRecoveryCode(m_session, SecureBuffer::fromText(u"x"))).error().kind,
             kind);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
