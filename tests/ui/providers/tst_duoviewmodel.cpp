// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/managedpage.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

using Stage = ProviderViewModel::Stage;
using Field = DuoFormViewModel::Field;

namespace {

const QString goodId = u"DISPAREKEYEXAMPLE001"_s;
const QString unknownId = u"XXSPAREKEYEXAMPLE001"_s;
const QString goodSecret = u"0123456789abcdefghijABCDEFGHIJ9876543210"_s;
const QString goodHost = u"api-5aae7e57.duosecurity.com"_s;

/// What a password field gives a view-model.
class EnteredSecret
{
public:
    EnteredSecret() { m_entry.setInput(&m_input); }
    SecretEntry *type(const QString &text)
    {
        m_input.fill(text);
        return &m_entry;
    }
    [[nodiscard]] bool isEmpty() const { return m_input.isEmpty(); }

private:
    SecretInput m_input;
    SecretEntry m_entry;
};

} // namespace

// Duo, from its fields to the server.
class TestDuoViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_test.close(); }

    void saysWhileTypingWhatCanNeverBecomeRight();
    void takesTheSecretOnlyIfAllThreeCanBeRight();
    void turnsOnAndShowsWhatTheServerDoesNotMask_data();
    void turnsOnAndShowsWhatTheServerDoesNotMask();
    void turnsOnWithEmptyFieldsWhatIsSetUpForAll();
    void emptyFieldsAreRefusedWhereNothingIsSetUpForAll();
    void turnsOff_data();
    void turnsOff();
    void refusalOfDuoKeepsAllButTheSecret_data();
    void refusalOfDuoKeepsAllButTheSecret();
    void expiredProofAsksAgainAndSavesWhatWasEntered();
    void closingThePromptInBetweenForgetsTheSecret();
    void endedPremiumCanStillBeTurnedOff_data();
    void endedPremiumCanStillBeTurnedOff();
    void refusedForPremiumSaysSo();
    void lostAnswerIsReadBack();
    void lostConnectionClaimsNothing();
    void turnedOnElsewhereIsSaidAndTheListFollows();
    void turnedOnElsewhereWhileAskedAgainIsNotOverwritten();

private:
    [[nodiscard]] DuoViewModel &duo() { return *m_test.page->duo(); }
    void fillIn(const QString &id = goodId)
    {
        duo().form()->editClientId(id);
        duo().form()->editHost(goodHost);
        duo().form()->submit(m_secret.type(goodSecret));
    }
    void turnOnElsewhere();

    ManagedPage m_test;
    EnteredSecret m_secret;
};

void TestDuoViewModel::initTestCase()
{
    QVERIFY2(m_test.startServer(), qPrintable(m_test.server.problem()));
}

void TestDuoViewModel::turnOnElsewhere()
{
    auto settings = std::make_shared<DuoSettings>();
    settings->clientId = goodId;
    settings->clientSecret = SecureBuffer::fromText(goodSecret);
    settings->host = goodHost;
    const auto opened = outcomeOf(m_test.elsewhere->openDuo(m_test.otherProof()));
    QVERIFY(opened);
    QVERIFY(outcomeOf(m_test.elsewhere->turnOnDuo(opened->proof, settings)));
}

void TestDuoViewModel::saysWhileTypingWhatCanNeverBecomeRight()
{
    DuoFormViewModel form;
    form.editClientId(u" DISPARE "_s);
    QCOMPARE(form.clientIdHint(), u"7 of 20 characters"_s);
    QVERIFY(form.clientIdErrorText().isEmpty());
    form.editClientId(u"DI-PARE"_s);
    QVERIFY(form.clientIdErrorText().contains(u"letters and digits"_s));
    form.editClientId(goodId + u"2"_s);
    QVERIFY(form.clientIdErrorText().contains(u"21"_s));

    form.editClientSecret(m_secret.type(goodSecret.left(39) + u" "_s));
    QCOMPARE(form.clientSecretHint(), u"39 of 40 characters"_s);
    QVERIFY(form.clientSecretErrorText().isEmpty());
    form.editClientSecret(m_secret.type(u"012345******"_s));
    QVERIFY(!form.clientSecretErrorText().isEmpty());

    form.editHost(u"https://API-5aae"_s);
    QVERIFY(form.hostErrorText().isEmpty());
    form.editHost(u"api-5aae.evil.com"_s);
    QVERIFY(!form.hostErrorText().isEmpty());
}

void TestDuoViewModel::takesTheSecretOnlyIfAllThreeCanBeRight()
{
    DuoFormViewModel form;
    QSignalSpy submitted(&form, &DuoFormViewModel::submitted);
    QList<Field> wanted;
    connect(&form, &DuoFormViewModel::fieldWanted, &form,
            [&wanted](Field field) { wanted.append(field); });
    form.editClientId(goodId.left(19));
    form.editHost(u"api-5aae7e57.duosecurity.co"_s);
    form.submit(m_secret.type(goodSecret));
    form.editClientId(goodId);
    form.submit(m_secret.type(goodSecret.left(39)));
    QVERIFY(form.clientSecretErrorText().contains(u"39"_s));
    form.submit(m_secret.type(goodSecret));
    QCOMPARE(wanted, (QList{Field::ClientId, Field::ClientSecret, Field::Host}));
    QVERIFY(!m_secret.isEmpty());
    QCOMPARE(submitted.count(), 0);

    form.editHost(u" https://"_s + goodHost + u"/ "_s);
    form.submit(m_secret.type(goodSecret + u"\n"_s));
    QCOMPARE(submitted.count(), 1);
    QVERIFY(m_secret.isEmpty());
    const auto settings = submitted[0][0].value<DuoFormViewModel::Settings>();
    QCOMPARE(settings->clientId, goodId);
    QVERIFY(settings->clientSecret.equals(goodSecret.toLatin1()));
    QCOMPARE(settings->host, goodHost);
}

void TestDuoViewModel::turnsOnAndShowsWhatTheServerDoesNotMask_data()
{
    eachGeneration();
}

void TestDuoViewModel::turnsOnAndShowsWhatTheServerDoesNotMask()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(!duo().isOn());
    QVERIFY(duo().isOnlyMethod());
    fillIn();
    QVERIFY(duo().isBusy());
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(2));

    m_test.page->recoveryCode()->close();
    QVERIFY(m_test.manage(duo()));
    QVERIFY(duo().isOn());
    QVERIFY(duo().maskedSecret().endsWith("***"_L1));
    QVERIFY(duo().host().startsWith("api-"_L1));
    duo().close();
    QVERIFY(duo().maskedSecret().isEmpty());
}

void TestDuoViewModel::turnsOnWithEmptyFieldsWhatIsSetUpForAll()
{
    QVERIFY(m_test.open(u"classic"_s));
    QVERIFY(m_test.server.changeSettings({{u"duoForAll"_s, true}}));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(duo().isSetUpForAll());
    QVERIFY(!duo().isOn());
    // One of three is no answer.
    duo().form()->editClientId(goodId);
    duo().form()->submit(m_secret.type({}));
    QVERIFY(!duo().isBusy());
    QVERIFY(!duo().form()->hostErrorText().isEmpty());

    duo().form()->editClientId({});
    duo().form()->submit(m_secret.type({}));
    QVERIFY(duo().form()->hostErrorText().isEmpty());
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(2));

    m_test.page->recoveryCode()->close();
    QVERIFY(m_test.manage(duo()));
    QVERIFY(duo().isOn());
    QVERIFY(duo().isSetUpForAll());
    QVERIFY(duo().host().isEmpty());
    QVERIFY(duo().clientId().isEmpty());
    QVERIFY(duo().maskedSecret().isEmpty());
}

void TestDuoViewModel::emptyFieldsAreRefusedWhereNothingIsSetUpForAll()
{
    QVERIFY(m_test.open(u"classic"_s));
    QVERIFY(m_test.server.changeSettings({{u"duoForAll"_s, true}}));
    QVERIFY(m_test.manage(duo()));
    duo().close();
    QVERIFY(m_test.server.changeSettings({{u"duoForAll"_s, false}}));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(!duo().isSetUpForAll());
    duo().form()->submit(m_secret.type({}));
    QVERIFY(!duo().isBusy());
    QCOMPARE(duo().stage(), Stage::Open);
    QVERIFY(!duo().form()->clientIdErrorText().isEmpty());
    QVERIFY(!m_test.isOn(2));
}

void TestDuoViewModel::turnsOff_data()
{
    eachGeneration();
}

void TestDuoViewModel::turnsOff()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    turnOnElsewhere();
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(duo()));
    duo().askToTurnOff();
    QVERIFY(duo().isAskingToTurnOff());
    QCOMPARE(duo().turnOffNote(), u"Only your password will protect this account."_s);
    duo().turnOff();
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(!m_test.isOn(2));
}

void TestDuoViewModel::refusalOfDuoKeepsAllButTheSecret_data()
{
    eachGeneration();
}

void TestDuoViewModel::refusalOfDuoKeepsAllButTheSecret()
{
    QFETCH(QString, generation);
    QVERIFY(m_test.open(generation));
    QVERIFY(m_test.manage(duo()));
    QSignalSpy wanted(duo().form(), &DuoFormViewModel::fieldWanted);
    QSignalSpy cleared(duo().form(), &DuoFormViewModel::cleared);
    fillIn(unknownId);
    QTRY_VERIFY(!duo().isBusy());
    QCOMPARE(duo().stage(), Stage::Open);
    QVERIFY2(duo().errorText().contains(u"Duo admin page"_s), qPrintable(duo().errorText()));
    QCOMPARE(cleared.count(), 0);
    QCOMPARE(wanted.value(0).value(0).value<Field>(), Field::ClientSecret);
    QVERIFY(duo().form()->clientSecretHint().contains(u"again"_s));
    QVERIFY(!m_test.isOn(2));
    fillIn();
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(2));
}

void TestDuoViewModel::expiredProofAsksAgainAndSavesWhatWasEntered()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(m_test.server.expireVerifications());
    fillIn();
    QTRY_COMPARE(duo().stage(), Stage::VerifyingAgain);
    QVERIFY(!m_test.isOn(2));
    m_test.typePassword(duo());
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(2));
}

void TestDuoViewModel::closingThePromptInBetweenForgetsTheSecret()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(m_test.server.expireVerifications());
    fillIn();
    QTRY_COMPARE(duo().stage(), Stage::VerifyingAgain);
    duo().verification()->cancel();
    QCOMPARE(duo().stage(), Stage::Open);
    QVERIFY(duo().form()->clientSecretHint().contains(u"again"_s));
    QCOMPARE(duo().form()->clientIdHint(), u"20 of 20 characters"_s);
    QVERIFY(!m_test.isOn(2));
}

void TestDuoViewModel::endedPremiumCanStillBeTurnedOff_data()
{
    QTest::addColumn<QString>("generation");
    QTest::addColumn<bool>("mayLook");
    QTest::newRow("middle") << u"middle"_s << false;
    QTest::newRow("token") << u"token"_s << true;
}

void TestDuoViewModel::endedPremiumCanStillBeTurnedOff()
{
    QFETCH(QString, generation);
    QFETCH(bool, mayLook);
    QVERIFY(m_test.open(generation));
    turnOnElsewhere();
    QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"premium"_s, false}}));
    m_test.page->setPremium(false);
    QVERIFY(m_test.reload());
    auto &list = *m_test.page->providers();
    const auto row = list.match(list.index(0), ProviderListModel::KeyRole, u"duo"_s).value(0);
    QVERIFY(row.data(ProviderListModel::LapsedRole).toBool());
    QCOMPARE(row.data(ProviderListModel::NoteRole).toString(),
             u"Premium has ended. You can only turn this off."_s);
    const auto off = list.match(list.index(0), ProviderListModel::KeyRole, u"yubiKey"_s).value(0);
    QCOMPARE(off.data(ProviderListModel::NoteRole).toString(), u"This method needs Premium."_s);
    QVERIFY(!off.data(ProviderListModel::ManageEnabledRole).toBool());
    QVERIFY(row.data(ProviderListModel::ManageEnabledRole).toBool());
    m_test.page->turnOff(static_cast<int>(ProviderType::Duo));
    QVERIFY(duo().turnOffNote().contains(u"Without Premium"_s));
    duo().close();
    QVERIFY(m_test.manage(duo()));
    QVERIFY(duo().isLapsed());
    QCOMPARE(duo().maskedSecret().isEmpty(), !mayLook);
    duo().askToTurnOff();
    QVERIFY(duo().turnOffNote().contains(u"Without Premium"_s));
    duo().turnOff();
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(!m_test.isOn(2));
}

void TestDuoViewModel::refusedForPremiumSaysSo()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.server.editAccount(ManagedPage::role, {{u"premium"_s, false}}));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(!duo().isLapsed());
    fillIn();
    QTRY_VERIFY(!duo().isBusy());
    QVERIFY(duo().errorText().contains(u"Premium"_s));
    QVERIFY(!m_test.isOn(2));
}

void TestDuoViewModel::lostAnswerIsReadBack()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(
        m_test.server.setFault(u"/api/two-factor/duo"_s, u"drop-mid-body"_s, {{u"times"_s, 1}}));
    fillIn();
    QTRY_COMPARE(duo().stage(), Stage::Closed);
    QVERIFY(m_test.isOn(2));
}

void TestDuoViewModel::lostConnectionClaimsNothing()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/duo"_s, u"drop"_s));
    // The look before the change is answered, the one after it is not.
    QVERIFY(m_test.server.setFault(u"/api/two-factor"_s, u"delay"_s,
                                   {{u"milliseconds"_s, 0}, {u"times"_s, 1}}));
    QVERIFY(m_test.server.setFault(u"/api/two-factor"_s, u"drop"_s));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/get-duo"_s, u"drop"_s));
    fillIn();
    QTRY_VERIFY_WITH_TIMEOUT(!duo().isBusy(), 20'000);
    QCOMPARE(duo().stage(), Stage::Open);
    QVERIFY2(duo().errorText().contains(u"may or may not be saved"_s),
             qPrintable(duo().errorText()));
}

void TestDuoViewModel::turnedOnElsewhereIsSaidAndTheListFollows()
{
    QVERIFY(m_test.open(u"token"_s));
    turnOnElsewhere();
    QCOMPARE(m_test.page->providers()->turnedOnCount(), 0);
    QVERIFY(m_test.manage(duo()));
    QVERIFY(duo().isOn());
    QVERIFY(duo().noticeText().contains(u"turned on elsewhere"_s));
    QTRY_COMPARE(m_test.page->providers()->turnedOnCount(), 1);
}

void TestDuoViewModel::turnedOnElsewhereWhileAskedAgainIsNotOverwritten()
{
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(duo()));
    QVERIFY(m_test.server.expireVerifications());
    fillIn(unknownId);
    QTRY_COMPARE(duo().stage(), Stage::VerifyingAgain);
    turnOnElsewhere();
    m_test.typePassword(duo());
    QTRY_COMPARE(duo().stage(), Stage::Open);
    QVERIFY(!duo().isBusy());
    QVERIFY(duo().isOn());
    QVERIFY(!duo().noticeText().isEmpty());
    QVERIFY(duo().errorText().isEmpty());
}

QTEST_MAIN(TestDuoViewModel)
#include "tst_duoviewmodel.moc"
#include "ui/secret/secretinput.h"
