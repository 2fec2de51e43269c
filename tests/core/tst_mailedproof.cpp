// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/apikey.h"
#include "core/account/profile.h"
#include "core/twofactor/providerapi.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/account_server/totp.h"
#include "tests/core/signedin.h"

#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Accounts without a master password: the personal API key signs in, mailed codes prove.
class TestMailedProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void apiKeySignsIn_data() { generations(); }
    void apiKeySignsIn();
    void wrongApiKeyIsRefused_data() { generations(); }
    void wrongApiKeyIsRefused();
    void mailedCodeReadsAndChanges_data() { generations(); }
    void mailedCodeReadsAndChanges();
    void mailedCodeShowsTheRecoveryCode_data() { generations(); }
    void mailedCodeShowsTheRecoveryCode();
    void changedWithoutTokenTheCodeIsUsedUp();
    void wrongMailedCodeIsTold();
    void mailedCodeUnlocksOnce_data() { generations(); }
    void mailedCodeUnlocksOnce();
    void neverSendsTheCodeBesideAHash();

private:
    static void generations();
    [[nodiscard]] Result<std::shared_ptr<Session>> withApiKey(const QString &secret);
    /// Of an account that had its password taken away, as the client `web`.
    [[nodiscard]] std::shared_ptr<Session> withoutPassword();
    [[nodiscard]] SecureBuffer mailedCode(const std::shared_ptr<Session> &session);

    AccountServerProcess m_server;
};

void TestMailedProof::generations()
{
    QTest::addColumn<QString>("generation");
    for (const char *generation : {"classic", "middle", "token", "pascal"})
        QTest::newRow(generation) << QString::fromLatin1(generation);
}

void TestMailedProof::initTestCase()
{
    QVERIFY2(m_server.start(), qPrintable(m_server.problem()));
}

void TestMailedProof::init()
{
    QVERIFY(m_server.reset());
    QJsonObject settings{{u"requestsPerMinute"_s, 0}};
    if (QTest::currentDataTag())
        settings.insert(u"generation"_s, QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(m_server.changeSettings(settings));
}

Result<std::shared_ptr<Session>> TestMailedProof::withApiKey(const QString &secret)
{
    auto key = std::make_shared<ApiKey>();
    key->clientId = m_server.accountState(u"no-password")["apiClientId"_L1].toString();
    key->clientSecret = SecureBuffer::fromText(secret);
    const auto request = signInRequest(m_server, m_server.account(u"no-password"));
    return outcomeOf(
        signInWithApiKey(request.environment, std::move(key), request.device,
                         std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient())));
}

std::shared_ptr<Session> TestMailedProof::withoutPassword()
{
    const auto before = signedIn(m_server, u"argon2");
    if (!before || !m_server.editAccount(u"argon2", {{u"masterPassword"_s, false}}))
        return nullptr;
    Session::Account account = before->account();
    account.hasMasterPassword = false;
    Tokens tokens;
    tokens.refresh = before->refreshToken();
    return std::make_shared<Session>(std::move(account), std::move(tokens),
                                     std::make_shared<HttpTransport>(QList<QSslCertificate>(),
                                                                     patient()),
                                     before->device());
}

SecureBuffer TestMailedProof::mailedCode(const std::shared_ptr<Session> &session)
{
    if (!outcomeOf(requestVerificationCode(session)))
        return {};
    return SecureBuffer::fromText(m_server.mailedCodes().last());
}

void TestMailedProof::apiKeySignsIn()
{
    QFETCH(const QString, generation);
    const auto session = withApiKey(m_server.accountState(u"no-password")["apiKey"_L1].toString());
    QVERIFY(session);
    QCOMPARE((*session)->account().email, m_server.account(u"no-password").email);
    QVERIFY(!(*session)->account().hasMasterPassword);
    QVERIFY((*session)->refreshToken().isEmpty());
    const auto states = outcomeOf(fetchProviderStates(*session));
    if (generation == "classic"_L1 || generation == "pascal"_L1) {
        QVERIFY(states);
    } else {
        QVERIFY(!states);
        QCOMPARE(states.error().kind, ErrorKind::NotAllowed);
    }
}

void TestMailedProof::wrongApiKeyIsRefused()
{
    const auto session = withApiKey(u"wrong"_s);
    QVERIFY(!session);
    QCOMPARE(session.error().kind, ErrorKind::WrongCredentials);
}

void TestMailedProof::mailedCodeReadsAndChanges()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto api = std::make_shared<ProviderApi>(session);
    const auto proof = outcomeOf(api->prove(mailedCode(session)));
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openAuthenticator(*proof));
    QVERIFY(opened);
    const auto key = fromBase32(QString::fromLatin1(opened->details.key.view())).value();
    const QString code = totpCode(key, totpStep(std::chrono::system_clock::now()));
    QVERIFY(outcomeOf(api->turnOnAuthenticator(opened->proof, opened->details.key.clone(), code)));
    const auto states = outcomeOf(fetchProviderStates(session));
    QVERIFY(states && states->value(ProviderType::Authenticator));
}

void TestMailedProof::mailedCodeShowsTheRecoveryCode()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto code = outcomeOf(fetchRecoveryCode(session, mailedCode(session)));
    QVERIFY(code);
    QCOMPARE(QString::fromUtf8(code->view().toByteArray()).toLower(),
             m_server.accountState(u"argon2")["recoveryCode"_L1].toString());
}

void TestMailedProof::changedWithoutTokenTheCodeIsUsedUp()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    QVERIFY(m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"0"_s, true}}}}));
    QVERIFY(
        m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"0"_s, QJsonValue()}}}}));
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto api = std::make_shared<ProviderApi>(session);
    const auto proof = outcomeOf(api->prove(mailedCode(session)));
    const auto opened = outcomeOf(api->openAuthenticator(*proof));
    QVERIFY(opened);
    QVERIFY(!opened->proof->isExpired());
    const auto wrong = outcomeOf(
        api->turnOnAuthenticator(opened->proof, opened->details.key.clone(), u"000000"_s));
    QVERIFY(!wrong);
    const auto asked = m_server.requestedPaths().size();
    const auto again = outcomeOf(
        api->turnOnAuthenticator(opened->proof, opened->details.key.clone(), u"000000"_s));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::ProofExpired);
    QCOMPARE(m_server.requestedPaths().size(), asked);
}

void TestMailedProof::wrongMailedCodeIsTold()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto api = std::make_shared<ProviderApi>(session);
    const QByteArray code = mailedCode(session).view().toByteArray();
    const auto proof = outcomeOf(
        api->prove(SecureBuffer::copyOf(code == "000000" ? "111111" : "000000")));
    const auto opened = outcomeOf(api->openAuthenticator(*proof));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::WrongSecret);
}

void TestMailedProof::mailedCodeUnlocksOnce()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const SecureBuffer code = mailedCode(session);
    QVERIFY(outcomeOf(verifySecret(session, code.clone())));
    const auto again = outcomeOf(verifySecret(session, code.clone()));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::WrongSecret);
}

void TestMailedProof::neverSendsTheCodeBesideAHash()
{
    Proof proof;
    proof.mailedCode = SecureBuffer::copyOf("123456");
    proof.token = SecureBuffer::copyOf("token");
    QCOMPARE(proof.body().take().view(), R"({"otp":"123456","userVerificationToken":"token"})"_ba);
    QCOMPARE(proof.readingBody().take().view(), R"({"otp":"123456"})"_ba);
}

QTEST_GUILESS_MAIN(TestMailedProof)
#include "tst_mailedproof.moc"
