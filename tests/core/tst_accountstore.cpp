// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/accountstore.h"
#include "core/account/profile.h"
#include "core/account/secondstep.h"

#include "tests/core/lockedkeyring.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QJsonObject>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QString tokenPath = u"POST /identity/connect/token"_s;

} // namespace

/// Against the account server and a real Secret Service on a session bus of its own.
class TestAccountStore : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void remembersForThirtyDays();
    void hasNoTokenAfterItsTime();
    void hasNoTokenOfAnotherDevice();
    void lockedKeyringIsNotAskedForWhatIsNotInIt();
    void forgetsTheToken();
    void forgettingOvertakesATokenThatIsBeingWritten();
    void lastOfSeveralDecisionsHolds();
    void rememberedDeviceNeedsNoSecondStep();
    void refusedTokenLeadsToTheSecondStepWithOneRequest();
    void restoredSessionWorksAndKnowsThePassword();
    void keepsTheNewestRefreshToken();
    void dropsASessionThatTheServerHasEnded();
    void droppedSessionIsGone();
    void doesNotMarkASessionThatEndedMeanwhile();
    void droppingOvertakesASessionThatIsBeingWritten();
    void brokenEntryIsNoSession_data();
    void brokenEntryIsNoSession();
    void settingsHoldNoSecret();

private:
    [[nodiscard]] SignInRequest request(QStringView role);
    [[nodiscard]] QString key(const SignInRequest &request) const;
    /// Signs in with the authenticator and asks to be remembered.
    [[nodiscard]] SecureBuffer rememberToken();

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Keyring> m_keyring;
    std::unique_ptr<DeviceIdentity> m_identity;
    std::unique_ptr<AccountStore> m_store;
};

void TestAccountStore::init()
{
    resetServer();
    QVERIFY(m_server.changeSettings({{u"requestsPerMinute"_s, 0}}));
    static int number = 0;
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"settings%1.conf"_s.arg(++number)));
    m_keyring = std::make_unique<Keyring>(u"sparekey-test-%1"_s.arg(number));
    m_identity = std::make_unique<DeviceIdentity>(*m_settings);
    m_store = std::make_unique<AccountStore>(*m_settings, *m_keyring, *m_identity);
}

SignInRequest TestAccountStore::request(QStringView role)
{
    auto request = signInRequest(m_server, m_server.account(role));
    request.device = m_identity->device();
    return request;
}

QString TestAccountStore::key(const SignInRequest &request) const
{
    return accountKey(request.environment, request.email);
}

SecureBuffer TestAccountStore::rememberToken()
{
    const auto signIn = std::make_shared<SignIn>(
        request(u"second-step"),
        std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient()));
    if (!outcomeOf(signIn->start()))
        return {};
    const QString code =
        m_server.accountState(u"second-step")["authenticatorCodes"_L1][1].toString();
    SecondStepToken token{.token = SecureBuffer::fromText(code), .remember = true};
    auto outcome = outcomeOf(signIn->submitSecondStep(std::move(token)));
    auto *signedIn = outcome ? std::get_if<SignedIn>(&*outcome) : nullptr;
    return signedIn ? std::move(signedIn->rememberToken) : SecureBuffer();
}

void TestAccountStore::remembersForThirtyDays()
{
    const auto before = QDateTime::currentDateTimeUtc();
    QVERIFY(outcomeOf(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("token"))));
    const auto until = m_settings->rememberedUntil(u"a"_s);
    QVERIFY(until);
    QCOMPARE(before.daysTo(*until), 30);
    QCOMPARE(outcomeOf(m_store->rememberToken(u"a"_s)).view(), "token"_ba);
    QVERIFY(outcomeOf(m_store->rememberToken(u"b"_s)).isEmpty());
}

void TestAccountStore::hasNoTokenAfterItsTime()
{
    QVERIFY(outcomeOf(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("token"))));
    m_settings->setRememberedUntil(u"a"_s, QDateTime::currentDateTimeUtc().addSecs(-1));
    QVERIFY(outcomeOf(m_store->rememberToken(u"a"_s)).isEmpty());
    QVERIFY(!m_settings->rememberedUntil(u"a"_s));
    m_settings->setRememberedUntil(u"a"_s, QDateTime::currentDateTimeUtc().addDays(1));
    QVERIFY2(outcomeOf(m_store->rememberToken(u"a"_s)).isEmpty(), "the keyring still had it");
}

void TestAccountStore::hasNoTokenOfAnotherDevice()
{
    QVERIFY(outcomeOf(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("token"))));
    m_settings->setDeviceIdentifier({});
    DeviceIdentity other(*m_settings);
    AccountStore store(*m_settings, *m_keyring, other);
    QVERIFY(outcomeOf(store.rememberToken(u"a"_s)).isEmpty());
    QVERIFY(!m_settings->rememberedUntil(u"a"_s));
}

void TestAccountStore::lockedKeyringIsNotAskedForWhatIsNotInIt()
{
    const LockedKeyring locked;
    QVERIFY(locked.isLocked());
    QVERIFY(outcomeOf(m_store->rememberToken(u"a"_s)).isEmpty());
    QVERIFY(!m_identity->device().identifier.isEmpty());
    QVERIFY(locked.isLocked());
}

void TestAccountStore::forgetsTheToken()
{
    QVERIFY(outcomeOf(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("token"))));
    QVERIFY(outcomeOf(m_store->forgetRememberToken(u"a"_s)));
    QVERIFY(!m_settings->rememberedUntil(u"a"_s));
    m_settings->setRememberedUntil(u"a"_s, QDateTime::currentDateTimeUtc().addDays(1));
    QVERIFY2(outcomeOf(m_store->rememberToken(u"a"_s)).isEmpty(), "the keyring still had it");
}

void TestAccountStore::forgettingOvertakesATokenThatIsBeingWritten()
{
    // An earlier one is there to be forgotten.
    QVERIFY(outcomeOf(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("earlier"))));
    Outcome keeping(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("token")));
    QVERIFY(!keeping.isThere());
    Outcome forgetting(m_store->forgetRememberToken(u"a"_s));
    QVERIFY(!m_settings->rememberedUntil(u"a"_s));
    const auto kept = keeping.wait();
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, ErrorKind::Canceled);
    QVERIFY(forgetting.wait());
    QVERIFY2(!m_settings->rememberedUntil(u"a"_s), "it was marked again");
    const auto left = outcomeOf(m_keyring->read(u"a/remembered device"_s));
    QVERIFY(left);
    QVERIFY2(left->isEmpty(), "the keyring still has it");
}

void TestAccountStore::lastOfSeveralDecisionsHolds()
{
    Outcome first(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("first")));
    Outcome forgetting(m_store->forgetRememberToken(u"a"_s));
    Outcome second(m_store->keepRememberToken(u"a"_s, SecureBuffer::copyOf("second")));
    // Of another account, which that does not concern.
    Outcome other(m_store->keepRememberToken(u"b"_s, SecureBuffer::copyOf("other")));
    QVERIFY(!first.wait());
    QVERIFY(forgetting.wait());
    QVERIFY(second.wait());
    QVERIFY(other.wait());
    QCOMPARE(outcomeOf(m_store->rememberToken(u"a"_s)).view(), "second"_ba);
    QCOMPARE(outcomeOf(m_store->rememberToken(u"b"_s)).view(), "other"_ba);
}

void TestAccountStore::rememberedDeviceNeedsNoSecondStep()
{
    SecureBuffer token = rememberToken();
    QVERIFY(!token.isEmpty());
    auto next = request(u"second-step");
    QVERIFY(outcomeOf(m_store->keepRememberToken(key(next), std::move(token))));
    next.rememberToken = outcomeOf(m_store->rememberToken(key(next)));
    QVERIFY(!next.rememberToken.isEmpty());
    QVERIFY(sessionOf(signInWith(std::move(next))));
}

// Each request without a code would void the one that is in the mailbox (protocol, rule 9).
void TestAccountStore::refusedTokenLeadsToTheSecondStepWithOneRequest()
{
    SecureBuffer token = rememberToken();
    QVERIFY(!token.isEmpty());
    QVERIFY(m_server.forgetRememberedDevices());
    auto next = request(u"second-step");
    next.rememberToken = std::move(token);
    const auto before = m_server.requestedPaths().count(tokenPath);
    const auto outcome = signInWith(std::move(next));
    QVERIFY(outcome && std::holds_alternative<SecondStepChallenge>(*outcome));
    QCOMPARE(m_server.requestedPaths().count(tokenPath), before + 1);
}

void TestAccountStore::restoredSessionWorksAndKnowsThePassword()
{
    const AccountRecord record{.environment = request(u"demo").environment,
                               .email = m_server.account(u"demo").email};
    {
        const auto session = sessionOf(signInWith(request(u"demo")));
        QVERIFY(session);
        QVERIFY(outcomeOf(m_store->keepSession(session)));
    }
    QVERIFY(m_settings->staysSignedIn(record.key()));
    const auto restored = outcomeOf(m_store->restoreSession(record));
    QVERIFY(restored);
    QCOMPARE((*restored)->device().identifier, m_identity->device().identifier);
    const auto wrong = outcomeOf(verifySecret(*restored, SecureBuffer::copyOf("wrong")));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::WrongSecret);
    QVERIFY(outcomeOf(
        verifySecret(*restored, SecureBuffer::fromText(m_server.account(u"demo").password))));
}

void TestAccountStore::keepsTheNewestRefreshToken()
{
    const AccountRecord record{.environment = request(u"demo").environment,
                               .email = m_server.account(u"demo").email};
    QVERIFY(m_server.changeSettings({{u"rotateRefreshTokens"_s, true}}));
    const auto session = sessionOf(signInWith(request(u"demo")));
    QVERIFY(session);
    QVERIFY(outcomeOf(m_store->keepSession(session)));
    QVERIFY(m_server.expireTokens());
    QVERIFY(outcomeOf(fetchProfile(session)));
    // The entry is written while the profile is already there.
    QTRY_VERIFY([&] {
        const auto restored = outcomeOf(m_store->restoreSession(record));
        return restored && (*restored)->refreshToken().equals(session->refreshToken().view());
    }());
    const auto restored = outcomeOf(m_store->restoreSession(record));
    QVERIFY(restored && outcomeOf(fetchProfile(*restored)));
}

void TestAccountStore::dropsASessionThatTheServerHasEnded()
{
    const AccountRecord record{.environment = request(u"demo").environment,
                               .email = m_server.account(u"demo").email};
    QVERIFY(outcomeOf(m_store->keepSession(sessionOf(signInWith(request(u"demo"))))));
    QVERIFY(m_server.expireTokens(true));
    const auto restored = outcomeOf(m_store->restoreSession(record));
    QVERIFY(restored);
    const auto profile = outcomeOf(fetchProfile(*restored));
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, ErrorKind::SessionExpired);
    QVERIFY(!m_settings->staysSignedIn(record.key()));
    QCOMPARE(outcomeOf(m_store->restoreSession(record)).error().kind, ErrorKind::SessionExpired);
}

void TestAccountStore::droppedSessionIsGone()
{
    const AccountRecord record{.environment = request(u"demo").environment,
                               .email = m_server.account(u"demo").email};
    QVERIFY(outcomeOf(m_store->keepSession(sessionOf(signInWith(request(u"demo"))))));
    QVERIFY(outcomeOf(m_store->dropSession(record.key())));
    QVERIFY(!m_settings->staysSignedIn(record.key()));
    QCOMPARE(outcomeOf(m_store->restoreSession(record)).error().kind, ErrorKind::SessionExpired);
}

void TestAccountStore::doesNotMarkASessionThatEndedMeanwhile()
{
    const auto session = sessionOf(signInWith(request(u"demo")));
    QVERIFY(session);
    const QString account = session->account().key();
    Outcome keeping(m_store->keepSession(session));
    session->end();
    Outcome dropping(m_store->dropSession(account));
    (void)keeping.wait();
    QVERIFY(dropping.wait());
    QVERIFY(!m_settings->staysSignedIn(account));
}

void TestAccountStore::droppingOvertakesASessionThatIsBeingWritten()
{
    const auto session = sessionOf(signInWith(request(u"demo")));
    QVERIFY(session);
    const QString account = session->account().key();
    Outcome keeping(m_store->keepSession(session));
    Outcome dropping(m_store->dropSession(account));
    const auto kept = keeping.wait();
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, ErrorKind::Canceled);
    QVERIFY(dropping.wait());
    QVERIFY(!m_settings->staysSignedIn(account));
    const auto left = outcomeOf(m_keyring->read(account + u"/session"_s));
    QVERIFY(left && left->isEmpty());
    QVERIFY(outcomeOf(m_store->keepSession(session)));
    QVERIFY(m_settings->staysSignedIn(account));
}

void TestAccountStore::brokenEntryIsNoSession_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::newRow("no JSON") << "refresh"_ba;
    QTest::newRow("no refresh token") << R"({"kdf":0,"iterations":600000,"salt":"a@b"})"_ba;
    QTest::newRow("no derivation") << R"({"refresh":"r","salt":"a@b"})"_ba;
    QTest::newRow("unknown derivation") << R"({"refresh":"r","kdf":7,"iterations":1})"_ba;
    QTest::newRow("derivation that exhausts the computer")
        << R"({"refresh":"r","kdf":1,"iterations":3,"memory":100000000,"parallelism":4})"_ba;
}

void TestAccountStore::brokenEntryIsNoSession()
{
    QFETCH(QByteArray, entry);
    const AccountRecord record{.environment = request(u"demo").environment,
                               .email = m_server.account(u"demo").email};
    QVERIFY(outcomeOf(m_store->keepSession(sessionOf(signInWith(request(u"demo"))))));
    QVERIFY(outcomeOf(m_store->restoreSession(record)));
    QVERIFY(outcomeOf(m_keyring->write(record.key() + u"/session"_s, SecureBuffer::copyOf(entry))));
    const auto restored = outcomeOf(m_store->restoreSession(record));
    QVERIFY(!restored);
    QCOMPARE(restored.error().kind, ErrorKind::SessionExpired);
}

void TestAccountStore::settingsHoldNoSecret()
{
    SecureBuffer token = rememberToken();
    QVERIFY(!token.isEmpty());
    const QByteArray remember = token.view().toByteArray();
    QVERIFY(outcomeOf(m_store->keepRememberToken(u"a"_s, std::move(token))));
    const auto session = sessionOf(signInWith(request(u"demo")));
    QVERIFY(outcomeOf(m_store->keepSession(session)));
    const QString file = m_settings->file();
    m_settings.reset();
    QFile settings(file);
    QVERIFY(settings.open(QIODevice::ReadOnly));
    const QByteArray text = settings.readAll();
    QVERIFY(text.contains("rememberedUntil"));
    QVERIFY(!text.contains(remember));
    QVERIFY(!text.contains(session->refreshToken().view().toByteArray()));
}

QTEST_GUILESS_MAIN(TestAccountStore)
#include "tst_accountstore.moc"
