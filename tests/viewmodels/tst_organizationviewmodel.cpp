// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"
#include "tests/core/signedin.h"
#include "ui/viewmodels/organizationviewmodel.h"

#include <QQuickItem>
#include <QSignalSpy>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;
using State = OrganizationViewModel::State;

// The Duo of an organization, from the profile that allows it to the row that shows what became of
// it.
class TestOrganizationViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void tellsWhoseDuoItIs();
    void isSetUpAndTurnedOff_data();
    void isSetUpAndTurnedOff();
    void saysWhyItIsUnknown();
    void whatWasNotKnownIsNoChange();

private:
    void signIn(const QString &generation, QStringView role = u"weak-kdf");
    void open();
    void typeSettings();
    OrganizationViewModel &organization() { return *m_organization; }

    AccountServerProcess m_server;
    QString m_role;
    std::unique_ptr<OrganizationViewModel> m_organization;
};

void TestOrganizationViewModel::initTestCase()
{
    QVERIFY2(m_server.start(), qPrintable(m_server.problem()));
}

void TestOrganizationViewModel::init()
{
    m_organization.reset();
    QVERIFY(m_server.reset());
}

void TestOrganizationViewModel::signIn(const QString &generation, QStringView role)
{
    m_role = role.toString();
    QVERIFY(m_server.changeSettings({{u"generation"_s, generation}}));
    SignInRequest request = signInRequest(m_server, m_server.account(role));
    request.acceptedKdf = KdfSettings{.iterations = 1000};
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
    QQuickItem input;
    input.setProperty("text", u"0123456789abcdefghijABCDEFGHIJ0123456789"_s);
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
    QVERIFY(!duo.isCodeNotKept());
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
    QVERIFY(organization().missingText().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!duo.verification()->errorText().isEmpty(), 10'000);
    QCOMPARE(duo.stage(), Stage::Verifying);
    QCOMPARE(organization().missingText(), u"This server does not offer this method."_s);
}

void TestOrganizationViewModel::whatWasNotKnownIsNoChange()
{
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
    // Another session, which has not asked yet.
    signIn(u"token"_s);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(organization().state(), State::Unknown);
    open();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(organization().duo()->isOn());
    QVERIFY(organization().duo()->noticeText().isEmpty());
}

QTEST_MAIN(TestOrganizationViewModel)
#include "tst_organizationviewmodel.moc"
