// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/providers/newpasskeytest.h"

#include <QSignalSpy>

using namespace Sparekey;
using namespace Qt::StringLiterals;

// Adding a passkey with a key of software: its name, and the key that makes it.
class TestNewPasskey : public NewPasskeyTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void cleanup() { clear(); }

    void firstKeyTurnsTheMethodOnAndIsTested_data();
    void firstKeyTurnsTheMethodOnAndIsTested();
    void touchRegistersTheOnlyKey();
    void severalKeysWaitForAChoice();
    void secondKeyJoinsTheList();
    void nameIsNeededAndMustBeOfItsOwn();
    void pinIsAskedForInPlace();
    void wrongPinsAreCountedAndTheThirdNeedsAReplug();
    void forgottenPinCanBeLeftOut();
    void keyOfTheAccountIsRefused();
    void stoppedReadingRegistersNothing();
    void pulledKeyIsTold();
    void untouchedKeyIsTold();
    void noKeyIsTold();
    void forbiddenKeyIsTold();
    void severalKeysAreToldApartByTouch();
    void cardIsReadInOneTap();
    void oldKeyOfU2fWorks();
    void foreignSiteIsRefusedBeforeAnyKeyIsAsked();
    void fullAccountIsTold();
    void dialogLeftWhileReadingLeavesNothing();
    void lockWhileReadingLeavesNothing();
    void siteWithoutANameCanHaveNoKeys();
};

void TestNewPasskey::firstKeyTurnsTheMethodOnAndIsTested_data()
{
    eachGeneration();
}

void TestNewPasskey::firstKeyTurnsTheMethodOnAndIsTested()
{
    QFETCH(QString, generation);
    const Port &port = plugIn(u"Blue key"_s);
    QVERIFY(openForm(generation));
    QTRY_COMPARE(newKey().devices()->count(), 1);
    QCOMPARE(newKey().name(), u"Blue key"_s);
    QCOMPARE(newKey().site(), host());
    QSignalSpy noted(m_test.page.get(), &TwoStepLoginViewModel::noted);

    passkey().saveKey(); // Nothing was read.
    QCOMPARE(newKey().step(), Step::Describing);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    QVERIFY(newKey().readText().contains(u"Blue key"_s));
    QCOMPARE(port.key->credentialCount(), 1);
    QVERIFY(!m_test.isOn(7));
    passkey().saveKey();
    QVERIFY(waitFor(Step::Saved));
    QVERIFY(m_test.isOn(7));
    QVERIFY(passkey().isOn());
    QCOMPARE(passkey().stage(), Stage::Open);
    QCOMPARE(passkey().keyNames(), QStringList{u"Blue key"_s});
    QCOMPARE(stored(), QStringList{u"Blue key"_s});
    auto &list = *m_test.page->providers();
    const auto row = list.match(list.index(0), ProviderListModel::KeyRole, u"passkey"_s).value(0);
    QCOMPARE(row.data(ProviderListModel::StateRole).value<ProviderListModel::State>(),
             ProviderListModel::State::On);
    // Told once the dialog is left: the recovery code would lie on top of it.
    QCOMPARE(m_test.page->recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Closed);

    QVERIFY(testKey());
    QVERIFY2(!newKey().isTestFailed(), qPrintable(newKey().testText()));
    QCOMPARE(newKey().testText(), u"The key works with this account."_s);

    passkey().finishAdding();
    QCOMPARE(passkey().stage(), Stage::Closed);
    QCOMPARE(newKey().step(), Step::Closed);
    QTRY_COMPARE(m_test.page->recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Shown);
    QVERIFY(m_test.page->recoveryCode()->isFirstMethod());
    QVERIFY(noted.size() >= 2);
    QCOMPARE(noted.at(0).at(0).toString(), u"The key “Blue key” was added."_s);
    QCOMPARE(noted.at(1).at(0).toString(), u"Passkey is turned on."_s);
}

void TestNewPasskey::touchRegistersTheOnlyKey()
{
    Port &port = plugIn(u"Blue key"_s);
    port.front->neverTouch();
    QVERIFY(m_test.open(u"fido4"_s));
    QVERIFY(m_test.manage(passkey()));
    passkey().addKeyByTouch();
    QVERIFY(waitFor(Prompt::Touch));
    // The name can be changed until then.
    newKey().setName(u"Keychain"_s);
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QVERIFY(waitFor(Step::Saved));
    QCOMPARE(stored(), QStringList{u"Keychain"_s});
    QVERIFY(passkey().isOn());
    passkey().finishAdding();
    m_test.page->recoveryCode()->close();
}

void TestNewPasskey::severalKeysWaitForAChoice()
{
    plugIn(u"First"_s);
    const Port &second = plugIn(u"Second"_s);
    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(m_test.manage(passkey()));
    passkey().addKeyByTouch();
    QTRY_COMPARE(newKey().devices()->count(), 2);
    QCOMPARE(newKey().step(), Step::Describing);
    newKey().devices()->choose(1);
    passkey().registerKey();
    QVERIFY(waitFor(Step::Saved));
    QCOMPARE(second.key->credentialCount(), 1);
}

void TestNewPasskey::secondKeyJoinsTheList()
{
    plugIn(u"Blue key"_s);
    QVERIFY(openForm(u"token"_s, {{u"7"_s, true}}));
    // "Blue key" is taken at the server.
    QTRY_COMPARE(newKey().name(), u"Blue key 2"_s);
    QVERIFY(readAndSave(u"Green \"key\""_s));
    passkey().finishAdding();
    QCOMPARE(passkey().stage(), Stage::Open);
    QCOMPARE(newKey().step(), Step::Closed);
    QCOMPARE(passkey().keyNames(), (QStringList{u"Blue key"_s, u"Desk key"_s, u"Green \"key\""_s}));
    // When another program has added one, nobody here knows.
    const auto added = [this](int row) {
        const PasskeyListModel &keys = *passkey().keys();
        return keys.data(keys.index(row), PasskeyListModel::AddedRole).toString();
    };
    QTRY_VERIFY2(added(2).startsWith(u"Added here on "_s), qPrintable(added(2)));
    QCOMPARE(added(1), QString());
    passkey().leave();
    QCOMPARE(m_test.page->recoveryCode()->stage(), RecoveryCodeViewModel::Stage::Closed);
}

void TestNewPasskey::nameIsNeededAndMustBeOfItsOwn()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s, {{u"7"_s, true}}));
    QSignalSpy wanted(&newKey(), &NewPasskeyViewModel::nameWanted);
    newKey().setName(u" \t "_s);
    passkey().readKey();
    QVERIFY(!newKey().nameErrorText().isEmpty());
    newKey().setName(u"DESK KEY"_s);
    QVERIFY(newKey().nameErrorText().isEmpty());
    passkey().readKey();
    QVERIFY(newKey().nameErrorText().contains(u"Another key"_s));
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(newKey().step(), Step::Describing);
    QCOMPARE(port.key->credentialCount(), 0);
    // Long ones are cut, and control characters are left out.
    newKey().setName(u"a\nb"_s + QString(300, u'x'));
    QVERIFY(newKey().name().size() <= 50);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    QVERIFY(newKey().name().startsWith(u"a"_s));
    QVERIFY(!newKey().name().contains(u'\n'));
}

void TestNewPasskey::pinIsAskedForInPlace()
{
    const Port &port = plugInWithPin();
    QVERIFY(openForm(u"token"_s));
    passkey().readKey();
    QVERIFY(waitFor(Prompt::Pin));
    QCOMPARE(newKey().prompt()->pinRetriesText(), u"8 tries left"_s);
    QVERIFY(!newKey().prompt()->arePinRetriesFew());
    QVERIFY(!newKey().prompt()->pinCanBeSkipped());
    newKey().prompt()->skipPin();
    newKey().prompt()->submitPin(SecureBuffer());
    QVERIFY(!newKey().prompt()->pinErrorText().isEmpty());
    QCOMPARE(newKey().prompt()->stage(), Prompt::Pin);
    newKey().prompt()->submitPin(SecureBuffer::copyOf("2468"));
    QVERIFY(waitFor(Step::Read));
    QVERIFY(newKey().reply().userVerified);
    passkey().saveKey();
    QVERIFY(waitFor(Step::Saved));
    QCOMPARE(port.key->pinRetriesLeft(), 8);
}

void TestNewPasskey::wrongPinsAreCountedAndTheThirdNeedsAReplug()
{
    const Port &port = plugInWithPin();
    port.key->setPinRetries(5);
    QVERIFY(openForm(u"classic"_s));
    passkey().readKey();
    for (int tries = 4; tries > 2; --tries) {
        QVERIFY(waitFor(Prompt::Pin));
        QSignalSpy wanted(newKey().prompt(), &KeyPromptViewModel::pinWanted);
        newKey().prompt()->submitPin(SecureBuffer::copyOf("1111"));
        QTRY_COMPARE(wanted.size(), 1);
        QCOMPARE(newKey().prompt()->pinErrorText(), u"Wrong PIN. %1 tries are left."_s.arg(tries));
        QCOMPARE(newKey().prompt()->arePinRetriesFew(), tries <= 3);
    }
    newKey().prompt()->submitPin(SecureBuffer::copyOf("1111"));
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(newKey().errorText().contains(u"plug it in again"_s));
    m_transport->pullOut(port.device);
    m_transport->plugInAgain(port.device);
    QTRY_COMPARE(newKey().devices()->count(), 1);
    passkey().readKey();
    QVERIFY(waitFor(Prompt::Pin));
    QVERIFY(newKey().prompt()->pinRetriesText().startsWith(u"2 tries left. When none is left"_s));
    newKey().prompt()->submitPin(SecureBuffer::copyOf("2468"));
    QVERIFY(waitFor(Step::Read));
}

void TestNewPasskey::forgottenPinCanBeLeftOut()
{
    const Port &port = plugIn(u"Key"_s);
    port.key->setPin(u"2468"_s);
    QVERIFY(m_test.server.changeSettings({}));
    QVERIFY(openForm(u"token"_s));
    QVERIFY(m_test.server.changeSettings(
        {{u"passkeyOptions"_s,
          QJsonObject{{u"authenticatorSelection"_s,
                       QJsonObject{{u"userVerification"_s, u"preferred"_s}}}}}}));
    passkey().readKey();
    QVERIFY(waitFor(Prompt::Pin));
    QVERIFY(newKey().prompt()->pinCanBeSkipped());
    newKey().prompt()->skipPin();
    QVERIFY(waitFor(Step::Read));
    QVERIFY(!newKey().reply().userVerified);
}

void TestNewPasskey::keyOfTheAccountIsRefused()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    QVERIFY(readAndSave(u"First"_s));
    passkey().finishAdding();
    m_test.page->recoveryCode()->close();
    QVERIFY(m_test.reload());
    QVERIFY(m_test.manage(passkey()));
    passkey().addKey();
    QTRY_COMPARE(newKey().devices()->count(), 1);
    newKey().setName(u"Second"_s);
    passkey().readKey();
    QVERIFY(waitFor(Step::Reading));
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(newKey().errorText().contains(u"already registered"_s));
    QCOMPARE(newKey().name(), u"Second"_s);
    // The inventory knows it by what it holds.
    QTRY_VERIFY(newKey().errorText().contains(u"“First”"_s));
    QCOMPARE(port.key->credentialCount(), 1);
    QCOMPARE(stored(), QStringList{u"First"_s});
}

void TestNewPasskey::stoppedReadingRegistersNothing()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(readUntouched(port));
    QVERIFY(newKey().prompt()->secondsLeft() > 25);
    newKey().prompt()->cancel();
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(newKey().errorText().isEmpty());
    QCOMPARE(newKey().prompt()->stage(), Prompt::Idle);
    QTRY_VERIFY(!port.front->isBlinking());
    QCOMPARE(port.key->credentialCount(), 0);
    QVERIFY(!m_test.isOn(7));
    // The same key at once again.
    port.front->touchAfter({});
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
}

void TestNewPasskey::pulledKeyIsTold()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(readUntouched(port));
    m_transport->pullOut(port.device);
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(newKey().errorText().contains(u"removed"_s));
    QVERIFY(!m_test.isOn(7));
}

void TestNewPasskey::untouchedKeyIsTold()
{
    const Port &port = plugIn(u"Key"_s);
    port.front->neverTouch();
    port.front->giveUpAfter(std::chrono::milliseconds(200));
    QVERIFY(openForm(u"token"_s));
    passkey().readKey();
    QVERIFY(waitFor(Step::Reading));
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(newKey().errorText().contains(u"not touched in time"_s));
}

void TestNewPasskey::noKeyIsTold()
{
    QVERIFY(openForm(u"token"_s));
    QCOMPARE(newKey().devices()->count(), 0);
    newKey().setName(u"Key"_s);
    passkey().readKey();
    QTRY_VERIFY(newKey().errorText().contains(u"Plug in your key"_s));
    QCOMPARE(newKey().step(), Step::Describing);
    // It appears by itself.
    plugIn(u"Late key"_s);
    QTRY_COMPARE(newKey().devices()->count(), 1);
    QCOMPARE(newKey().devices()->chosenRow(), 0);
    QCOMPARE(newKey().name(), u"Key"_s); // as it was entered
}

void TestNewPasskey::forbiddenKeyIsTold()
{
    const Port &port = plugIn(u"Key"_s);
    m_transport->forbid(port.device);
    QVERIFY(openForm(u"token"_s));
    QTRY_COMPARE(newKey().devices()->count(), 1);
    auto &devices = *newKey().devices();
    QVERIFY(!devices.data(devices.index(0), KeyListModel::UsableRole).toBool());
    passkey().readKey();
    QTRY_VERIFY(newKey().errorText().contains(u"may not open it"_s));
    QCOMPARE(newKey().step(), Step::Describing);
}

void TestNewPasskey::severalKeysAreToldApartByTouch()
{
    const Port &first = plugIn(u"First"_s);
    const Port &second = plugIn(u"Second"_s);
    first.front->neverTouch();
    second.front->neverTouch();
    QVERIFY(openForm(u"token"_s));
    QTRY_COMPARE(newKey().devices()->count(), 2);
    QCOMPARE(newKey().devices()->touchableCount(), 2);
    newKey().chooseByTouch();
    QVERIFY(waitFor(Step::Choosing));
    QTRY_VERIFY(first.front->isBlinking());
    QTRY_VERIFY(second.front->isBlinking());
    second.front->touch();
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(newKey().devices()->chosen());
    QCOMPARE(newKey().devices()->chosen()->name, u"Second"_s);
    QCOMPARE(newKey().name(), u"Second"_s);
    QTRY_VERIFY(!first.front->isBlinking());
    second.front->touchAfter({});
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    QCOMPARE(first.key->credentialCount(), 0);
    QCOMPARE(second.key->credentialCount(), 1);
}

void TestNewPasskey::cardIsReadInOneTap()
{
    m_readers.push_back(m_transport->addReader(u"Reader"_s));
    const KeyDevice reader = m_readers.back();
    auto key = std::make_shared<SoftwareKey>();
    key->setPin(u"2468"_s);
    QVERIFY(openForm(u"token"_s));
    QTRY_COMPARE(newKey().devices()->count(), 1);
    QCOMPARE(newKey().name(), u"Security key"_s);
    passkey().readKey();
    // Asked for before the key is laid down, so that once is enough.
    QVERIFY(waitFor(Prompt::Pin));
    QVERIFY(newKey().prompt()->pinCanBeSkipped());
    newKey().prompt()->submitPin(SecureBuffer::copyOf("2468"));
    QVERIFY(waitFor(Prompt::PlaceOnReader));
    m_transport->placeOn(reader, [key] { return std::make_unique<CardInField>(key); });
    QVERIFY(waitFor(Step::Read));
    QVERIFY(newKey().reply().userVerified);
    passkey().saveKey();
    QVERIFY(waitFor(Step::Saved));
    QVERIFY(m_test.isOn(7));
    QVERIFY(testKey());
    QVERIFY2(!newKey().isTestFailed(), qPrintable(newKey().testText()));
}

void TestNewPasskey::oldKeyOfU2fWorks()
{
    SoftwareKeyTraits traits;
    traits.ctap2 = false;
    plugIn(u"Old key"_s, traits);
    QVERIFY(openForm(u"classic"_s));
    QVERIFY(readAndSave(u"Old"_s));
    QVERIFY(newKey().readText().contains(u"U2F"_s));
    QVERIFY(testKey());
    QVERIFY2(!newKey().isTestFailed(), qPrintable(newKey().testText()));
}

void TestNewPasskey::foreignSiteIsRefusedBeforeAnyKeyIsAsked()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    QVERIFY(m_test.server.changeSettings(
        {{u"passkeyOptions"_s,
          QJsonObject{
              {u"rp"_s, QJsonObject{{u"id"_s, u"bank.example"_s}, {u"name"_s, u"Bank"_s}}}}}}));
    const int connections = m_transport->connections();
    passkey().readKey();
    QTRY_VERIFY(passkey().errorText().contains(u"bank.example"_s));
    QVERIFY(passkey().errorText().contains(host()));
    QCOMPARE(newKey().step(), Step::Describing);
    QCOMPARE(port.key->credentialCount(), 0);
    QCOMPARE(m_transport->connections(), connections);
}

void TestNewPasskey::fullAccountIsTold()
{
    plugIn(u"Key"_s);
    QVERIFY(m_test.open(u"middle"_s));
    // Five are registered, one by one, by somebody else.
    for (int number = 0; number < 5; ++number) {
        plugIn(u"Other"_s);
        QVERIFY(m_test.manage(passkey()));
        passkey().addKey();
        QTRY_COMPARE(newKey().devices()->count(), number + 2);
        newKey().devices()->choose(number + 1);
        QVERIFY(readAndSave(u"Key %1"_s.arg(number)));
        passkey().finishAdding();
        passkey().close();
        m_test.page->recoveryCode()->close();
        QVERIFY(m_test.isLoaded());
    }
    QVERIFY(m_test.manage(passkey()));
    passkey().addKey();
    QTRY_COMPARE(newKey().devices()->count(), 6);
    passkey().readKey();
    QTRY_VERIFY(!passkey().errorText().isEmpty());
    QVERIFY(passkey().errorText().contains(u"as many security keys as the server allows: 5"_s));
    QCOMPARE(newKey().step(), Step::Describing);
    QCOMPARE(stored().size(), 5);
}

void TestNewPasskey::dialogLeftWhileReadingLeavesNothing()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(readUntouched(port));
    passkey().leave();
    QCOMPARE(newKey().step(), Step::Closed);
    QCOMPARE(newKey().devices()->count(), 0);
    QTRY_VERIFY(!port.front->isBlinking());
    QVERIFY(!m_test.isOn(7));
}

void TestNewPasskey::lockWhileReadingLeavesNothing()
{
    const Port &port = plugInWithPin();
    QVERIFY(openForm(u"token"_s));
    passkey().readKey();
    QVERIFY(waitFor(Prompt::Pin));
    m_test.page->forgetSecrets();
    QCOMPARE(newKey().step(), Step::Closed);
    QCOMPARE(newKey().prompt()->stage(), Prompt::Idle);
    QTest::qWait(50); // whatever was waited for comes back now
    QCOMPARE(passkey().stage(), Stage::Closed);
    QCOMPARE(port.key->credentialCount(), 0);
}

void TestNewPasskey::siteWithoutANameCanHaveNoKeys()
{
    Session::Account account;
    account.environment = selfHostedEnvironment({.base = u"https://192.0.2.1"_s}).value();
    account.email = u"me@sparekey.example"_s;
    const auto session = std::make_shared<Session>(std::move(account), Tokens(),
                                                   std::make_shared<HttpTransport>(
                                                       QList<QSslCertificate>()),
                                                   ClientDevice());
    HardwareKeys keys{HardwareKeys::Transports{m_transport}};
    PasskeyViewModel viewModel(std::make_shared<ProviderApi>(session), keys, m_test.inventory());
    QVERIFY(viewModel.addBlockedReason().contains(u"192.0.2.1"_s));
    viewModel.addKey();
    QCOMPARE(viewModel.newKey()->step(), Step::Closed);

    QVERIFY(m_test.open(u"token"_s));
    QVERIFY(passkey().addBlockedReason().isEmpty());
}

QTEST_MAIN(TestNewPasskey)
#include "tst_newpasskey.moc"
