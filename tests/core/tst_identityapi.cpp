// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/identityapi.h"

#include "tests/core/answers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestIdentityApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePreloginOfEveryGeneration_data();
    void readsThePreloginOfEveryGeneration();
    void takesTheServersSaltIfItGivesOne();
    void refusesPreloginsWithoutAKdf_data();
    void refusesPreloginsWithoutAKdf();
    void refusesAKdfThatItDoesNotKnow();
    void opensTheSecondStepWherePasskeysHaveNoKey();
    void knowsWhichChallengesCanBeAnswered();
    void tellsPreloginErrors_data();
    void tellsPreloginErrors();
    void readsTokens();
    void refusesTokensThatAreNone_data();
    void refusesTokensThatAreNone();
    void listsTheOfferedSecondSteps_data();
    void listsTheOfferedSecondSteps();
    void seesThatANewDeviceMustBeConfirmed_data();
    void seesThatANewDeviceMustBeConfirmed();
    void tellsWrongCredentialsFromOtherRefusals_data();
    void tellsWrongCredentialsFromOtherRefusals();
    void endsTheSessionWhenARefreshIsRefused();
    void keepsTheSessionWhenARefreshFailsOtherwise_data();
    void keepsTheSessionWhenARefreshFailsOtherwise();
};

void TestIdentityApi::readsThePreloginOfEveryGeneration_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("type");
    QTest::addColumn<QList<qint64>>("values");
    using Values = QList<qint64>;
    QTest::newRow("nested and flat")
        << R"({"kdf":1,"kdfIterations":3,"kdfMemory":64,"kdfParallelism":4,
               "kdfSettings":{"kdfType":1,"iterations":3,"memory":64,"parallelism":4},
               "salt":null})"_ba
        << 1 << Values{3, 64, 4};
    QTest::newRow("nested wins") << R"({"kdf":0,"kdfIterations":5000,
               "kdfSettings":{"kdfType":1,"iterations":6,"memory":32,"parallelism":4}})"_ba
                                 << 1 << Values{6, 32, 4};
    QTest::newRow("flat") << R"({"kdf":0,"kdfIterations":600000,"kdfMemory":null,
                                 "kdfParallelism":null})"_ba
                          << 0 << Values{600'000, 0, 0};
    QTest::newRow("PascalCase") << R"({"Kdf":1,"KdfIterations":3,"KdfMemory":64,
                                       "KdfParallelism":4})"_ba
                                << 1 << Values{3, 64, 4};
    QTest::newRow("flat, nested is null")
        << R"({"kdf":0,"kdfIterations":600000,"kdfSettings":null})"_ba << 0
        << Values{600'000, 0, 0};
    QTest::newRow("numbers as text")
        << R"({"kdf":"0","kdfIterations":"600000"})"_ba << 0 << Values{600'000, 0, 0};
    // Judged later as impossible; must not turn into something that looks usable.
    QTest::newRow("no iterations") << R"({"kdf":0})"_ba << 0 << Values{0, 0, 0};
    QTest::newRow("huge") << R"({"kdf":1,"kdfIterations":3,"kdfMemory":8192,
                                 "kdfParallelism":4})"_ba
                          << 1 << Values{3, 8192, 4};
}

void TestIdentityApi::readsThePreloginOfEveryGeneration()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, type);
    QFETCH(const QList<qint64>, values);
    const auto prelogin = preloginFrom(answerOf(200, body), u" Tester@Example.COM "_s);
    QVERIFY(prelogin);
    QCOMPARE(static_cast<int>(prelogin->kdf.type), type);
    QCOMPARE(QList<qint64>(
                 {prelogin->kdf.iterations, prelogin->kdf.memoryMiB, prelogin->kdf.parallelism}),
             values);
    QCOMPARE(prelogin->salt, u"tester@example.com"_s);
}

void TestIdentityApi::takesTheServersSaltIfItGivesOne()
{
    const auto saltOf = [](const QByteArray &salt) {
        const QByteArray body = R"({"kdf":0,"kdfIterations":600000,"salt":)" + salt + "}";
        return preloginFrom(answerOf(200, body), u"a@b.example"_s)->salt;
    };
    QCOMPARE(saltOf(R"("Old@Address.example")"), u"Old@Address.example"_s);
    QCOMPARE(saltOf(R"("")"), u"a@b.example"_s);
    QCOMPARE(saltOf("null"), u"a@b.example"_s);
}

void TestIdentityApi::refusesPreloginsWithoutAKdf_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("unknown kdf") << R"({"kdf":2,"kdfIterations":600000})"_ba;
    QTest::newRow("negative kdf") << R"({"kdf":-1,"kdfIterations":600000})"_ba;
    QTest::newRow("kdf null") << R"({"kdf":null,"kdfIterations":600000})"_ba;
    QTest::newRow("kdf fraction") << R"({"kdf":0.5,"kdfIterations":600000})"_ba;
    QTest::newRow("page") << "<html></html>"_ba;
    QTest::newRow("empty") << QByteArray();
}

void TestIdentityApi::refusesPreloginsWithoutAKdf()
{
    QFETCH(const QByteArray, body);
    const auto prelogin = preloginFrom(answerOf(200, body), u"a@b.example"_s);
    QVERIFY(!prelogin);
    QCOMPARE(prelogin.error().kind, ErrorKind::NotAnAccountServer);
    QCOMPARE(prelogin.error().subject, u"vault.example"_s);
}

void TestIdentityApi::refusesAKdfThatItDoesNotKnow()
{
    const auto prelogin = preloginFrom(answerOf(200, R"({"kdf":0,"kdfIterations":600000,
        "kdfSettings":{"kdfType":9,"iterations":600000}})"),
                                       u"a@b.example"_s);
    QVERIFY(!prelogin);
    QCOMPARE(prelogin.error().kind, ErrorKind::KdfInvalid);
    QCOMPARE(prelogin.error().subject, u"KDF 9"_s);
}

void TestIdentityApi::opensTheSecondStepWherePasskeysHaveNoKey()
{
    const auto granted = passwordGrantFrom(
        answerOf(400, R"({"message":"No Webauthn devices registered"})"));
    QVERIFY(granted);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*granted);
    QVERIFY(challenge);
    QVERIFY(challenge->passkeysWithoutKey);
    QVERIFY(!challenge->offered.contains(ProviderType::Passkey));
    QVERIFY(challenge->offered.contains(ProviderType::Authenticator));
}

void TestIdentityApi::knowsWhichChallengesCanBeAnswered()
{
    const auto granted = passwordGrantFrom(answerOf(400, R"({"error":"invalid_grant",
        "TwoFactorProviders2":{"0":null,"2":null,"7":null}})"));
    QVERIFY(granted);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*granted);
    QVERIFY(challenge);
    QCOMPARE(challenge->offered.size(), 3);
    QCOMPARE(challenge->usable(), QList{ProviderType::Authenticator});
}

void TestIdentityApi::tellsPreloginErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("not there") << 404 << QByteArray() << ErrorKind::NotAnAccountServer;
    QTest::newRow("password-protected site")
        << 401 << QByteArray() << ErrorKind::NotAnAccountServer;
    QTest::newRow("block page") << 403 << "<html>"_ba << ErrorKind::NotAnAccountServer;
    QTest::newRow("bad email") << 400 << R"({"message":"The model state is invalid.",
        "validationErrors":{"Email":["The Email field is not valid."]}})"_ba
                               << ErrorKind::Refused;
    QTest::newRow("too many") << 429 << QByteArray() << ErrorKind::RateLimited;
    QTest::newRow("broken") << 500 << QByteArray() << ErrorKind::ServerFailure;
}

void TestIdentityApi::tellsPreloginErrors()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, kind);
    QCOMPARE(preloginFrom(answerOf(status, body), u"a@b.example"_s).error().kind, kind);
}

void TestIdentityApi::readsTokens()
{
    auto granted = passwordGrantFrom(
        answerOf(200, R"({"access_token":"eyJh.b.c","expires_in":3600,"token_type":"Bearer",
                          "refresh_token":"r-1","Key":"2.x","Kdf":0})"));
    QVERIFY(granted);
    auto *tokens = std::get_if<Tokens>(&*granted);
    QVERIFY(tokens);
    QVERIFY(tokens->access.equals("eyJh.b.c"));
    QVERIFY(tokens->refresh.equals("r-1"));

    granted = passwordGrantFrom(answerOf(200, R"({"access_token":"a","refresh_token":null})"));
    QVERIFY(granted);
    tokens = std::get_if<Tokens>(&*granted);
    QVERIFY(tokens);
    QVERIFY(tokens->refresh.isEmpty());
}

void TestIdentityApi::refusesTokensThatAreNone_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("empty token") << R"({"access_token":""})"_ba;
    QTest::newRow("number") << R"({"access_token":5})"_ba;
    QTest::newRow("page") << "<html></html>"_ba;
    // It would end the header line that carries it (RFC 6750, 2.1 has no such characters).
    QTest::newRow("line break") << R"({"access_token":"a\r\nX-Evil: b"})"_ba;
    QTest::newRow("space") << R"({"access_token":"a b"})"_ba;
    QTest::newRow("beyond ASCII") << R"({"access_token":"ä"})"_ba;
}

void TestIdentityApi::refusesTokensThatAreNone()
{
    QFETCH(const QByteArray, body);
    const auto granted = passwordGrantFrom(answerOf(200, body));
    QVERIFY(!granted);
    QCOMPARE(granted.error().kind, ErrorKind::NotAnAccountServer);
    QCOMPARE(granted.error().status, 200);
    QCOMPARE(refreshFrom(answerOf(200, body)).error().kind, ErrorKind::NotAnAccountServer);
}

void TestIdentityApi::listsTheOfferedSecondSteps_data()
{
    QTest::addColumn<QByteArray>("providers");
    QTest::addColumn<QList<ProviderType>>("offered");
    using Types = QList<ProviderType>;
    QTest::newRow("both lists")
        << R"("TwoFactorProviders":["0","1","3","7"],"TwoFactorProviders2":{"0":null,
              "1":{"Email":"te****@example.com"},"3":{"Nfc":true},"7":{"challenge":"x"}})"_ba
        << Types{ProviderType::Authenticator, ProviderType::Email, ProviderType::YubicoOtp,
                 ProviderType::Passkey};
    QTest::newRow("numbers") << R"("TwoFactorProviders":[1,0])"_ba
                             << Types{ProviderType::Email, ProviderType::Authenticator};
    QTest::newRow("first list is null")
        << R"("TwoFactorProviders":null,"TwoFactorProviders2":{"2":{},"6":{}})"_ba
        << Types{ProviderType::Duo, ProviderType::OrganizationDuo};
    QTest::newRow("camelCase") << R"("twoFactorProviders2":{"1":null})"_ba
                               << Types{ProviderType::Email};
    QTest::newRow("unknown ones are left out")
        << R"("TwoFactorProviders":["0","99","x",null,-1,{}],"TwoFactorProviders2":{"":null})"_ba
        << Types{ProviderType::Authenticator};
}

void TestIdentityApi::listsTheOfferedSecondSteps()
{
    QFETCH(const QByteArray, providers);
    QFETCH(const QList<ProviderType>, offered);
    const QByteArray body =
        R"({"error":"invalid_grant","error_description":"Two factor required.",)" + providers + "}";
    const auto granted = passwordGrantFrom(answerOf(400, body));
    QVERIFY(granted);
    const auto *challenge = std::get_if<SecondStepChallenge>(&*granted);
    QVERIFY(challenge);
    QCOMPARE(challenge->offered, offered);
}

void TestIdentityApi::seesThatANewDeviceMustBeConfirmed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("both") << R"({"error":"device_error",
        "error_description":"New device verification required",
        "ErrorModel":{"Message":"new device verification required","Object":"error"}})"_ba;
    QTest::newRow("description only") << R"({"error":"device_error",
        "error_description":"New device verification required"})"_ba;
}

void TestIdentityApi::seesThatANewDeviceMustBeConfirmed()
{
    QFETCH(const QByteArray, body);
    const auto granted = passwordGrantFrom(answerOf(400, body));
    QVERIFY(granted);
    QVERIFY(std::holds_alternative<NewDeviceChallenge>(*granted));
}

void TestIdentityApi::tellsWrongCredentialsFromOtherRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("official")
        << 400 << R"({"error":"invalid_grant","error_description":"invalid_username_or_password",
                      "ErrorModel":{"Message":"Username or password is incorrect. Try again."}})"_ba
        << ErrorKind::WrongCredentials;
    QTest::newRow("Vaultwarden") << 400
                                 << R"({"message":"Username or password is incorrect. Try again",
                      "validationErrors":{"":["Username or password is incorrect. Try again"]},
                      "errorModel":{"message":"Username or password is incorrect. Try again"},
                      "error":"","error_description":""})"_ba
                                 << ErrorKind::WrongCredentials;
    QTest::newRow("Vaultwarden, old")
        << 400 << R"({"Message":"Username or password is incorrect. Try again",
                      "ErrorModel":{"Message":"Username or password is incorrect. Try again"},
                      "error":"","error_description":""})"_ba
        << ErrorKind::WrongCredentials;
    QTest::newRow("no client version")
        << 400 << R"({"error":"version_header_missing","error_description":"x"})"_ba
        << ErrorKind::Refused;
    QTest::newRow("device fields missing") << 400 << R"({"error":"device_error",
                      "error_description":"No device information provided"})"_ba
                                           << ErrorKind::Refused;
    QTest::newRow("official, single sign-on")
        << 400 << R"({"error":"invalid_grant","error_description":"Sso authentication is required.",
               "ErrorModel":{"Message":"SSO authentication is required."}})"_ba
        << ErrorKind::SsoRequired;
    QTest::newRow("Vaultwarden, single sign-on")
        << 400 << R"({"message":"SSO sign-in is required"})"_ba << ErrorKind::SsoRequired;
    QTest::newRow("recovered, but single sign-on")
        << 400 << R"({"error":"invalid_grant","error_description":
               "Two-factor recovery has been performed. SSO authentication is required."})"_ba
        << ErrorKind::RecoveredButSso;
    QTest::newRow("disabled") << 400 << R"({"message":"This user has been disabled"})"_ba
                              << ErrorKind::Refused;
    QTest::newRow("challenge with no known way")
        << 400 << R"({"error":"invalid_grant","error_description":"Two factor required.",
                      "TwoFactorProviders2":{"42":null}})"_ba
        << ErrorKind::Refused;
    QTest::newRow("form not understood") << 422 << "<html>"_ba << ErrorKind::Refused;
    QTest::newRow("page") << 400 << "<html>"_ba << ErrorKind::NotAnAccountServer;
    QTest::newRow("401") << 401 << QByteArray() << ErrorKind::NotAnAccountServer;
    QTest::newRow("not there") << 404 << QByteArray() << ErrorKind::NotAnAccountServer;
    QTest::newRow("too many") << 429 << R"({"message":"Too many login requests"})"_ba
                              << ErrorKind::RateLimited;
}

void TestIdentityApi::tellsWrongCredentialsFromOtherRefusals()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, kind);
    const auto granted = passwordGrantFrom(answerOf(status, body));
    QVERIFY(!granted);
    QCOMPARE(granted.error().kind, kind);
    QCOMPARE(granted.error().status, status);
}

void TestIdentityApi::endsTheSessionWhenARefreshIsRefused()
{
    QCOMPARE(refreshFrom(answerOf(400, R"({"error":"invalid_grant"})")).error().kind,
             ErrorKind::SessionExpired);
    QCOMPARE(refreshFrom(answerOf(401)).error().kind, ErrorKind::SessionExpired);
}

void TestIdentityApi::keepsTheSessionWhenARefreshFailsOtherwise_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("too many") << 429 << QByteArray() << ErrorKind::RateLimited;
    QTest::newRow("broken") << 503 << "<html>"_ba << ErrorKind::ServerFailure;
    QTest::newRow("sign-in page of a hotel") << 200 << "<html>"_ba << ErrorKind::NotAnAccountServer;
    QTest::newRow("block page") << 403 << "<html>"_ba << ErrorKind::NotAnAccountServer;
    // What a proxy answers says nothing about our token.
    QTest::newRow("bad-request page") << 400 << "<html>"_ba << ErrorKind::NotAnAccountServer;
}

void TestIdentityApi::keepsTheSessionWhenARefreshFailsOtherwise()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, kind);
    QCOMPARE(refreshFrom(answerOf(status, body)).error().kind, kind);
}

QTEST_GUILESS_MAIN(TestIdentityApi)
#include "tst_identityapi.moc"
