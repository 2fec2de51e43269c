// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/providerapi.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"

#include "tests/authenticator/ceremonies.h"
#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

// Few iterations, so that many sign-ins take seconds.
const QString role = u"weak-kdf"_s;

} // namespace

// From the server's challenge over a key to the server's verdict, on every generation.
class TestPasskeys : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void registersWhereTransportsAreDemanded();
    void registersASecondKeyWithTheTokenOfTheFirst();
    void beginningARegistrationBringsARecoveryCode();
    void registersListsSignsInAndRemoves_data();
    void registersListsSignsInAndRemoves();
    void registersWhatTheServerTakes_data();
    void registersWhatTheServerTakes();
    void signsInWithEitherOfTwoKeys();
    void isRefusedWithACopyOfTheKey();
    void isRefusedWithAnOldChallenge();
    void isRefusedWhereTheChallengeIsVoid_data();
    void isRefusedWhereTheChallengeIsVoid();
    void asksNoKeyForAnotherSite();
    void asksNoKeyWithoutAChallenge();
    void excludesTheKeysOfTheAccount();
    void findsOutWhatBecameOfARegistration();
    void tellsThatThereAreKeysEnough();

private:
    void start(const QString &generation);
    SharedProof proof();
    OpenedProvider<PasskeyDetails> open();
    Result<void> registerKey(const HidFront &port, const QString &name, const QByteArray &pin = {});
    /// @return the challenge, with which `answerWithKey` goes on.
    SecondStepChallenge signInAgain();
    QUrl webVault() const { return m_session->account().environment.webVault; }
    Result<SignInOutcome> submitToken(SecureBuffer token);
    Result<SignInOutcome> answerWithKey(const HidFront &port, const QByteArray &pin = {});

    std::shared_ptr<Session> m_session;
    std::shared_ptr<ProviderApi> m_api;
    std::shared_ptr<SignIn> m_signIn;
};

void TestPasskeys::initTestCase()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    startServer();
}

void TestPasskeys::start(const QString &generation)
{
    resetServer();
    QVERIFY(m_server.changeSettings(
        {{u"generation"_s, generation}, {u"passkeyOptions"_s, QJsonObject()}}));
    auto request = quickSignInRequest(m_server, m_server.account(role));
    m_session = sessionOf(signInWith(std::move(request)));
    QVERIFY(m_session);
    m_api = std::make_shared<ProviderApi>(m_session);
}

SharedProof TestPasskeys::proof()
{
    const QString password = m_server.account(role).password;
    return outcomeOf(m_api->prove(SecureBuffer::fromText(password))).value();
}

OpenedProvider<PasskeyDetails> TestPasskeys::open()
{
    return outcomeOf(m_api->openPasskeys(proof())).value();
}

Result<void> TestPasskeys::registerKey(const HidFront &port, const QString &name,
                                       const QByteArray &pin)
{
    auto opened = open();
    const auto begun = outcomeOf(m_api->beginPasskey(opened.proof));
    if (!begun)
        return fail(begun.error());
    MakeCredentialReply reply;
    if (const int code = makeCredential(port, begun->request, pin, reply); code != FIDO_OK)
        return fail({.kind = ErrorKind::KeyFailure, .count = code});
    const auto response = deviceResponse(*begun, reply);
    if (!response)
        return fail(response.error());
    const auto added = outcomeOf(
        m_api->addPasskey(opened.proof, opened.details, opened.details.next(name), *response));
    return added ? Result<void>() : fail(added.error());
}

SecondStepChallenge TestPasskeys::signInAgain()
{
    auto request = quickSignInRequest(m_server, m_server.account(role));
    m_signIn = std::make_shared<SignIn>(std::move(request),
                                        std::make_shared<HttpTransport>(QList<QSslCertificate>(),
                                                                        patient()));
    const auto outcome = outcomeOf(m_signIn->start());
    const auto *challenge = outcome ? std::get_if<SecondStepChallenge>(&*outcome) : nullptr;
    return challenge != nullptr ? *challenge : SecondStepChallenge();
}

Result<SignInOutcome> TestPasskeys::submitToken(SecureBuffer token)
{
    return outcomeOf(m_signIn->submitSecondStep(
        {.type = ProviderType::Passkey, .token = std::move(token), .remember = false}));
}

Result<SignInOutcome> TestPasskeys::answerWithKey(const HidFront &port, const QByteArray &pin)
{
    const auto assertion = passkeyAssertionFrom(signInAgain().passkeyOptions, webVault());
    if (!assertion)
        return fail(assertion.error());
    GetAssertionReply reply;
    if (const int code = getAssertion(port, assertion->request, pin, reply); code != FIDO_OK)
        return fail({.kind = ErrorKind::KeyFailure, .count = code});
    auto token = passkeyToken(*assertion, reply);
    if (!token)
        return fail(token.error());
    return submitToken(std::move(*token));
}

void TestPasskeys::registersListsSignsInAndRemoves_data()
{
    eachGeneration();
}

void TestPasskeys::registersListsSignsInAndRemoves()
{
    QFETCH(QString, generation);
    start(generation);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Blue \"key\""_s));

    auto opened = open();
    QVERIFY(opened.details.enabled);
    QCOMPARE(opened.details.keys.size(), 1);
    QCOMPARE(opened.details.keys.first().id, 1);
    QCOMPARE(opened.details.keys.first().name, u"Blue \"key\""_s);
    QVERIFY(!opened.details.keys.first().migrated);

    for (int round = 0; round < 3; ++round) {
        const auto outcome = answerWithKey(port);
        QVERIFY(sessionOf(outcome));
    }

    HidFront spare(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(spare, u"Spare"_s));
    opened = open();
    QCOMPARE(opened.details.keys.size(), 2);
    QVERIFY(outcomeOf(m_api->removePasskey(opened.proof, 1, opened.details)));
    opened = open();
    QCOMPARE(opened.details.keys.size(), 1);
    QCOMPARE(opened.details.keys.first().id, 2);
    QVERIFY(outcomeOf(m_api->removePasskey(opened.proof, 2, opened.details)));
    QVERIFY(!open().details.enabled);
}

void TestPasskeys::registersWhereTransportsAreDemanded()
{
    start(u"fido4"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Blue"_s));
    QCOMPARE(open().details.keys.size(), 1);
    QVERIFY(sessionOf(answerWithKey(port)));

    // Without either the server refuses.
    for (const QString &member : {u"transports"_s, u"clientExtensionResults"_s}) {
        auto opened = open();
        const auto begun = outcomeOf(m_api->beginPasskey(opened.proof));
        QVERIFY(begun);
        HidFront other(std::make_shared<SoftwareKey>());
        MakeCredentialReply reply;
        QCOMPARE(makeCredential(other, begun->request, {}, reply), FIDO_OK);
        QJsonObject response = *deviceResponse(*begun, reply);
        QJsonObject inner = response.value(u"response"_s).toObject();
        inner.remove(member);
        response.insert(u"response"_s, inner);
        response.remove(member);
        const auto added = outcomeOf(
            m_api->addPasskey(opened.proof, opened.details, opened.details.next(member), response));
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::PasskeyRefused);
        QVERIFY2(added.error().serverText.text().contains(member, Qt::CaseInsensitive),
                 qPrintable(added.error().serverText));
    }
}

void TestPasskeys::registersASecondKeyWithTheTokenOfTheFirst()
{
    // Its tokens are good only while the method is as it was.
    start(u"nested"_s);
    auto opened = open();
    for (const QString &name : {u"First"_s, u"Second"_s}) {
        const auto begun = outcomeOf(m_api->beginPasskey(opened.proof));
        QVERIFY2(begun, qPrintable(name));
        HidFront port(std::make_shared<SoftwareKey>());
        MakeCredentialReply reply;
        QCOMPARE(makeCredential(port, begun->request, {}, reply), FIDO_OK);
        const auto added = outcomeOf(m_api->addPasskey(opened.proof, opened.details,
                                                       opened.details.next(name),
                                                       *deviceResponse(*begun, reply)));
        QVERIFY2(added, qPrintable(name));
        opened.details = *added;
    }
    QCOMPARE(opened.details.keys.size(), 2);
    QVERIFY(outcomeOf(m_api->removePasskey(opened.proof, 1, opened.details)));
    QCOMPARE(open().details.keys.size(), 1);
    // Once the token has grown old, the password is asked for.
    QVERIFY(m_server.expireVerifications());
    const auto late = outcomeOf(m_api->beginPasskey(opened.proof));
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::ProofExpired);
}

void TestPasskeys::beginningARegistrationBringsARecoveryCode()
{
    start(u"token"_s);
    QVERIFY(m_server.editAccount(role, {{u"recoveryCode"_s, QJsonValue::Null}}));
    HidFront port(std::make_shared<SoftwareKey>());
    auto opened = open();
    const auto begun = outcomeOf(m_api->beginPasskey(opened.proof));
    QVERIFY(begun);
    // Official servers keep the challenge with the account, and a recovery code is made with that.
    QVERIFY(!m_server.accountState(role)["recoveryCode"_L1].isNull());
    MakeCredentialReply reply;
    QCOMPARE(makeCredential(port, begun->request, {}, reply), FIDO_OK);
    const QJsonObject response = *deviceResponse(*begun, reply);
    const QJsonArray transports = response["response"_L1]["transports"_L1].toArray();
    QCOMPARE(transports, QJsonArray::fromStringList(reply.transports));
    const Passkey first = opened.details.next(u"First"_s);
    const auto added = outcomeOf(m_api->addPasskey(opened.proof, opened.details, first, response));
    QVERIFY(added);
    QVERIFY(added->has(first));
}

void TestPasskeys::registersWhatTheServerTakes_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<int>("attestation");
    QTest::addColumn<bool>("attestationWanted");
    QTest::addColumn<QByteArray>("pin");
    using Attestation = SoftwareKeyTraits::Attestation;
    for (const char *generation : {"classic", "token"}) {
        for (const int algorithm : {Cose::Es256, Cose::EdDsa}) {
            // This Vaultwarden takes no Ed25519.
            if (generation == "classic"_ba && algorithm == Cose::EdDsa)
                continue;
            for (const auto attestation :
                 {Attestation::None, Attestation::PackedSelf, Attestation::PackedCertificate}) {
                for (const bool wanted : {false, true}) {
                    for (const auto &pin : {""_ba, "2468"_ba}) {
                        QTest::addRow("%s, algorithm %d, attestation %d %s, PIN '%s'", generation,
                                      algorithm, static_cast<int>(attestation),
                                      wanted ? "wanted" : "left out", pin.constData())
                            << QString::fromLatin1(generation) << algorithm
                            << static_cast<int>(attestation) << wanted << pin;
                    }
                }
            }
        }
    }
}

void TestPasskeys::registersWhatTheServerTakes()
{
    QFETCH(QString, generation);
    QFETCH(int, algorithm);
    QFETCH(int, attestation);
    QFETCH(bool, attestationWanted);
    QFETCH(QByteArray, pin);
    start(generation);
    QVERIFY(m_server.changeSettings(
        {{u"passkeyOptions"_s,
          QJsonObject{{u"attestation"_s, attestationWanted ? u"direct"_s : u"none"_s},
                      {u"pubKeyCredParams"_s,
                       QJsonArray{
                           QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, algorithm}}}}}}}));
    SoftwareKeyTraits traits;
    traits.attestation = static_cast<SoftwareKeyTraits::Attestation>(attestation);
    HidFront port(std::make_shared<SoftwareKey>(traits));
    port.key().setPin(QString::fromLatin1(pin));
    QVERIFY(registerKey(port, u"Key"_s, pin));
    QVERIFY(sessionOf(answerWithKey(port, pin)));
}

void TestPasskeys::signsInWithEitherOfTwoKeys()
{
    start(u"token"_s);
    HidFront one(std::make_shared<SoftwareKey>());
    SoftwareKeyTraits old;
    old.ctap2 = false;
    HidFront other(std::make_shared<SoftwareKey>(old));
    HidFront stranger(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(one, u"One"_s));
    QVERIFY(registerKey(other, u"Other"_s));
    QVERIFY(sessionOf(answerWithKey(one)));
    QVERIFY(sessionOf(answerWithKey(other)));
    QCOMPARE(answerWithKey(stranger).error().count, FIDO_ERR_NO_CREDENTIALS);
}

void TestPasskeys::isRefusedWithACopyOfTheKey()
{
    start(u"token"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Key"_s));
    // The copy counts from where it was made.
    QVERIFY(sessionOf(answerWithKey(port)));
    port.key().rewindCounters();
    QCOMPARE(answerWithKey(port).error().kind, ErrorKind::WrongCode);
}

void TestPasskeys::isRefusedWithAnOldChallenge()
{
    start(u"token"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Key"_s));
    const auto old = passkeyAssertionFrom(signInAgain().passkeyOptions, webVault());
    GetAssertionReply reply;
    QCOMPARE(getAssertion(port, old->request, {}, reply), FIDO_OK);
    (void)signInAgain();
    QCOMPARE(submitToken(std::move(*passkeyToken(*old, reply))).error().kind, ErrorKind::WrongCode);
}

void TestPasskeys::isRefusedWhereTheChallengeIsVoid_data()
{
    registersListsSignsInAndRemoves_data();
}

void TestPasskeys::isRefusedWhereTheChallengeIsVoid()
{
    QFETCH(QString, generation);
    start(generation);
    HidFront port(std::make_shared<SoftwareKey>());
    auto opened = open();
    const auto first = outcomeOf(m_api->beginPasskey(opened.proof));
    QVERIFY(first);
    QVERIFY(outcomeOf(m_api->beginPasskey(opened.proof)));
    MakeCredentialReply reply;
    QCOMPARE(makeCredential(port, first->request, {}, reply), FIDO_OK);
    const auto response = deviceResponse(*first, reply);
    const auto added = outcomeOf(
        m_api->addPasskey(opened.proof, opened.details, opened.details.next(u"Key"_s), *response));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::PasskeyRefused);
    QVERIFY(open().details.keys.isEmpty());
}

void TestPasskeys::asksNoKeyForAnotherSite()
{
    start(u"token"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Key"_s));
    QVERIFY(m_server.changeSettings(
        {{u"passkeyOptions"_s,
          QJsonObject{{u"rpId"_s, u"bank.example"_s},
                      {u"rp"_s, QJsonObject{{u"id"_s, u"bank.example"_s}}}}}}));
    const auto registration = outcomeOf(m_api->beginPasskey(open().proof));
    QCOMPARE(registration.error().kind, ErrorKind::OtherRelyingParty);
    QCOMPARE(registration.error().subject, u"bank.example"_s);
    QCOMPARE(QUrl(registration.error().counterpart).host(), u"127.0.0.1"_s);
    QCOMPARE(answerWithKey(port).error().kind, ErrorKind::OtherRelyingParty);
}

void TestPasskeys::asksNoKeyWithoutAChallenge()
{
    start(u"token"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Key"_s));
    QVERIFY(m_server.changeSettings({{u"passkeyOptions"_s, QJsonObject{{u"challenge"_s, u""_s}}}}));
    QCOMPARE(outcomeOf(m_api->beginPasskey(open().proof)).error().kind,
             ErrorKind::PasskeyRequestInvalid);
    QCOMPARE(answerWithKey(port).error().kind, ErrorKind::PasskeyRequestInvalid);
}

void TestPasskeys::excludesTheKeysOfTheAccount()
{
    start(u"token"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    QVERIFY(registerKey(port, u"Key"_s));
    QCOMPARE(registerKey(port, u"Again"_s).error().count, FIDO_ERR_CREDENTIAL_EXCLUDED);
    QCOMPARE(open().details.keys.size(), 1);
}

void TestPasskeys::findsOutWhatBecameOfARegistration()
{
    start(u"token"_s);
    HidFront port(std::make_shared<SoftwareKey>());
    // The answer is cut off, after the key was saved.
    QVERIFY(m_server.setFault(u"/api/two-factor/webauthn"_s, u"truncated"_s, {{u"times"_s, 1}}));
    QVERIFY(registerKey(port, u"Key"_s));
    QCOMPARE(open().details.keys.size(), 1);
    QVERIFY(sessionOf(answerWithKey(port)));
}

void TestPasskeys::tellsThatThereAreKeysEnough()
{
    start(u"token"_s);
    for (int count = 0; count < 5; ++count) {
        HidFront port(std::make_shared<SoftwareKey>());
        QVERIFY(registerKey(port, QString::number(count)));
    }
    const auto sixth = outcomeOf(m_api->beginPasskey(open().proof));
    QCOMPARE(sixth.error().kind, ErrorKind::TooManyPasskeys);
    QVERIFY(sixth.error().serverText.text().contains(u"Maximum"_s));
}

QTEST_GUILESS_MAIN(TestPasskeys)
#include "tst_passkeys.moc"
