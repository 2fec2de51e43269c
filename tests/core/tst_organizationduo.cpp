// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "core/twofactor/providerapi.h"
#include "core/twofactor/twofactorapi.h"

#include "tests/core/answers.h"
#include "tests/core/generations.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

// An admin of one organization, with few iterations.
const QString admin = u"weak-kdf"_s;
const QString unknownId = u"00000000-1111-4222-8333-444444444444"_s;

} // namespace

// The Duo of an organization, on every generation that has it, and what the profile says about who
// may manage it.
class TestOrganizationDuo : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void listsTheOrganizationsThatMayBeManaged_data() { eachGeneration(); }
    void listsTheOrganizationsThatMayBeManaged();
    void readsWhoMayManageFromAProfile_data();
    void readsWhoMayManageFromAProfile();
    void cleansTheNameOfAnOrganization();
    void turnsItOnAndOff_data() { officialGenerations(); }
    void turnsItOnAndOff();
    void needsNoPremium();
    void whoManagesPoliciesMayChangeItWithoutSeeingTheList();
    void isNotOfferedByVaultwarden_data();
    void isNotOfferedByVaultwarden();
    void isNotOfferedToStrangers();
    void refusesAWrongPassword();
    void tellsAnExpiredProof();
    void readsBackALostAnswer_data() { officialGenerations(); }
    void readsBackALostAnswer();
    void tellsThatDuoRefusedTheSettings();
    void policyRevokesAMemberWithoutTwoStepLogin_data() { eachGeneration(); }
    void policyRevokesAMemberWithoutTwoStepLogin();

private:
    static void officialGenerations();
    void start(const QString &generation, const QString &role = admin);
    SharedProof proof();
    Result<OpenedProvider<DuoDetails>> open() { return outcomeOf(m_api->openDuo(proof())); }
    Result<void> turnOn(const SharedProof &proof, const QString &clientId = goodId);
    Result<bool> listed();

    inline static const QString goodId = u"DI5PAREKEY0000000001"_s;

    QString m_role;
    QString m_id;
    std::shared_ptr<Session> m_session;
    std::shared_ptr<ProviderApi> m_api;
};

void TestOrganizationDuo::officialGenerations()
{
    QTest::addColumn<QString>("generation");
    QTest::newRow("middle") << u"middle"_s;
    QTest::newRow("token") << u"token"_s;
}

void TestOrganizationDuo::start(const QString &generation, const QString &role)
{
    m_role = role;
    QVERIFY(m_server.reset());
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    // Nobody here needs a second step to sign in.
    QVERIFY(m_server.editAccount(role,
                                 {{u"providers"_s,
                                   QJsonObject{{u"0"_s, QJsonValue::Null},
                                               {u"1"_s, QJsonValue::Null},
                                               {u"2"_s, QJsonValue::Null},
                                               {u"3"_s, QJsonValue::Null},
                                               {u"7"_s, QJsonValue::Null}}}}));
    auto request = quickSignInRequest(m_server, m_server.account(role));
    m_session = sessionOf(signInWith(std::move(request)));
    QVERIFY(m_session);
    const auto profile = outcomeOf(fetchProfile(m_session));
    QVERIFY(profile);
    const auto &managed = profile->managedOrganizations;
    m_id = managed.isEmpty() ? unknownId : managed.first().id;
    m_api = std::make_shared<ProviderApi>(m_session, m_id);
}

SharedProof TestOrganizationDuo::proof()
{
    const QString password = m_server.account(m_role).password;
    return outcomeOf(m_api->prove(SecureBuffer::fromText(password))).value();
}

Result<void> TestOrganizationDuo::turnOn(const SharedProof &proof, const QString &clientId)
{
    auto settings = std::make_shared<DuoSettings>();
    settings->clientId = clientId;
    settings->clientSecret = SecureBuffer::copyOf("0123456789abcdefghijABCDEFGHIJ0123456789");
    settings->host = u"api-01234567.duosecurity.com"_s;
    return outcomeOf(m_api->turnOnDuo(proof, std::move(settings)));
}

Result<bool> TestOrganizationDuo::listed()
{
    const auto states = outcomeOf(fetchOrganizationStates(m_session, m_id));
    if (!states)
        return fail(states.error());
    return states->value(ProviderType::OrganizationDuo, false);
}

void TestOrganizationDuo::listsTheOrganizationsThatMayBeManaged()
{
    QFETCH(QString, generation);
    start(generation);
    const auto profile = outcomeOf(fetchProfile(m_session));
    QVERIFY(profile);
    QCOMPARE(profile->managedOrganizations.size(), 1);
    QCOMPARE(profile->managedOrganizations.first().name, u"Kettle Works"_s);
    QVERIFY(profile->managedOrganizations.first().enforces);
}

void TestOrganizationDuo::readsWhoMayManageFromAProfile_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<bool>("may");
    QTest::newRow("owner") << R"("status":2,"type":0,"use2fa":true,"enabled":true)"_ba << true;
    QTest::newRow("admin") << R"("Status":"2","Type":"1","Use2fa":"true","Enabled":1)"_ba << true;
    QTest::newRow("member") << R"("status":2,"type":2,"use2fa":true,"enabled":true)"_ba << false;
    QTest::newRow("custom")
        << R"("status":2,"type":4,"permissions":{"managePolicies":true},"use2fa":true,"enabled":true)"_ba
        << true;
    QTest::newRow("custom without the right")
        << R"("status":2,"type":4,"permissions":{"managePolicies":false},"use2fa":true,"enabled":true)"_ba
        << false;
    QTest::newRow("invited") << R"("status":0,"type":0,"use2fa":true,"enabled":true)"_ba << false;
    QTest::newRow("revoked") << R"("status":-1,"type":0,"use2fa":true,"enabled":true)"_ba << false;
    QTest::newRow("no plan") << R"("status":2,"type":0,"use2fa":false,"enabled":true)"_ba << false;
    QTest::newRow("disabled") << R"("status":2,"type":0,"use2fa":true,"enabled":false)"_ba << false;
    QTest::newRow("silent") << R"("status":2,"type":0)"_ba << false;
}

void TestOrganizationDuo::readsWhoMayManageFromAProfile()
{
    QFETCH(QByteArray, members);
    QFETCH(bool, may);
    const QByteArray entry = R"({"id":"1d3f6a52-8c1e-4b0a-9a67-5f0c2e7d9b11","name":"N",)" + members
        + '}';
    const QByteArray body = R"({"email":"a@example.org","organizations":[)" + entry + ",7,null]}";
    const auto profile = profileFrom(answerOf(200, body));
    QVERIFY(profile);
    QCOMPARE(profile->managedOrganizations.size(), may ? 1 : 0);
}

void TestOrganizationDuo::cleansTheNameOfAnOrganization()
{
    const QByteArray rest = R"(,"status":2,"type":0,"use2fa":true,"enabled":true})";
    const QByteArray good = R"({"id":"1d3f6a52-8c1e-4b0a-9a67-5f0c2e7d9b11",)"
                            R"("name":"Ket\u202etle\n")"
        + rest;
    // An id that is none would lead elsewhere.
    const QByteArray bad = R"({"id":"../../two-factor","name":"N")" + rest;
    const QByteArray body = R"({"email":"a@example.org","organizationsNew":[)" + good + ',' + bad
        + "]}";
    const auto profile = profileFrom(answerOf(200, body));
    QVERIFY(profile);
    QCOMPARE(profile->managedOrganizations.size(), 1);
    QCOMPARE(profile->managedOrganizations.first().name, u"Ket tle"_s);
}

void TestOrganizationDuo::turnsItOnAndOff()
{
    QFETCH(QString, generation);
    start(generation);
    QCOMPARE(listed().value(), false);
    auto opened = open();
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().serverText.text()));
    QVERIFY(!opened->details.enabled);
    QVERIFY(turnOn(opened->proof));
    QCOMPARE(listed().value(), true);
    opened = open();
    QVERIFY(opened);
    QVERIFY(opened->details.enabled);
    QCOMPARE(opened->details.clientId, goodId);
    QVERIFY(opened->details.maskedSecret.contains(u"***"_s));
    // The account's own Duo is another matter.
    QVERIFY(!outcomeOf(fetchProviderStates(m_session))->value(ProviderType::Duo, false));
    QVERIFY(outcomeOf(m_api->turnOff(opened->proof, ProviderType::OrganizationDuo)));
    QCOMPARE(listed().value(), false);
}

void TestOrganizationDuo::needsNoPremium()
{
    start(u"middle"_s);
    QVERIFY(m_server.editAccount(m_role, {{u"premium"_s, false}}));
    const auto opened = open();
    QVERIFY(opened);
    QVERIFY(turnOn(opened->proof));
}

void TestOrganizationDuo::whoManagesPoliciesMayChangeItWithoutSeeingTheList()
{
    start(u"token"_s, u"every-step"_s);
    QVERIFY(m_id != unknownId);
    QCOMPARE(listed().error().kind, ErrorKind::NotOffered);
    auto opened = open();
    QVERIFY(opened);
    // Read back by the settings then, not by the list.
    QVERIFY(m_server.setFault(u"/api/organizations/%1/two-factor/duo"_s.arg(m_id),
                              u"drop-mid-body"_s, {{u"times"_s, 1}}));
    QVERIFY(turnOn(opened->proof));
    QVERIFY(open()->details.enabled);
}

void TestOrganizationDuo::isNotOfferedByVaultwarden_data()
{
    QTest::addColumn<QString>("generation");
    QTest::newRow("classic") << u"classic"_s;
    QTest::newRow("pascal") << u"pascal"_s;
}

void TestOrganizationDuo::isNotOfferedByVaultwarden()
{
    QFETCH(QString, generation);
    start(generation);
    QCOMPARE(listed().error().kind, ErrorKind::NotOffered);
    QCOMPARE(open().error().kind, ErrorKind::NotOffered);
    QCOMPARE(turnOn(proof()).error().kind, ErrorKind::NotOffered);
    for (const char *token : {"", "a token, as if there were any"}) {
        auto withToken = std::make_shared<Proof>();
        withToken->passwordHash = proof()->passwordHash.clone();
        withToken->token = SecureBuffer::copyOf(token);
        const auto off = outcomeOf(m_api->turnOff(withToken, ProviderType::OrganizationDuo));
        QCOMPARE(off.error().kind, ErrorKind::NotOffered);
    }
    const QString path = u" /api/organizations/%1/two-factor/"_s.arg(m_id);
    const auto paths = m_server.requestedPaths();
    for (const auto &asked :
         {u"POST%1get-duo"_s, u"PUT%1duo"_s, u"DELETE%1duo"_s, u"PUT%1disable"_s})
        QVERIFY2(paths.contains(asked.arg(path)), qPrintable(asked));
}

void TestOrganizationDuo::isNotOfferedToStrangers()
{
    start(u"token"_s, u"second-step"_s);
    QCOMPARE(m_id, unknownId);
    QCOMPARE(open().error().kind, ErrorKind::NotOffered);
}

void TestOrganizationDuo::refusesAWrongPassword()
{
    start(u"token"_s);
    const auto wrong = outcomeOf(m_api->prove(SecureBuffer::copyOf("not it"))).value();
    QCOMPARE(outcomeOf(m_api->openDuo(wrong)).error().kind, ErrorKind::WrongSecret);
}

void TestOrganizationDuo::tellsAnExpiredProof()
{
    start(u"token"_s);
    const auto opened = open();
    QVERIFY(opened);
    QVERIFY(m_server.expireVerifications());
    QCOMPARE(turnOn(opened->proof).error().kind, ErrorKind::ProofExpired);
}

void TestOrganizationDuo::readsBackALostAnswer()
{
    QFETCH(QString, generation);
    start(generation);
    const auto opened = open();
    QVERIFY(opened);
    const QString path = u"/api/organizations/%1/two-factor/"_s.arg(m_id);
    // Never arrived, then made and its answer lost.
    QVERIFY(m_server.setFault(path + u"duo"_s, u"drop"_s, {{u"times"_s, 1}}));
    QCOMPARE(turnOn(opened->proof).error().kind, ErrorKind::ConnectionLost);
    QVERIFY(m_server.setFault(path + u"duo"_s, u"drop-mid-body"_s, {{u"times"_s, 1}}));
    QVERIFY(turnOn(opened->proof));
    QVERIFY(m_server.setFault(path + (generation == "token"_L1 ? u"duo"_s : u"disable"_s),
                              u"drop-mid-body"_s, {{u"times"_s, 1}}));
    QVERIFY(outcomeOf(m_api->turnOff(opened->proof, ProviderType::OrganizationDuo)));
}

void TestOrganizationDuo::tellsThatDuoRefusedTheSettings()
{
    start(u"token"_s);
    const auto opened = open();
    QVERIFY(opened);
    const auto refused = turnOn(opened->proof, u"XX5PAREKEY0000000001"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DuoRefused);
    QCOMPARE(refused.error().serverText, QString());
    QCOMPARE(listed().value(), false);
}

// What the warning before turning off the last method speaks of.
void TestOrganizationDuo::policyRevokesAMemberWithoutTwoStepLogin()
{
    QFETCH(QString, generation);
    for (const QString &role : {u"odd-code"_s, admin}) {
        start(generation, role);
        QVERIFY(
            m_server.editAccount(role,
                                 {{u"providers"_s, QJsonObject{{u"1"_s, true}, {u"7"_s, true}}}}));
        QVERIFY(outcomeOf(fetchProfile(m_session))->inOrganization);
        const auto api = std::make_shared<ProviderApi>(m_session);
        for (const auto type : {ProviderType::Email, ProviderType::Passkey}) {
            QVERIFY(outcomeOf(fetchProfile(m_session))->inOrganization);
            const auto opened = type == ProviderType::Email
                ? outcomeOf(api->openEmail(proof())).map([](const auto &o) { return o.proof; })
                : outcomeOf(api->openPasskeys(proof())).map([](const auto &o) { return o.proof; });
            QVERIFY(opened);
            QVERIFY(outcomeOf(api->turnOff(*opened, type)));
        }
        QCOMPARE(outcomeOf(fetchProfile(m_session))->inOrganization, role == admin);
    }
}

QTEST_GUILESS_MAIN(TestOrganizationDuo)
#include "tst_organizationduo.moc"
