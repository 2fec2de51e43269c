// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/policies.h"
#include "core/account/profile.h"

#include "tests/core/answers.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QString works = u"1d3f6a52-8c1e-4b0a-9a67-5f0c2e7d9b11"_s;
const QString choir = u"7be0c5d4-2f38-4e59-8d21-c4a9b1730e62"_s;

} // namespace

// What organizations demand of their members.
class TestPolicies : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void profileTellsWhosePoliciesHold_data();
    void profileTellsWhosePoliciesHold();
    void readsWhetherTwoStepLoginIsRequired_data();
    void readsWhetherTwoStepLoginIsRequired();
    void refusesAnEndlessList();
    void asksTheServer_data();
    void asksTheServer();
    void readsALargeVault();
    void refusesAnAnswerWithoutEnd();

private:
    std::shared_ptr<Session> member();
};

// A plain member of an enterprise that requires two-step login.
std::shared_ptr<Session> TestPolicies::member()
{
    return signedIn(m_server, u"odd-code");
}

void TestPolicies::profileTellsWhosePoliciesHold_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("holds");
    const QString old = u"organizations"_s;
    QTest::newRow("member") << old << u"{}"_s << true;
    QTest::newRow("accepted member") << u"organizationsNew"_s << uR"({"status":1})"_s << true;
    QTest::newRow("old server") << u"Organizations"_s << uR"({"type":"2"})"_s << true;
    QTest::newRow("invited") << old << uR"({"status":0})"_s << false;
    QTest::newRow("revoked") << old << uR"({"status":-1})"_s << false;
    QTest::newRow("owner") << old << uR"({"type":0})"_s << false;
    QTest::newRow("admin") << old << uR"({"type":1})"_s << false;
    QTest::newRow("custom") << old << uR"({"type":4})"_s << true;
    QTest::newRow("no policies in its plan") << old << uR"({"usePolicies":false})"_s << false;
    QTest::newRow("disabled") << old << uR"({"enabled":false})"_s << false;
}

void TestPolicies::profileTellsWhosePoliciesHold()
{
    QFETCH(QString, list);
    QFETCH(QString, change);
    QFETCH(bool, holds);
    QJsonObject entry{{u"id"_s, works}, {u"name"_s, u"Kettle Works"_s}, {u"status"_s, 2},
                      {u"type"_s, 2},   {u"enabled"_s, true},           {u"usePolicies"_s, true}};
    const QJsonObject changes = QJsonDocument::fromJson(change.toUtf8()).object();
    for (auto it = changes.begin(); it != changes.end(); ++it)
        entry.insert(it.key(), it.value());
    const QJsonObject profile{{u"email"_s, u"a@example.org"_s}, {list, QJsonArray{entry}}};
    const auto read = profileFrom(answerOf(200, QJsonDocument(profile).toJson()));
    QVERIFY(read);
    QCOMPARE(read->policyOrganizations, holds ? QStringList{works} : QStringList());
}

void TestPolicies::readsWhetherTwoStepLoginIsRequired_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("required");
    const QByteArray id = works.toLatin1();
    const QByteArray on = R"({"organizationId":")" + id + R"(","type":0,"enabled":true})";
    QTest::newRow("required") << R"({"policies":[)" + on + "]}" << true;
    QTest::newRow("of an accepted member")
        << R"({"policies":[],"policiesNew":[)" + on + "]}" << true;
    QTest::newRow("old server") << R"({"Policies":[{"OrganizationId":")" + id.toUpper()
            + R"(","Type":0,"Enabled":true}]})"
                                << true;
    QTest::newRow("off") << R"({"policies":[{"organizationId":")" + id
            + R"(","type":0,"enabled":false}]})"
                         << false;
    QTest::newRow("another rule") << R"({"policies":[{"organizationId":")" + id
            + R"(","type":1,"enabled":true}]})"
                                  << false;
    QTest::newRow("no type") << R"({"policies":[{"organizationId":")" + id
            + R"(","enabled":true}]})"
                             << false;
    QTest::newRow("another organization") << R"({"policies":[{"organizationId":")"
            + choir.toLatin1() + R"(","type":0,"enabled":true}]})"
                                          << false;
    QTest::newRow("none") << R"({"policies":null})"_ba << false;
}

void TestPolicies::readsWhetherTwoStepLoginIsRequired()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, required);
    const auto read = twoStepRequiredFrom(answerOf(200, body), {works});
    QVERIFY(read);
    QCOMPARE(*read, required);
}

void TestPolicies::refusesAnEndlessList()
{
    const QByteArray body = R"({"policies":[)" + QByteArray("{},").repeated(10'000) + "{}]}";
    const auto read = twoStepRequiredFrom(answerOf(200, body), {works});
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::ListTooLong);
    QCOMPARE(read.error().count, 10'001);
}

void TestPolicies::asksTheServer_data()
{
    QTest::addColumn<QString>("generation");
    for (const auto &name : {u"classic"_s, u"middle"_s, u"token"_s, u"pascal"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestPolicies::asksTheServer()
{
    QFETCH(QString, generation);
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    const auto session = member();
    QVERIFY(session);
    const auto profile = outcomeOf(fetchProfile(session));
    QVERIFY(profile);
    QCOMPARE(profile->policyOrganizations, QStringList{works});
    const auto required = outcomeOf(fetchTwoStepRequired(session, profile->policyOrganizations));
    QVERIFY(required);
    QVERIFY(*required);
    QCOMPARE(outcomeOf(fetchTwoStepRequired(session, {choir})).value(), false);
}

// Larger than any other answer may be.
void TestPolicies::readsALargeVault()
{
    QVERIFY(m_server.changeSettings({{u"vaultEntries"_s, 10'000}}));
    const auto session = member();
    QVERIFY(session);
    const auto required = outcomeOf(fetchTwoStepRequired(session, {works}));
    QVERIFY(required);
    QVERIFY(*required);
}

void TestPolicies::refusesAnAnswerWithoutEnd()
{
    QVERIFY(m_server.changeSettings({{u"vaultEntries"_s, 90'000}}));
    const auto session = member();
    QVERIFY(session);
    const auto required = outcomeOf(fetchTwoStepRequired(session, {works}));
    QVERIFY(!required);
    QCOMPARE(required.error().kind, ErrorKind::AnswerTooLarge);
}

QTEST_GUILESS_MAIN(TestPolicies)
#include "tst_policies.moc"
