// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/providers/newpasskeytest.h"

using namespace Sparekey;
using namespace Qt::StringLiterals;

// Saving a new passkey: what the server, the inventory and a test of the key say.
class TestSavingPasskey : public NewPasskeyTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startServer(); }
    void cleanup() { clear(); }

    void failedSaveReadsTheListBack();
    void lostAnswerToASaveIsReadBack();
    void expiredProofAsksAgainAndGoesOn();
    void keyAddedElsewhereIsNotReplaced();
    void testTellsAForeignKey();
    void inventoryKnowsWhatWasRegisteredAndRemoved();
    void testOfAKeyThatFailsSaysSo();
    void keyIsNotReadAgainWhereNothingWasSent();
    void refusedKeyIsToldAsThat();
    void saveOfUnknownOutcomeIsSettledLater();
    void registrationIsKnownThoughTheProgramWasKilledBeforeTheAnswer();
    void refusedRegistrationIsNotKept();
};

void TestSavingPasskey::failedSaveReadsTheListBack()
{
    plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s, {{u"7"_s, true}}));
    newKey().setName(u"Green"_s);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    // Somebody takes one away; and the challenge is used up by another registration.
    const auto opened = outcomeOf(m_test.elsewhere->openPasskeys(m_test.otherProof()));
    QVERIFY(outcomeOf(m_test.elsewhere->removePasskey(opened->proof, 1, opened->details)));
    QVERIFY(outcomeOf(m_test.elsewhere->beginPasskey(opened->proof)));
    passkey().saveKey();
    QVERIFY(waitFor(Step::Describing));
    QTRY_VERIFY_WITH_TIMEOUT(!passkey().errorText().isEmpty(), 30'000);
    QVERIFY(!passkey().isBusy());
    QCOMPARE(passkey().keyNames(), QStringList{u"Desk key"_s});
    QCOMPARE(stored(), QStringList{u"Desk key"_s});
    QCOMPARE(newKey().name(), u"Green"_s);
}

void TestSavingPasskey::lostAnswerToASaveIsReadBack()
{
    plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    newKey().setName(u"Green"_s);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"drop-mid-body"_s,
                                   {{u"times"_s, 1}}));
    passkey().saveKey();
    QVERIFY(waitFor(Step::Saved));
    QVERIFY(passkey().errorText().isEmpty());
    QCOMPARE(passkey().keyNames(), QStringList{u"Green"_s});
    QVERIFY(m_test.isOn(7));
}

void TestSavingPasskey::expiredProofAsksAgainAndGoesOn()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    newKey().setName(u"Green"_s);
    QVERIFY(m_test.server.expireVerifications());
    passkey().readKey();
    QTRY_COMPARE_WITH_TIMEOUT(passkey().stage(), Stage::VerifyingAgain, 30'000);
    m_test.typePassword(passkey());
    QVERIFY(waitFor(Step::Read));
    QVERIFY(m_test.server.expireVerifications());
    passkey().saveKey();
    QTRY_COMPARE_WITH_TIMEOUT(passkey().stage(), Stage::VerifyingAgain, 30'000);
    QCOMPARE(newKey().step(), Step::Read);
    m_test.typePassword(passkey());
    QVERIFY(waitFor(Step::Saved));
    QCOMPARE(port.key->credentialCount(), 1);
    QCOMPARE(stored(), QStringList{u"Green"_s});
}

void TestSavingPasskey::keyAddedElsewhereIsNotReplaced()
{
    plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    newKey().setName(u"Green"_s);
    // Numbers 1 and 2 are given away before this dialog knows of it.
    QVERIFY(m_test.server.editAccount(ManagedPage::role,
                                      {{u"providers"_s, QJsonObject{{u"7"_s, true}}}}));
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    passkey().saveKey();
    QVERIFY(waitFor(Step::Saved));
    QCOMPARE(stored(), (QStringList{u"Blue key"_s, u"Desk key"_s, u"Green"_s}));
    QCOMPARE(passkey().keyNames(), stored());
}

void TestSavingPasskey::testTellsAForeignKey()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    QVERIFY(readAndSave(u"Green"_s));
    m_transport->pullOut(port.device);
    const Port &other = plugIn(u"Another"_s);
    QTRY_COMPARE_WITH_TIMEOUT(newKey().devices()->count(), 1, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(newKey().devices()->chosen()->name, u"Another"_s, 30'000);
    newKey().test();
    QVERIFY(waitFor(Step::Testing));
    QTRY_VERIFY_WITH_TIMEOUT(newKey().prompt()->noteText().contains(u"not registered"_s), 30'000);
    QVERIFY(newKey().prompt()->noteText().contains(u"Another"_s));
    QVERIFY(!other.front->isBlinking());
    // Now the right one comes.
    m_transport->plugInAgain(port.device);
    QVERIFY(waitFor(Step::Saved));
    QVERIFY2(!newKey().isTestFailed(), qPrintable(newKey().testText()));
}

void TestSavingPasskey::inventoryKnowsWhatWasRegisteredAndRemoved()
{
    plugIn(u"YubiKey 5"_s);
    QVERIFY(openForm(u"token"_s, {{u"7"_s, true}}));
    QVERIFY(readAndSave(u"Green"_s));
    const auto registered = [this]() -> const KeyRegistration * {
        const InventoryKey *key = m_test.inventory().inventory().holderOf(
            newKey().reply().credentialId);
        return key ? &key->registrations.constFirst() : nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(registered(), 30'000);
    const QByteArray id = registered()->credentialId;
    const InventoryKey *key = m_test.inventory().inventory().holderOf(id);
    QCOMPARE(key->name, u"Green"_s);
    QCOMPARE(key->product, u"YubiKey 5"_s);
    QCOMPARE(key->aaguid, SoftwareKeyTraits().aaguid);
    QCOMPARE(key->registrations.constFirst().rpId, host());
    QCOMPARE(key->registrations.constFirst().number, 2);
    QCOMPARE(key->registrations.constFirst().state, KeyRegistration::State::Registered);
    passkey().finishAdding();
    passkey().askToRemove(2);
    passkey().removeKey();
    QTRY_VERIFY_WITH_TIMEOUT(!passkey().isBusy(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_test.inventory().inventory().holderOf(id)->registrations.constFirst().state,
        KeyRegistration::State::RemovedAtServer, 30'000);
}

void TestSavingPasskey::testOfAKeyThatFailsSaysSo()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    QVERIFY(readAndSave(u"Green"_s));
    port.front->declineTouch();
    QVERIFY(testKey());
    QVERIFY(newKey().isTestFailed());
    QVERIFY(newKey().testText().contains(u"declined"_s));
    // Stopped is not failed.
    port.front->neverTouch();
    newKey().test();
    QVERIFY(waitFor(Prompt::Touch));
    newKey().prompt()->cancel();
    QVERIFY(waitFor(Step::Saved));
    QVERIFY(!newKey().isTestFailed());
    QVERIFY(newKey().testText().isEmpty());
}

void TestSavingPasskey::keyIsNotReadAgainWhereNothingWasSent()
{
    const Port &port = plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    newKey().setName(u"Green"_s);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/get-webauthn"_s, u"server-error"_s));
    passkey().saveKey();
    QTRY_VERIFY_WITH_TIMEOUT(!passkey().errorText().isEmpty(), 30'000);
    QCOMPARE(newKey().step(), Step::Read);
    QVERIFY(m_test.server.clearFaults());
    passkey().saveKey();
    QVERIFY(waitFor(Step::Saved));
    QCOMPARE(port.key->credentialCount(), 1);
}

void TestSavingPasskey::refusedKeyIsToldAsThat()
{
    plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"server-error"_s));
    passkey().saveKey();
    QVERIFY(waitFor(Step::Describing));
    QTRY_VERIFY_WITH_TIMEOUT(passkey().errorText().contains(
                                 u"did not accept this security key (status 500)"_s),
                             30'000);
    QVERIFY(!m_test.isOn(7));
    QVERIFY(m_test.server.clearFaults());
}

void TestSavingPasskey::saveOfUnknownOutcomeIsSettledLater()
{
    plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    newKey().setName(u"Green"_s);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    // The server takes it, its answer is lost, and but for the look before no look comes through.
    const QString look = u"/api/two-factor/get-webauthn"_s;
    QVERIFY(m_test.server.setFault(look, u"delay"_s, {{u"times"_s, 1}, {u"milliseconds"_s, 1}}));
    QVERIFY(m_test.server.setFault(look, u"server-error"_s));
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"drop-mid-body"_s));
    passkey().saveKey();
    QTRY_VERIFY_WITH_TIMEOUT(!passkey().isBusy(), 30'000);
    QVERIFY(passkey().areKeysUnknown());
    QCOMPARE(newKey().step(), Step::Closed);
    QVERIFY(m_test.server.clearFaults());
    passkey().readAgain();
    QTRY_VERIFY_WITH_TIMEOUT(!passkey().areKeysUnknown(), 30'000);
    QCOMPARE(passkey().keyNames(), QStringList{u"Green"_s});
    QVERIFY(passkey().isOn());
    QCOMPARE(passkey().noticeText(), u"The key “Green” was added."_s);
}

void TestSavingPasskey::registrationIsKnownThoughTheProgramWasKilledBeforeTheAnswer()
{
    plugIn(u"YubiKey 5"_s);
    QVERIFY(openForm(u"token"_s, {{u"7"_s, true}}));
    newKey().setName(u"Green"_s);
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    const QByteArray credentialId = newKey().reply().credentialId;
    // The server takes it and keeps its answer back.
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"delay"_s,
                                   {{u"times"_s, 1}, {u"milliseconds"_s, 600'000}}));
    passkey().saveKey();
    QTRY_VERIFY_WITH_TIMEOUT(stored().contains(u"Green"_s), 30'000);
    // What a program that is killed now leaves on the disk.
    QTemporaryDir left;
    const QString file = left.filePath(u"keys.json"_s);
    QVERIFY(QFile::copy(m_test.inventory().file(), file));

    KeyInventory atNextStart(file);
    QVERIFY(outcomeOf(atNextStart.load()));
    QCOMPARE(atNextStart.inventory().holderOf(credentialId), nullptr);
    PasskeyRecorder recorder(m_test.elsewhere->session(), atNextStart);
    const auto opened = outcomeOf(m_test.elsewhere->openPasskeys(m_test.otherProof()));
    recorder.recordAll(opened->details.keys);
    QTRY_VERIFY_WITH_TIMEOUT(atNextStart.inventory().holderOf(credentialId), 30'000);
    const InventoryKey *key = atNextStart.inventory().holderOf(credentialId);
    QCOMPARE(key->product, u"YubiKey 5"_s);
    QCOMPARE(key->registrations.constFirst().name, u"Green"_s);
    QVERIFY(atNextStart.inventory().pending().isEmpty());
}

void TestSavingPasskey::refusedRegistrationIsNotKept()
{
    plugIn(u"Key"_s);
    QVERIFY(openForm(u"token"_s));
    passkey().readKey();
    QVERIFY(waitFor(Step::Read));
    const QByteArray credentialId = newKey().reply().credentialId;
    bool wasIntended = false;
    const auto isIntended = [&] {
        const auto &pending = m_test.inventory().inventory().pending();
        return std::any_of(pending.cbegin(), pending.cend(), [&](const PendingRegistration &each) {
            return each.registration.credentialId == credentialId;
        });
    };
    connect(&m_test.inventory(), &KeyInventory::changed, this,
            [&] { wasIntended = wasIntended || isIntended(); });
    QVERIFY(m_test.server.setFault(u"/api/two-factor/webauthn"_s, u"server-error"_s));
    passkey().saveKey();
    QVERIFY(waitFor(Step::Describing));
    QVERIFY(wasIntended);
    QTRY_VERIFY_WITH_TIMEOUT(!isIntended(), 30'000);
    QCOMPARE(m_test.inventory().inventory().holderOf(credentialId), nullptr);
    m_test.inventory().disconnect(this);
}

QTEST_MAIN(TestSavingPasskey)
#include "tst_savingpasskey.moc"
