// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "tests/core/signedin.h"
#include "tests/support/accountservertest.h"
#include "ui/twosteplogin/organizationviewmodel.h"

#include <QQuickItem>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;
using State = OrganizationViewModel::State;

// The Duo of an organization, from the profile that allows it to the row that shows what became of
// it.
class TestOrganizationViewModel : public AccountServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsWhoseDuoItIs();
    void isSetUpAndTurnedOff_data();
    void isSetUpAndTurnedOff();
    void saysWhyItIsUnknown();
    void whatWasNotKnownIsNoChange();
    void settingsMadeElsewhereAreNotOverwritten();
    void answerFromBeforeAChangeDoesNotCount();
    void waitsAsLongAsTheServerWants();

private:
    void signIn(const QString &generation, QStringView role = u"weak-kdf");
    void open();
    void typeSettings();
    /// The server has not answered everything yet.
    bool isOnItsWay()
    {
        const auto requests = m_server.requests();
        return std::any_of(requests.begin(), requests.end(),
                           [](const QJsonValue &request) { return request["endUs"_L1].isNull(); });
    }
    OrganizationViewModel &organization() { return *m_organization; }

    QString m_role;
    std::unique_ptr<OrganizationViewModel> m_organization;
};

void TestOrganizationViewModel::init()
{
    m_organization.reset();
    resetServer();
}

void TestOrganizationViewModel::signIn(const QString &generation, QStringView role)
{
    m_role = role.toString();
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    SignInRequest request = quickSignInRequest(m_server, m_server.account(role));
    const auto session = sessionOf(signInWith(std::move(request)));
    QVERIFY(session);
    const auto profile = outcomeOf(fetchProfile(session));
    QVERIFY(profile);
    QCOMPARE(profile->managedOrganizations.size(), 1);
    m_organization = std::make_unique<OrganizationViewModel>(session,
                                                             profile->managedOrganizations.first());
}

void TestOrganizationViewModel::open()
{
    organization().manage();
    DuoViewModel &duo = *organization().duo();
    QCOMPARE(duo.stage(), Stage::Verifying);
    duo.verification()->submit(SecureBuffer::fromText(m_server.account(m_role).password));
    QTRY_COMPARE_WITH_TIMEOUT(duo.stage(), Stage::Open, 10'000);
}

void TestOrganizationViewModel::typeSettings()
{
    DuoFormViewModel &form = *organization().duo()->form();
    form.editClientId(u"DI5PAREKEY0000000001"_s);
    form.editHost(u"api-01234567.duosecurity.com"_s);
    SecretInput input;
    input.fill(u"0123456789abcdefghijABCDEFGHIJ0123456789"_s);
    SecretEntry secret;
    secret.setInput(&input);
    form.editClientSecret(&secret);
    form.submit(&secret);
}

void TestOrganizationViewModel::tellsWhoseDuoItIs()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(organization().name(), u"Kettle Works"_s);
    QVERIFY(organization().enforces());
    QVERIFY(organization().duo()->isOfOrganization());
    QCOMPARE(organization().duo()->name(), u"Duo (Organization)"_s);
}

void TestOrganizationViewModel::isSetUpAndTurnedOff_data()
{
    QTest::addColumn<QString>("generation");
    QTest::newRow("middle") << u"middle"_s;
    QTest::newRow("token") << u"token"_s;
}

void TestOrganizationViewModel::isSetUpAndTurnedOff()
{
    QFETCH(QString, generation);
    signIn(generation);
    if (QTest::currentTestFailed())
        return;
    organization().refresh();
    QTRY_COMPARE(organization().state(), State::Off);
    QVERIFY(organization().problemText().isEmpty());
    open();
    if (QTest::currentTestFailed())
        return;
    QSignalSpy noted(&organization(), &OrganizationViewModel::noted);
    DuoViewModel &duo = *organization().duo();
    QVERIFY(!duo.isOnlyMethod());
    typeSettings();
    QTRY_COMPARE_WITH_TIMEOUT(duo.stage(), Stage::Closed, 10'000);
    QCOMPARE(organization().state(), State::On);
    QCOMPARE(noted.value(0).value(0).toString(), u"Duo of Kettle Works is turned on."_s);
    QTRY_VERIFY(!organization().isLoading());
    open();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(duo.isOn());
    QVERIFY(duo.noticeText().isEmpty());
    duo.askToTurnOff();
    QVERIFY(duo.turnOffNote().contains(u"organization"_s));
    QVERIFY(!duo.isCodeUnsaved());
    duo.turnOff();
    QTRY_COMPARE_WITH_TIMEOUT(duo.stage(), Stage::Closed, 10'000);
    QTRY_VERIFY(!organization().isLoading());
    QCOMPARE(organization().state(), State::Off);
}

void TestOrganizationViewModel::saysWhyItIsUnknown()
{
    // Vaultwarden lists organizations in the profile, and has no Duo for them.
    signIn(u"classic"_s);
    if (QTest::currentTestFailed())
        return;
    organization().refresh();
    QTRY_VERIFY(!organization().problemText().isEmpty());
    QCOMPARE(organization().state(), State::Unknown);
    organization().manage();
    DuoViewModel &duo = *organization().duo();
    duo.verification()->submit(SecureBuffer::fromText(m_server.account(m_role).password));
    QVERIFY(!organization().providers()->isUnsupported(ProviderType::OrganizationDuo));
    QTRY_VERIFY_WITH_TIMEOUT(!duo.verification()->errorText().isEmpty(), 10'000);
    QCOMPARE(duo.stage(), Stage::Verifying);
    QVERIFY(organization().providers()->isUnsupported(ProviderType::OrganizationDuo));
    const auto &row = *organization().providers();
    QCOMPARE(row.data(row.index(0), ProviderListModel::NoteRole).toString(),
             u"This server doesn’t support this method."_s);
}

void TestOrganizationViewModel::whatWasNotKnownIsNoChange()
{
    // A session that has not asked yet. Once Duo is on, signing in takes Duo.
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    auto other = std::move(m_organization);
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    organization().refresh();
    QTRY_COMPARE(organization().state(), State::Off);
    open();
    if (QTest::currentTestFailed())
        return;
    typeSettings();
    QTRY_COMPARE_WITH_TIMEOUT(organization().duo()->stage(), Stage::Closed, 10'000);
    m_organization = std::move(other);
    QCOMPARE(organization().state(), State::Unknown);
    open();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(organization().duo()->isOn());
    QVERIFY(organization().duo()->noticeText().isEmpty());
}

void TestOrganizationViewModel::settingsMadeElsewhereAreNotOverwritten()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    organization().refresh();
    QTRY_COMPARE(organization().state(), State::Off);
    open();
    if (QTest::currentTestFailed())
        return;
    // Another admin.
    auto first = std::move(m_organization);
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    open();
    if (QTest::currentTestFailed())
        return;
    typeSettings();
    QTRY_COMPARE_WITH_TIMEOUT(organization().duo()->stage(), Stage::Closed, 10'000);
    const auto puts = [this] {
        return m_server.requestedPaths()
            .filter(QRegularExpression(u"^PUT .*/two-factor/duo$"_s))
            .size();
    };
    const auto before = puts();
    QVERIFY(before > 0);

    m_organization = std::move(first);
    DuoViewModel &duo = *organization().duo();
    QVERIFY(!duo.isOn());
    typeSettings();
    QVERIFY(duo.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!duo.isBusy(), 10'000);
    QCOMPARE(duo.stage(), Stage::Open);
    QVERIFY(duo.isOn());
    QVERIFY(!duo.noticeText().isEmpty());
    QCOMPARE(puts(), before);
    QTRY_COMPARE(organization().state(), State::On);
}

void TestOrganizationViewModel::answerFromBeforeAChangeDoesNotCount()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    open();
    if (QTest::currentTestFailed())
        return;
    const QString list = u"/api/organizations/*/two-factor"_s;
    QVERIFY(
        m_server.setFault(list, u"delay"_s,
                          {{u"method"_s, u"GET"_s}, {u"milliseconds"_s, 3000}, {u"times"_s, 1}}));
    organization().refresh();
    QTRY_VERIFY(isOnItsWay());
    typeSettings();
    QTRY_COMPARE_WITH_TIMEOUT(organization().duo()->stage(), Stage::Closed, 10'000);
    QCOMPARE(organization().state(), State::On);
    QVERIFY(isOnItsWay());
    QTRY_VERIFY_WITH_TIMEOUT(!isOnItsWay() && !organization().isLoading(), 10'000);
    QCOMPARE(organization().state(), State::On);
}

void TestOrganizationViewModel::waitsAsLongAsTheServerWants()
{
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_server.setFault(u"/api/organizations/*/two-factor"_s, u"rate-limit"_s,
                              {{u"seconds"_s, 2}, {u"times"_s, 1}}));
    organization().refresh();
    QTRY_COMPARE(organization().waitSeconds(), 2);
    QVERIFY(!organization().problemText().isEmpty());
    organization().refresh();
    QVERIFY(!organization().isLoading());
    QTRY_COMPARE_WITH_TIMEOUT(organization().waitSeconds(), 0, 10'000);
    organization().refresh();
    QTRY_COMPARE(organization().state(), State::Off);
    QVERIFY(organization().problemText().isEmpty());
}

QTEST_MAIN(TestOrganizationViewModel)
#include "tst_organizationviewmodel.moc"
#include "ui/secret/secretinput.h"
