// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/core/answers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestTwoFactorApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheNumbersOfTheProviders_data();
    void knowsTheNumbersOfTheProviders();
    void knowsNoOtherNumbers();
    void wantsPremiumForTwoProviders();
    void readsTheStatesOfEveryGeneration_data();
    void readsTheStatesOfEveryGeneration();
    void neverTakesAnOddAnswerForAllOff_data();
    void neverTakesAnOddAnswerForAllOff();
    void readsTheRecoveryCodeAsItWasSent_data();
    void readsTheRecoveryCodeAsItWasSent();
    void neverTakesAnOddAnswerForNoCode_data();
    void neverTakesAnOddAnswerForNoCode();
    void tellsAWrongPasswordFromOtherRefusals_data();
    void tellsAWrongPasswordFromOtherRefusals();
    void readsTheProfile_data();
    void readsTheProfile();
    void refusesARecoveryCodeWithoutEnd();
    void cleansAndCutsTheNameInTheProfile();
    void refusesAProfileOfNobody_data();
    void refusesAProfileOfNobody();
};

void TestTwoFactorApi::knowsTheNumbersOfTheProviders_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<ProviderType>("type");
    QTest::newRow("authenticator") << 0 << ProviderType::Authenticator;
    QTest::newRow("email") << 1 << ProviderType::Email;
    QTest::newRow("Duo") << 2 << ProviderType::Duo;
    QTest::newRow("YubiKey") << 3 << ProviderType::YubicoOtp;
    QTest::newRow("U2F") << 4 << ProviderType::U2f;
    QTest::newRow("remember") << 5 << ProviderType::Remember;
    QTest::newRow("Duo of an organization") << 6 << ProviderType::OrganizationDuo;
    QTest::newRow("passkey") << 7 << ProviderType::Passkey;
    QTest::newRow("recovery code") << 8 << ProviderType::RecoveryCode;
}

void TestTwoFactorApi::knowsTheNumbersOfTheProviders()
{
    QFETCH(const int, number);
    QFETCH(const ProviderType, type);
    QCOMPARE(providerType(number), std::optional(type));
}

void TestTwoFactorApi::knowsNoOtherNumbers()
{
    for (const qint64 number : {qint64(-1), qint64(9), qint64(1) << 32, qint64(1) << 62})
        QVERIFY(!providerType(number));
}

void TestTwoFactorApi::wantsPremiumForTwoProviders()
{
    QList<int> premium;
    for (int number = 0; number <= 8; ++number) {
        if (needsPremium(*providerType(number)))
            premium.append(number);
    }
    QCOMPARE(premium, QList<int>({2, 3}));
}

void TestTwoFactorApi::readsTheStatesOfEveryGeneration_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ProviderStates>("states");
    const ProviderStates two = {{ProviderType::Authenticator, true},
                                {ProviderType::Passkey, false}};
    QTest::newRow("official")
        << R"({"object":"list","data":[{"object":"twoFactorProvider","enabled":true,"type":0},
               {"object":"twoFactorProvider","enabled":false,"type":7}],
               "continuationToken":null})"_ba
        << two;
    QTest::newRow("PascalCase")
        << R"({"Object":"list","Data":[{"Enabled":true,"Type":0},{"Enabled":false,"Type":7}],
               "ContinuationToken":null})"_ba
        << two;
    QTest::newRow("texts for values")
        << R"({"data":[{"enabled":"true","type":"0"},{"enabled":"false","type":"7"}]})"_ba << two;
    QTest::newRow("numbers for booleans")
        << R"({"data":[{"enabled":1,"type":0},{"enabled":0,"type":7}]})"_ba << two;
    QTest::newRow("nothing set up") << R"({"object":"list","data":null})"_ba << ProviderStates();
    QTest::newRow("empty list") << R"({"object":"list","data":[]})"_ba << ProviderStates();
    QTest::newRow("a provider of the future")
        << R"({"data":[{"enabled":true,"type":42},{"enabled":true,"type":0},
               {"enabled":false,"type":7}]})"_ba
        << two;
}

void TestTwoFactorApi::readsTheStatesOfEveryGeneration()
{
    QFETCH(const QByteArray, body);
    QFETCH(const ProviderStates, states);
    const auto read = providerStatesFrom(answerOf(200, body));
    QVERIFY(read);
    QCOMPARE(*read, states);
}

void TestTwoFactorApi::neverTakesAnOddAnswerForAllOff_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("another object") << R"({"object":"config","version":"2026.8.0"})"_ba;
    QTest::newRow("data is text") << R"({"data":"none"})"_ba;
    QTest::newRow("data is an object") << R"({"data":{"0":true}})"_ba;
    QTest::newRow("data is false") << R"({"data":false})"_ba;
    QTest::newRow("entry is no object") << R"({"data":[0,1]})"_ba;
    QTest::newRow("entry without type") << R"({"data":[{"enabled":true}]})"_ba;
    QTest::newRow("entry without state") << R"({"data":[{"type":0}]})"_ba;
    QTest::newRow("entry with an odd state") << R"({"data":[{"type":0,"enabled":"on"}]})"_ba;
    QTest::newRow("page") << "<html></html>"_ba;
    QTest::newRow("empty") << QByteArray();
}

void TestTwoFactorApi::neverTakesAnOddAnswerForAllOff()
{
    QFETCH(const QByteArray, body);
    const auto read = providerStatesFrom(answerOf(200, body));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::NotAnAccountServer);
    QCOMPARE(read.error().subject, u"vault.example"_s);
    QCOMPARE(read.error().status, 200);
}

void TestTwoFactorApi::readsTheRecoveryCodeAsItWasSent_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("official")
        << R"({"object":"twoFactorRecover","code":"9f3k2m8q7w1e5r4t6y0u2i8o3p5a7s1d"})"_ba
        << "9f3k2m8q7w1e5r4t6y0u2i8o3p5a7s1d"_ba;
    QTest::newRow("PascalCase, capitals")
        << R"({"Code":"ABCD2345ABCD2345ABCD2345ABCD2345","Object":"twoFactorRecover"})"_ba
        << "ABCD2345ABCD2345ABCD2345ABCD2345"_ba;
    QTest::newRow("none yet") << R"({"object":"twoFactorRecover","code":null})"_ba << QByteArray();
    QTest::newRow("none yet, left out") << R"({"object":"twoFactorRecover"})"_ba << QByteArray();
    QTest::newRow("empty") << R"({"object":"twoFactorRecover","code":""})"_ba << QByteArray();
    QTest::newRow("odd") << R"({"object":"twoFactorRecover","code":" a-B c "})"_ba
                         << " a-B c "_ba;
}

void TestTwoFactorApi::readsTheRecoveryCodeAsItWasSent()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, code);
    const auto read = recoveryCodeFrom(answerOf(200, body));
    QVERIFY(read);
    QCOMPARE(read->view().toByteArray(), code);
}

void TestTwoFactorApi::neverTakesAnOddAnswerForNoCode_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("another object") << R"({"object":"config"})"_ba;
    QTest::newRow("number") << R"({"object":"twoFactorRecover","code":12345678})"_ba;
    QTest::newRow("list") << R"({"object":"twoFactorRecover","code":["abcd"]})"_ba;
    QTest::newRow("page") << "<html></html>"_ba;
    QTest::newRow("empty") << QByteArray();
}

void TestTwoFactorApi::neverTakesAnOddAnswerForNoCode()
{
    QFETCH(const QByteArray, body);
    const auto read = recoveryCodeFrom(answerOf(200, body));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::NotAnAccountServer);
}

void TestTwoFactorApi::tellsAWrongPasswordFromOtherRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("official") << 400 << R"({"message":"The model state is invalid.",
                      "validationErrors":{"":["User verification failed."]}})"_ba
                              << ErrorKind::WrongSecret;
    QTest::newRow("Vaultwarden") << 400 << R"({"message":"Invalid password"})"_ba
                                 << ErrorKind::WrongSecret;
    QTest::newRow("page of a proxy")
        << 400 << "<html>Bad Request</html>"_ba << ErrorKind::NotAnAccountServer;
    QTest::newRow("wrong client") << 403 << QByteArray() << ErrorKind::NotAllowed;
    QTest::newRow("too many") << 429 << QByteArray() << ErrorKind::RateLimited;
    QTest::newRow("not there") << 404 << QByteArray() << ErrorKind::NotOffered;
    QTest::newRow("broken") << 500 << QByteArray() << ErrorKind::ServerFailure;
}

void TestTwoFactorApi::tellsAWrongPasswordFromOtherRefusals()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, kind);
    const auto read = recoveryCodeFrom(answerOf(status, body));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, kind);
}

void TestTwoFactorApi::readsTheProfile_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("premium");
    QTest::newRow("free") << R"({"name":"Ada","email":"ada@example.com","premium":false,
                                 "premiumFromOrganization":false})"_ba
                          << false;
    QTest::newRow("own premium") << R"({"name":"Ada","email":"ada@example.com","premium":true})"_ba
                                 << true;
    QTest::newRow("premium of an organization")
        << R"({"name":"Ada","email":"ada@example.com","premium":false,
               "premiumFromOrganization":true})"_ba
        << true;
    QTest::newRow("PascalCase")
        << R"({"Name":"Ada","Email":"ada@example.com","Premium":true,"Object":"profile"})"_ba
        << true;
}

void TestTwoFactorApi::readsTheProfile()
{
    QFETCH(const QByteArray, body);
    QFETCH(const bool, premium);
    const auto profile = profileFrom(answerOf(200, body));
    QVERIFY(profile);
    QCOMPARE(profile->name, u"Ada"_s);
    QCOMPARE(profile->email, u"ada@example.com"_s);
    QCOMPARE(profile->premium, premium);
}

void TestTwoFactorApi::refusesARecoveryCodeWithoutEnd()
{
    const auto withCode = [](qsizetype size) {
        const QByteArray code(size, 'a');
        return answerOf(200,
                        QByteArray(R"({"object":"twoFactorRecover","code":")"_ba + code
                                   + R"("})"_ba));
    };
    QVERIFY(recoveryCodeFrom(withCode(1024)));
    const auto endless = recoveryCodeFrom(withCode(1025));
    QVERIFY(!endless);
    QCOMPARE(endless.error().kind, ErrorKind::AnswerTooLarge);
}

void TestTwoFactorApi::cleansAndCutsTheNameInTheProfile()
{
    const QByteArray body = R"({"name":"Ada\nL\u202eovelace )"_ba + QByteArray(5000, 'x')
        + R"(","email":"ada@example.com\u0007"})"_ba;
    const auto profile = profileFrom(answerOf(200, body));
    QVERIFY(profile);
    QCOMPARE(profile->name.size(), 100);
    QVERIFY(profile->name.startsWith(u"Ada L ovelace xxx"_s));
    QCOMPARE(profile->email, u"ada@example.com"_s);
}

void TestTwoFactorApi::refusesAProfileOfNobody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("another object") << R"({"object":"config"})"_ba;
    QTest::newRow("page") << "<html></html>"_ba;
}

void TestTwoFactorApi::refusesAProfileOfNobody()
{
    QFETCH(const QByteArray, body);
    const auto profile = profileFrom(answerOf(200, body));
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, ErrorKind::NotAnAccountServer);
}

QTEST_GUILESS_MAIN(TestTwoFactorApi)
#include "tst_twofactorapi.moc"
