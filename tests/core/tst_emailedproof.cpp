// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/apikey.h"
#include "core/account/profile.h"
#include "core/twofactor/providerapi.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/account_server/totp.h"
#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Sparekey;

/// Accounts without a master password: the personal API key signs in, emailed codes prove.
class TestEmailedProof : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void apiKeySignsIn_data() { eachGeneration(); }
    void apiKeySignsIn();
    void wrongApiKeyIsRefused_data() { eachGeneration(); }
    void wrongApiKeyIsRefused();
    void weakKdfOfAnApiKeysAccountIsAskedAbout_data() { eachGeneration(); }
    void weakKdfOfAnApiKeysAccountIsAskedAbout();
    void downgradedKdfOfAnApiKeysAccountIsAskedAbout();
    void hugeKdfOfAnApiKeysAccountIsRefused();
    void emailedCodeReadsAndChanges_data() { eachGeneration(); }
    void emailedCodeReadsAndChanges();
    void emailedCodeShowsTheRecoveryCode_data() { eachGeneration(); }
    void emailedCodeShowsTheRecoveryCode();
    void changedWithoutTokenTheCodeIsUsedUp();
    void wrongEmailedCodeIsTold_data() { eachGeneration(); }
    void wrongEmailedCodeIsTold();
    void tooManyWrongCodesLeaveDoubt();
    void twoRequestsAtOnceEmailOneCode();
    void codeThatWasLookedWithStillCounts_data() { eachGeneration(); }
    void codeThatWasLookedWithStillCounts();
    void newestEmailVoidsTheProofOfAnEarlierOne();
    void refusedEmailLeavesTheCodeFromBefore();
    void lostAnswersLeaveDoubt();
    void codeGrowsOld();
    void codeThatGrewOldBeforeTheChangeIsAskedForAgain_data() { eachGeneration(); }
    void codeThatGrewOldBeforeTheChangeIsAskedForAgain();
    void spentCodeIsNotSentForTheRecoveryCode();
    void settingsThatNobodyHasChangedCostNoOtherCode_data() { eachGeneration(); }
    void settingsThatNobodyHasChangedCostNoOtherCode();
    void settingsChangedElsewhereAreNoticed_data() { eachGeneration(); }
    void settingsChangedElsewhereAreNoticed();
    void ownChallengeForAKeyIsNoChangeElsewhere();
    void changeElsewhereBeforeTheChallengeIsNoticed();
    void serverThatTellsNoRevisionDateAsksForOneCode();
    void lostRevisionDateIsTold();
    void lostChangeIsNotGuessedAtWithoutARevisionDate();
    void serverWithoutEmailSaysSo();
    void emailedCodeUnlocksOnce_data() { eachGeneration(); }
    void emailedCodeUnlocksOnce();

private:
    [[nodiscard]] ApiKeyRequest apiKeyRequest(const QString &role);
    [[nodiscard]] static Result<SignInOutcome> withApiKey(ApiKeyRequest request);
    /// Of an account that had its password taken away, as the client `web`.
    [[nodiscard]] std::shared_ptr<Session> withoutPassword();
    [[nodiscard]] SecureBuffer emailedCode(const std::shared_ptr<Session> &session);
    struct Proven
    {
        std::shared_ptr<Session> session;
        std::shared_ptr<ProviderApi> api;
        SharedProof proof; ///< By an emailed code; null if there is none.
    };
    /// Of an account `withoutPassword`.
    [[nodiscard]] Proven proven();
};

void TestEmailedProof::init()
{
    resetServer();
    QJsonObject settings{{u"requestsPerMinute"_s, 0}};
    if (QTest::currentDataTag())
        settings.insert(u"generation"_s, QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(m_server.changeSettings(settings));
}

ApiKeyRequest TestEmailedProof::apiKeyRequest(const QString &role)
{
    const QJsonObject account = m_server.accountState(role);
    auto key = std::make_shared<ApiKey>();
    key->clientId = account["apiClientId"_L1].toString();
    key->clientSecret = SecureBuffer::fromText(account["apiKey"_L1].toString());
    const auto request = signInRequest(m_server, m_server.account(role));
    return {.environment = request.environment, .key = std::move(key), .device = request.device};
}

Result<SignInOutcome> TestEmailedProof::withApiKey(ApiKeyRequest request)
{
    return outcomeOf(
        signInWithApiKey(std::move(request),
                         std::make_shared<HttpTransport>(QList<QSslCertificate>(), patient())));
}

std::shared_ptr<Session> TestEmailedProof::withoutPassword()
{
    return Sparekey::withoutPassword(m_server, u"argon2", signedIn(m_server, u"argon2"));
}

SecureBuffer TestEmailedProof::emailedCode(const std::shared_ptr<Session> &session)
{
    if (!outcomeOf(requestVerificationCode(session)))
        return {};
    return SecureBuffer::fromText(m_server.emailedCodes().last());
}

TestEmailedProof::Proven TestEmailedProof::proven()
{
    Proven it;
    it.session = withoutPassword();
    if (!it.session)
        return it;
    it.api = std::make_shared<ProviderApi>(it.session);
    if (auto proof = outcomeOf(it.api->prove(emailedCode(it.session))))
        it.proof = *proof;
    return it;
}

void TestEmailedProof::apiKeySignsIn()
{
    QFETCH(const QString, generation);
    const auto session = sessionOf(withApiKey(apiKeyRequest(u"no-password"_s)));
    QVERIFY(session);
    QCOMPARE(session->account().email, m_server.account(u"no-password").email);
    QVERIFY(!session->account().hasMasterPassword);
    QVERIFY(session->refreshToken().isEmpty());
    const auto states = outcomeOf(fetchProviderStates(session));
    if (generation == "classic"_L1 || generation == "pascal"_L1) {
        QVERIFY(states);
    } else {
        QVERIFY(!states);
        QCOMPARE(states.error().kind, ErrorKind::NotAllowed);
    }
}

void TestEmailedProof::wrongApiKeyIsRefused()
{
    auto request = apiKeyRequest(u"no-password"_s);
    request.key = std::make_shared<const ApiKey>(
        ApiKey{request.key->clientId, SecureBuffer::copyOf("wrong")});
    const auto session = withApiKey(std::move(request));
    QVERIFY(!session);
    QCOMPARE(session.error().kind, ErrorKind::WrongCredentials);
}

void TestEmailedProof::weakKdfOfAnApiKeysAccountIsAskedAbout()
{
    const KdfSettings weakest{.type = KdfType::Pbkdf2Sha256, .iterations = 1'000};
    auto request = apiKeyRequest(u"weak-kdf"_s);
    const auto asked = withApiKey(request);
    QVERIFY(asked);
    const auto *weak = std::get_if<WeakKdf>(&*asked);
    QVERIFY(weak);
    QCOMPARE(weak->kdf, weakest);
    QVERIFY(!weak->before);

    request.acceptedKdf = weakest;
    const auto session = sessionOf(withApiKey(request));
    QVERIFY(session);
    QVERIFY(session->account().hasMasterPassword);
    QCOMPARE(session->account().prelogin.kdf, weakest);

    // As weak as it was the last time.
    request.acceptedKdf.reset();
    QString askedFor;
    request.knownKdf = [&](const QString &email) {
        askedFor = email;
        return std::optional(weakest);
    };
    QVERIFY(sessionOf(withApiKey(request)));
    QCOMPARE(askedFor, m_server.account(u"weak-kdf").email);
}

void TestEmailedProof::downgradedKdfOfAnApiKeysAccountIsAskedAbout()
{
    const KdfSettings stronger{.type = KdfType::Argon2id,
                               .iterations = 3,
                               .memoryMiB = 64,
                               .parallelism = 4};
    auto request = apiKeyRequest(u"demo"_s);
    request.knownKdf = [&stronger](const QString &) {
        return std::optional(stronger);
    };
    const auto asked = withApiKey(std::move(request));
    QVERIFY(asked);
    const auto *weak = std::get_if<WeakKdf>(&*asked);
    QVERIFY(weak);
    QCOMPARE(weak->before, std::optional(stronger));
}

void TestEmailedProof::hugeKdfOfAnApiKeysAccountIsRefused()
{
    const auto refused = withApiKey(apiKeyRequest(u"huge-kdf"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::KdfTooLarge);
}

void TestEmailedProof::emailedCodeReadsAndChanges()
{
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openAuthenticator(proof));
    QVERIFY(opened);
    const auto key = fromBase32(QString::fromLatin1(opened->details.key.view())).value();
    const QString code = totpCode(key, totpStep(std::chrono::system_clock::now()));
    QVERIFY(outcomeOf(api->turnOnAuthenticator(opened->proof, opened->details.key.clone(), code)));
    const auto states = outcomeOf(fetchProviderStates(session));
    QVERIFY(states && states->value(ProviderType::Authenticator));
}

void TestEmailedProof::emailedCodeShowsTheRecoveryCode()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto code = outcomeOf(fetchRecoveryCode(session, emailedCode(session)));
    QVERIFY(code);
    QCOMPARE(QString::fromUtf8(code->view().toByteArray()).toLower(),
             m_server.accountState(u"argon2")["recoveryCode"_L1].toString());
}

void TestEmailedProof::changedWithoutTokenTheCodeIsUsedUp()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    QVERIFY(m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"0"_s, true}}}}));
    QVERIFY(
        m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"0"_s, QJsonValue()}}}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openAuthenticator(proof));
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

void TestEmailedProof::wrongEmailedCodeIsTold()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto api = std::make_shared<ProviderApi>(session);
    const QByteArray code = emailedCode(session).view().toByteArray();
    const auto proof = outcomeOf(
        api->prove(SecureBuffer::copyOf(code == "000000" ? "111111" : "000000")));
    const auto opened = outcomeOf(api->openAuthenticator(*proof));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::WrongSecret);
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
    QVERIFY(outcomeOf(verifySecret(session, SecureBuffer::copyOf(code))));
}

void TestEmailedProof::tooManyWrongCodesLeaveDoubt()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    const auto session = withoutPassword();
    QVERIFY(session);
    const QByteArray code = emailedCode(session).view().toByteArray();
    for (int attempt = 0; attempt < 2; ++attempt) {
        QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
        QVERIFY(!outcomeOf(fetchRecoveryCode(session, SecureBuffer::copyOf("12345"))));
    }
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Uncertain);
    QVERIFY(session->emailedCode()->pause() > 0s);
    const auto right = outcomeOf(fetchRecoveryCode(session, SecureBuffer::copyOf(code)));
    QVERIFY2(!right, "this server takes none any more");
    QCOMPARE(right.error().kind, ErrorKind::WrongSecret);
    QCOMPARE(right.error().serverText, u"Token has expired"_s);
}

void TestEmailedProof::twoRequestsAtOnceEmailOneCode()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::None);
    QSignalSpy changed(session->emailedCode().get(), &EmailedCode::changed);
    Outcome first(requestVerificationCode(session));
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::BeingSent);
    Outcome second(requestVerificationCode(session));
    QVERIFY(first.wait());
    QVERIFY(second.wait());
    QCOMPARE(m_server.emailedCodes().size(), 1);
    QCOMPARE(session->emailedCode()->number(), quint64(1));
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
    QCOMPARE(changed.count(), 2);
}

void TestEmailedProof::codeThatWasLookedWithStillCounts()
{
    QFETCH(const QString, generation);
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto api = std::make_shared<ProviderApi>(session);
    const SecureBuffer code = emailedCode(session);
    const auto opened = outcomeOf(api->openEmail(*outcomeOf(api->prove(code.clone()))));
    QVERIFY(opened);
    if (generation == "token"_L1) {
        QCOMPARE(session->emailedCode()->state(), EmailedCode::State::None);
        QVERIFY(!outcomeOf(verifySecret(session, code.clone())));
        return;
    }
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
    QVERIFY(outcomeOf(verifySecret(session, code.clone())));
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::None);
    QCOMPARE(session->emailedCode()->pause(), 0s);
    QVERIFY2(opened->proof->isExpired(), "the same code was used elsewhere");
}

void TestEmailedProof::newestEmailVoidsTheProofOfAnEarlierOne()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"middle"_s}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openPasskeys(proof));
    QVERIFY(opened && !opened->proof->isExpired());
    const SecureBuffer newest = emailedCode(session);
    QVERIFY(opened->proof->isExpired());
    QCOMPARE(session->emailedCode()->number(), quint64(2));
    const auto asked = m_server.requestedPaths().size();
    const auto off = outcomeOf(api->turnOff(opened->proof, ProviderType::Passkey));
    QVERIFY(!off);
    QCOMPARE(off.error().kind, ErrorKind::ProofExpired);
    QCOMPARE(m_server.requestedPaths().size(), asked);
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
    QVERIFY(outcomeOf(verifySecret(session, newest.clone())));
}

// Vaultwarden does not send another one at once, and the one that waits stays good.
void TestEmailedProof::refusedEmailLeavesTheCodeFromBefore()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    const auto session = withoutPassword();
    QVERIFY(session);
    const SecureBuffer code = emailedCode(session);
    QVERIFY(session->emailedCode()->pause() > 25s);
    const auto again = outcomeOf(requestVerificationCode(session));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Refused);
    QCOMPARE(session->emailedCode()->number(), quint64(1));
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
    QVERIFY(outcomeOf(verifySecret(session, code.clone())));
}

void TestEmailedProof::lostAnswersLeaveDoubt()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    const auto session = withoutPassword();
    QVERIFY(session);
    const auto api = std::make_shared<ProviderApi>(session);
    QVERIFY(
        m_server.setFault(u"/api/accounts/request-otp"_s, u"drop-mid-body"_s, {{u"times"_s, 1}}));
    QVERIFY(!outcomeOf(requestVerificationCode(session)));
    QCOMPARE(m_server.emailedCodes().size(), 1);
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Uncertain);

    SecureBuffer code = emailedCode(session);
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Good);
    QVERIFY(
        m_server.setFault(u"/api/two-factor/get-email"_s, u"drop-mid-body"_s, {{u"times"_s, 1}}));
    QVERIFY(!outcomeOf(api->openEmail(*outcomeOf(api->prove(std::move(code))))));
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::Uncertain);
}

void TestEmailedProof::codeGrowsOld()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    QVERIFY(!emailedCode(session).isEmpty());
    const EmailedCode &code = *session->emailedCode();
    const QDateTime sent = code.sentAt();
    QVERIFY(qAbs(sent.secsTo(QDateTime::currentDateTimeUtc())) < 20);
    QCOMPARE(code.state(sent.addSecs(299)), EmailedCode::State::Good);
    QCOMPARE(code.state(sent.addSecs(300)), EmailedCode::State::Uncertain);
    QCOMPARE(code.state(sent.addSecs(-3600)), EmailedCode::State::Uncertain);
    QCOMPARE(code.pause(sent.addSecs(10)), 20s);
    QCOMPARE(code.pause(sent.addSecs(30)), 0s);
}

void TestEmailedProof::codeThatGrewOldBeforeTheChangeIsAskedForAgain()
{
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openEmail(proof));
    QVERIFY(opened);
    QVERIFY(m_server.expireEmailedCodes());
    QVERIFY(m_server.expireVerifications());
    const auto off = outcomeOf(api->turnOff(opened->proof, ProviderType::Email));
    QVERIFY(!off);
    QCOMPARE(off.error().kind, ErrorKind::ProofExpired);
}

void TestEmailedProof::spentCodeIsNotSentForTheRecoveryCode()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openEmail(proof));
    QVERIFY(opened);
    const auto asked = m_server.requestedPaths().size();
    const auto code = outcomeOf(fetchRecoveryCodeWithProof(session, opened->proof));
    QVERIFY(!code);
    QCOMPARE(code.error().kind, ErrorKind::ProofExpired);
    QCOMPARE(m_server.requestedPaths().size(), asked);
}

void TestEmailedProof::settingsThatNobodyHasChangedCostNoOtherCode()
{
    QFETCH(const QString, generation);
    QVERIFY(m_server.editAccount(u"argon2", {{u"premium"_s, true}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openYubicoOtp(proof));
    QVERIFY(opened);
    const SharedProof used = opened->proof;
    const auto now = outcomeOf(api->yubicoOtpSince(used, opened->details));
    QVERIFY(now);
    QVERIFY(now->unchanged);
    QCOMPARE(now->now.keyIds, opened->details.keyIds);
    const QString first = m_server.touchYubiKey(u"first"_s);
    const auto saved = outcomeOf(api->writeYubicoOtp(used, {first}, true));
    QVERIFY(saved);

    const auto asked = m_server.requestedPaths().size();
    const auto after = outcomeOf(api->yubicoOtpSince(used, *saved));
    if (generation != "token"_L1) {
        QVERIFY2(!after, "the change has used the code up");
        QCOMPARE(after.error().kind, ErrorKind::ProofExpired);
        QCOMPARE(m_server.requestedPaths().size(), asked);
        return;
    }
    // A change of one's own is no change elsewhere.
    QVERIFY(after);
    QVERIFY(after->unchanged);
    QCOMPARE(after->now.keyIds, saved->keyIds);
    QVERIFY(after->now.enabled);
    const QString second = m_server.touchYubiKey(u"second"_s);
    QVERIFY(outcomeOf(api->writeYubicoOtp(used, {saved->keyIds.at(0), second}, true)));
    const auto paths = m_server.requestedPaths();
    QCOMPARE(paths.count(u"POST /api/two-factor/get-yubikey"_s), 1);
    QCOMPARE(m_server.emailedCodes().size(), 1);
}

void TestEmailedProof::settingsChangedElsewhereAreNoticed()
{
    QFETCH(const QString, generation);
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openPasskeys(proof));
    QVERIFY(opened && !opened->details.enabled);
    QVERIFY(m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    auto now = outcomeOf(api->passkeysNow(opened->proof));
    if (generation == "token"_L1) {
        QVERIFY(!now);
        QCOMPARE(now.error().kind, ErrorKind::ProofExpired);
        const auto again = outcomeOf(
            api->openPasskeys(*outcomeOf(api->prove(emailedCode(session)))));
        QVERIFY(again);
        QVERIFY2(!outcomeOf(api->passkeysNow(opened->proof)), "that proof has seen something else");
        now = outcomeOf(api->passkeysNow(again->proof));
    }
    QVERIFY(now);
    QVERIFY(now->enabled);
    QCOMPARE(now->keys.size(), 2);
}

void TestEmailedProof::ownChallengeForAKeyIsNoChangeElsewhere()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    QVERIFY(m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    const auto opened = outcomeOf(api->openPasskeys(proof));
    QVERIFY(opened);
    QCOMPARE(opened->details.keys.size(), 2);
    const auto before = outcomeOf(fetchRevisionDate(session));
    QVERIFY(before);
    const auto begun = outcomeOf(api->beginPasskey(opened->proof));
    QVERIFY(begun || begun.error().kind != ErrorKind::ProofExpired);
    QVERIFY2(*outcomeOf(fetchRevisionDate(session)) > *before, "nothing would be shown by this");
    QVERIFY(outcomeOf(api->passkeysNow(opened->proof)));
    QVERIFY(outcomeOf(api->removePasskey(opened->proof, 1, opened->details)));
    const auto now = outcomeOf(api->passkeysNow(opened->proof));
    QVERIFY(now);
    QCOMPARE(now->keys.size(), 1);
    QCOMPARE(now->keys.first().name, u"Desk key"_s);
}

void TestEmailedProof::changeElsewhereBeforeTheChallengeIsNoticed()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openPasskeys(proof));
    QVERIFY(opened);
    QVERIFY(m_server.editAccount(u"argon2", {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    (void)outcomeOf(api->beginPasskey(opened->proof));
    const auto now = outcomeOf(api->passkeysNow(opened->proof));
    QVERIFY(!now);
    QCOMPARE(now.error().kind, ErrorKind::ProofExpired);
}

// Or the change would want one code after the other.
void TestEmailedProof::serverThatTellsNoRevisionDateAsksForOneCode()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    QVERIFY(m_server.setFault(u"/api/accounts/revision-date"_s, u"server-error"_s,
                              {{u"status"_s, 404}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openPasskeys(proof));
    QVERIFY(opened);
    QVERIFY(outcomeOf(api->passkeysNow(opened->proof)));
}

void TestEmailedProof::lostRevisionDateIsTold()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openPasskeys(proof));
    QVERIFY(opened);
    QVERIFY(
        m_server.setFault(u"/api/accounts/revision-date"_s, u"server-error"_s, {{u"times"_s, 1}}));
    const auto now = outcomeOf(api->passkeysNow(opened->proof));
    QVERIFY(!now);
    QCOMPARE(now.error().kind, ErrorKind::ServerFailure);
    QVERIFY(outcomeOf(api->passkeysNow(opened->proof)));
}

// What was seen before the change says nothing of what became of it.
void TestEmailedProof::lostChangeIsNotGuessedAtWithoutARevisionDate()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"token"_s}}));
    QVERIFY(m_server.setFault(u"/api/accounts/revision-date"_s, u"server-error"_s,
                              {{u"status"_s, 404}}));
    const auto [session, api, proof] = proven();
    QVERIFY(proof);
    const auto opened = outcomeOf(api->openYubicoOtp(proof));
    QVERIFY(opened);
    QVERIFY(m_server.setFault(u"/api/two-factor/yubikey"_s, u"drop-mid-body"_s, {{u"times"_s, 1}}));
    const auto written = outcomeOf(
        api->writeYubicoOtp(opened->proof, {m_server.touchYubiKey(u"lost"_s)}, false));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::OutcomeUnknown);
    QVERIFY(!written.error().nothingChanged);
}

void TestEmailedProof::serverWithoutEmailSaysSo()
{
    QVERIFY(m_server.changeSettings({{u"generation"_s, u"classic"_s}}));
    const auto session = withoutPassword();
    QVERIFY(session);
    QVERIFY(m_server.changeSettings({{u"mailServer"_s, false}}));
    const auto sent = outcomeOf(requestVerificationCode(session));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::EmailNotSetUp);
    QCOMPARE(session->emailedCode()->state(), EmailedCode::State::None);
}

void TestEmailedProof::emailedCodeUnlocksOnce()
{
    const auto session = withoutPassword();
    QVERIFY(session);
    const SecureBuffer code = emailedCode(session);
    QVERIFY(outcomeOf(verifySecret(session, code.clone())));
    const auto again = outcomeOf(verifySecret(session, code.clone()));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::WrongSecret);
}

QTEST_GUILESS_MAIN(TestEmailedProof)
#include "tst_emailedproof.moc"
