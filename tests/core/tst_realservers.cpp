// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/identityapi.h"
#include "core/account/policies.h"
#include "core/account/profile.h"
#include "core/api/serveranswer.h"
#include "core/twofactor/providerdetails.h"
#include "core/twofactor/providererrors.h"
#include "core/twofactor/twofactorapi.h"
#include "core/twofactor/unsupportedproviders.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"
#include "tests/core/answers.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

/// What real servers answered, kept in tests/fixtures/<server>-<protocol version>/ with secrets
/// cut out, read by the code that reads it in the program.
class TestRealServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsIn();
    void tellsWhyItDoesNotSignIn();
    void refusesCodes();
    void emailsCodes();
    void remembersTheDevice();
    void signsInWithTheRecoveryCode();
    void saysWhenNoMethodWorks();
    void listsProviders();
    void givesTheRecoveryCode();
    void opensProviders();
    void asksKeys();
    void refusesChangesOfProviders();
    void turnsAProviderOff();
    void saysWhoseAccountItIs();
    void tellsPolicies();
    void tellsWhatItCannotDo();
    void endsSessions();

private:
    static HttpAnswer recorded(const char *name);
};

HttpAnswer TestRealServers::recorded(const char *name)
{
    QFile file(QStringLiteral(FIXTURES "/vaultwarden-2026.6.0/") + QLatin1StringView(name)
               + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", name);
    const auto fixture = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonValue body = fixture.value("body"_L1);
    // Some answers say nothing.
    return answerOf(fixture.value("status"_L1).toInt(),
                    body.isString() ? body.toString().toUtf8()
                                    : QJsonDocument(body.toObject()).toJson());
}

void TestRealServers::signsIn()
{
    const auto prelogin = preloginFrom(recorded("prelogin"), u" Paper@Example.com "_s);
    QVERIFY(prelogin);
    QCOMPARE(prelogin->kdf.type, KdfType::Pbkdf2Sha256);
    QCOMPARE(prelogin->kdf.iterations, 600'000);
    QCOMPARE(prelogin->salt, u"paper@example.com"_s);

    const auto granted = passwordGrantFrom(recorded("token"));
    QVERIFY(granted);
    const auto *tokens = std::get_if<Tokens>(&*granted);
    QVERIFY(tokens);
    QVERIFY(tokens->access.equals("ACCESS.TOKEN.TRIMMED"));
    QVERIFY(tokens->refresh.equals("REFRESH.TOKEN.TRIMMED"));
}

void TestRealServers::tellsWhyItDoesNotSignIn()
{
    const auto wrong = passwordGrantFrom(recorded("token-wrong-password"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::WrongCredentials);

    const auto challenged = passwordGrantFrom(recorded("token-second-step"));
    QVERIFY(challenged);
    QVERIFY(std::holds_alternative<SecondStepChallenge>(*challenged));
}

void TestRealServers::refusesCodes()
{
    for (const char *name :
         {"token-wrong-code", "token-authenticator-code-again", "token-wrong-email-code",
          "token-email-code-again", "token-wrong-recovery-code", "token-yubikey-wrong-code",
          "token-yubikey-of-another-account", "token-passkey-too-late", "token-duo-too-late"}) {
        const auto wrong = passwordGrantFrom(recorded(name), true);
        QVERIFY2(!wrong, name);
        QCOMPARE(wrong.error().kind, ErrorKind::WrongCode);
    }
    // A code for a method that is off brings the challenge again.
    const auto challenged = passwordGrantFrom(recorded("token-method-off"), true);
    QVERIFY(challenged);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*challenged);
    QVERIFY(challenge);
    QCOMPARE(challenge->offered, QList<ProviderType>({ProviderType::Authenticator}));
    const Error email = errorFrom(recorded("send-email-login-off"));
    QCOMPARE(email.kind, ErrorKind::Refused);
    QCOMPARE(email.serverText, u"Email 2FA is disabled"_s);
}

void TestRealServers::emailsCodes()
{
    const auto granted = passwordGrantFrom(recorded("token-second-step-email"));
    const auto *challenge = granted ? std::get_if<SecondStepChallenge>(&*granted) : nullptr;
    QVERIFY(challenge);
    QCOMPARE(challenge->offered, QList<ProviderType>({ProviderType::Email}));
    QCOMPARE(challenge->maskedEmail, u"co***@example.com"_s);
    for (const char *name : {"send-email", "send-email-login"}) {
        QVERIFY2(recorded(name).isSuccess(), name);
        QVERIFY2(recorded(name).body.isEmpty(), name);
    }
}

void TestRealServers::remembersTheDevice()
{
    const auto asked = passwordGrantFrom(recorded("token-remember"), true);
    const auto *tokens = asked ? std::get_if<Tokens>(&*asked) : nullptr;
    QVERIFY(tokens);
    QVERIFY(tokens->remember.equals("REMEMBER.TOKEN.TRIMMED"));
    // The one that was sent stays good: there is no new one.
    const auto remembered = passwordGrantFrom(recorded("token-remembered"));
    tokens = remembered ? std::get_if<Tokens>(&*remembered) : nullptr;
    QVERIFY(tokens);
    QVERIFY(tokens->remember.isEmpty());

    for (const char *name : {"token-second-step-two", "token-remember-refused"}) {
        const auto refused = passwordGrantFrom(recorded(name));
        const auto *challenge = refused ? std::get_if<SecondStepChallenge>(&*refused) : nullptr;
        QVERIFY2(challenge, name);
        QCOMPARE(challenge->offered,
                 QList<ProviderType>({ProviderType::Authenticator, ProviderType::Email}));
    }
}

void TestRealServers::signsInWithTheRecoveryCode()
{
    const auto granted = passwordGrantFrom(recorded("token-recovered"), true);
    QVERIFY(granted);
    QVERIFY(std::holds_alternative<Tokens>(*granted));
    const auto off = providerStatesFrom(recorded("two-factor-recovered"));
    QVERIFY(off);
    QVERIFY(off->isEmpty());
    // The next one is made when a method is turned on.
    const auto code = recoveryCodeFrom(recorded("get-recover-recovered"));
    QVERIFY(code);
    QVERIFY(code->isEmpty());
}

void TestRealServers::saysWhenNoMethodWorks()
{
    const auto refused = passwordGrantFrom(recorded("token-no-usable-method"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QVERIFY(!refused.error().serverText.isEmpty());
    // Other methods may be on, and the recovery code would be taken.
    const auto noDuo = passwordGrantFrom(recorded("token-duo-unreachable"));
    const auto *challenge = noDuo ? std::get_if<SecondStepChallenge>(&*noDuo) : nullptr;
    QVERIFY(challenge);
    QVERIFY(challenge->duoUnreachable);
    QCOMPARE(challenge->offered,
             QList<ProviderType>({ProviderType::Duo, ProviderType::Authenticator,
                                  ProviderType::YubicoOtp, ProviderType::Email}));
    QVERIFY(challenge->duoAuthUrl.isEmpty());
    // The same answer comes to a code for a method that is off.
    for (const bool withCode : {false, true}) {
        const auto noKey = passwordGrantFrom(recorded("token-passkeys-without-key"), withCode);
        challenge = noKey ? std::get_if<SecondStepChallenge>(&*noKey) : nullptr;
        QVERIFY(challenge);
        QVERIFY(challenge->passkeysWithoutKey);
        QVERIFY(!challenge->usable().contains(ProviderType::Passkey));
    }
    const auto yubico = passwordGrantFrom(recorded("token-second-step-yubikey"));
    challenge = yubico ? std::get_if<SecondStepChallenge>(&*yubico) : nullptr;
    QVERIFY(challenge);
    QCOMPARE(challenge->offered, QList<ProviderType>({ProviderType::YubicoOtp}));
}

void TestRealServers::listsProviders()
{
    const auto none = providerStatesFrom(recorded("two-factor-none"));
    QVERIFY(none);
    QVERIFY(none->isEmpty());
    const auto one = providerStatesFrom(recorded("two-factor"));
    QVERIFY(one);
    QCOMPARE(one->size(), 1);
    QVERIFY(one->value(ProviderType::Authenticator));
}

void TestRealServers::givesTheRecoveryCode()
{
    const auto code = recoveryCodeFrom(recorded("get-recover"));
    QVERIFY(code);
    QVERIFY(code->equals("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
    const auto none = recoveryCodeFrom(recorded("get-recover-none"));
    QVERIFY(none);
    QVERIFY(none->isEmpty());
    const auto refused = recoveryCodeFrom(recorded("get-recover-wrong"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::WrongSecret);
    QCOMPARE(refused.error().serverText, u"Invalid password"_s);
}

void TestRealServers::asksKeys()
{
    const QUrl webVault(u"http://localhost:8233"_s);
    const auto registration = passkeyRegistrationFrom(*jsonFrom(recorded("get-webauthn-challenge")),
                                                      webVault);
    QVERIFY(registration);
    QCOMPARE(registration->request.rpId, u"localhost"_s);
    QCOMPARE(registration->request.userDisplayName, u"Paper Tester"_s);
    QCOMPARE(registration->request.algorithms, (QList<int>{-7, -257}));
    QVERIFY(registration->request.clientDataJson.contains(
        "\"challenge\":\"e05bU3602rlzTR8QiIrjRU5sDrBCDjNuHdzj0H06hzs\""));
    QCOMPARE(registration->request.userVerification, UserVerification::Discouraged);
    QVERIFY(!registration->attestationWanted);
    QCOMPARE(writeErrorFrom(recorded("put-webauthn-refused")).kind, ErrorKind::Refused);

    const auto passkeys = passkeysFrom(recorded("get-webauthn-on"));
    QVERIFY(passkeys);
    QCOMPARE(passkeys->keys.size(), 4);
    const auto granted = passwordGrantFrom(recorded("token-second-step-webauthn"));
    const auto *challenge = granted ? std::get_if<SecondStepChallenge>(&*granted) : nullptr;
    QVERIFY(challenge);
    const auto assertion = passkeyAssertionFrom(challenge->passkeyOptions, webVault);
    QVERIFY(assertion);
    QCOMPARE(assertion->request.allowCredentials.size(), 4);
    QCOMPARE(assertion->request.appId, u"http://localhost:8233/app-id.json"_s);
    // The same server under another address is another one.
    QCOMPARE(passkeyAssertionFrom(challenge->passkeyOptions, QUrl(u"https://vault.example.com"_s))
                 .error()
                 .kind,
             ErrorKind::OtherRelyingParty);
}

void TestRealServers::opensProviders()
{
    for (const char *name :
         {"get-authenticator-off", "get-authenticator-on", "put-authenticator"}) {
        const auto authenticator = authenticatorFrom(recorded(name));
        QVERIFY2(authenticator, name);
        QCOMPARE(authenticator->enabled, QByteArrayView(name) != "get-authenticator-off");
        QVERIFY(authenticator->key.equals("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));
        QVERIFY(verificationTokenFrom(recorded(name))->isEmpty());
    }
    const auto noEmail = emailFrom(recorded("get-email-off"));
    QVERIFY(noEmail);
    QVERIFY(!noEmail->enabled);
    QVERIFY(noEmail->address.isEmpty());
    // Writing answers with a text for the boolean, reading with a boolean.
    for (const char *name : {"put-email", "get-email-on"}) {
        const auto email = emailFrom(recorded(name));
        QVERIFY2(email, name);
        QVERIFY(email->enabled);
        QCOMPARE(email->address, u"codes@example.com"_s);
    }
    const auto passkeys = passkeysFrom(recorded("get-webauthn-off"));
    QVERIFY(passkeys);
    QVERIFY(!passkeys->enabled);
    QVERIFY(passkeys->keys.isEmpty());
    const auto duo = duoFrom(recorded("get-duo-off"));
    QVERIFY(duo);
    QVERIFY(!duo->enabled);
    QVERIFY(duo->host.isEmpty());
    QVERIFY(!duo->setUpForAll);
    for (const char *name :
         {"get-duo-set-up-for-all", "put-duo-set-up-for-all", "get-duo-set-up-for-all-on"}) {
        const auto ofAll = duoFrom(recorded(name));
        QVERIFY2(ofAll, name);
        QVERIFY(ofAll->setUpForAll);
        QCOMPARE(ofAll->enabled, QByteArrayView(name) != "get-duo-set-up-for-all");
        QVERIFY(ofAll->clientId.isEmpty());
        QVERIFY(ofAll->maskedSecret.isEmpty());
        QVERIFY(ofAll->host.isEmpty());
    }
}

void TestRealServers::refusesChangesOfProviders()
{
    QCOMPARE(writeErrorFrom(recorded("put-authenticator-wrong-code")).kind, ErrorKind::WrongCode);
    QCOMPARE(writeErrorFrom(recorded("put-email-wrong-code")).kind, ErrorKind::WrongCode);
    QCOMPARE(writeErrorFrom(recorded("put-yubikey-wrong-code")).kind, ErrorKind::WrongCode);
    QCOMPARE(writeErrorFrom(recorded("put-disable-wrong-password")).kind, ErrorKind::ProofExpired);
    QCOMPARE(readErrorFrom(recorded("get-email-wrong-password")).kind, ErrorKind::WrongSecret);
    const auto unavailable = readErrorFrom(recorded("get-yubikey-unavailable"));
    QCOMPARE(unavailable.kind, ErrorKind::YubicoNotSetUp);
    QVERIFY(unavailable.serverText.text().contains(u"Yubikey OTP Disabled"_s));
    QCOMPARE(writeErrorFrom(recorded("send-email-login-off")).kind, ErrorKind::EmailNotSetUp);
    const auto duo = writeErrorFrom(recorded("put-duo-refused"));
    QCOMPARE(duo.kind, ErrorKind::Refused);
    QCOMPARE(duo.serverText, u"Failed to validate Duo credentials"_s);
}

void TestRealServers::saysWhoseAccountItIs()
{
    const auto profile = profileFrom(recorded("profile"));
    QVERIFY(profile);
    QCOMPARE(profile->name, u"Paper Tester"_s);
    QVERIFY(profile->premium);
}

void TestRealServers::turnsAProviderOff()
{
    const auto fields = jsonFrom(recorded("put-disable"));
    QVERIFY(fields);
    QCOMPARE(fields->boolean(u"enabled"), false);
    QCOMPARE(fields->number(u"type"), qint64(ProviderType::Authenticator));
}

void TestRealServers::tellsPolicies()
{
    const QString organization = u"202d6de5-32f8-4080-9ed7-e3d2d1df0b22"_s;
    QCOMPARE(twoStepRequiredFrom(recorded("sync"), {organization}).value(), true);
    QCOMPARE(twoStepRequiredFrom(recorded("sync"), {}).value(), false);
}

// Without a mail server and credentials at Yubico.
void TestRealServers::tellsWhatItCannotDo()
{
    const HttpAnswer sheet = recorded("vaultwarden-css");
    QCOMPARE(unsupportedProvidersFrom(sheet.body.view()),
             (ProviderSet{ProviderType::Email, ProviderType::YubicoOtp}));
}

void TestRealServers::endsSessions()
{
    QVERIFY(refreshFrom(recorded("refresh")));
    const auto refused = refreshFrom(recorded("refresh-refused"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::SessionExpired);
    QCOMPARE(errorFrom(recorded("unauthorized")).kind, ErrorKind::SessionExpired);
}

QTEST_GUILESS_MAIN(TestRealServers)
#include "tst_realservers.moc"
