// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/keys/keystest.h"

using namespace Sparekey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What the page Security keys tells of the keys that are connected.
class TestHardwareKeysViewModel : public KeysTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_test = std::make_unique<KeysPage>(); }
    void cleanup() { m_test.reset(); }

    void nothingIsWatchedUntilThePageIsShown();
    void tellsWhatTheKeyIs();
    void tellsWhatAnOldKeyIs();
    void followsTheKeyThatIsChosen();
    void aKeyThatHasJustGoneIsNotLookedAt();
    void aKeyThatMayNotBeOpenedIsTold();
    void aKeyThatCannotBeLookedAtIsAskedAgain();
    void onlyTheReaderIsToldThatItsServiceIsMissing();
    void aRegisteredKeyIsKnownAgain();
    void aKeyThatIsTwoOfTheListIsOneAfterATouch();
    void aFalseKeyIsNotTakenForOneOfTheList();
    void whatAnOldKeySaysIsOnlyAHint();
    void theKeyTellsWithItsPinWhoItIs();
    void theKeyOnAReaderTellsWithItsPinWhoItIs();
    void whatWentWrongIsSaidOfTheKeyOnly();
    void aCardThatIsLiftedEarlyKeepsNobodyWaiting();
    void aWrongPinIsCountedOnThePage();
    void hidingThePageClosesEveryDialog();
    void aHiddenPageLooksAtNothing();
};

void TestHardwareKeysViewModel::nothingIsWatchedUntilThePageIsShown()
{
    m_test->plugIn(u"Blue"_s);
    QTest::qWait(50);
    QCOMPARE(page().devices()->count(), 0);
    QCOMPARE(m_test->transport->connections(), 0);
    QVERIFY(m_test->show());
    QCOMPARE(page().devices()->count(), 1);
    const int connections = m_test->transport->connections();
    // Looked at once, however often the list is told.
    m_test->transport->addReader(u"Reader"_s);
    QTRY_COMPARE(page().devices()->count(), 2);
    QTest::qWait(50);
    QCOMPARE(m_test->transport->connections(), connections);
    page().setShown(false);
    QCOMPARE(page().devices()->count(), 0);
    QVERIFY(!details().isKnown());
}

void TestHardwareKeysViewModel::tellsWhatTheKeyIs()
{
    auto &port = m_test->plugIn(u"Maker Blue 5"_s);
    QVERIFY(m_test->show());
    QCOMPARE(details().name(), u"Maker Blue 5"_s);
    QCOMPARE(details().product(), u"Maker Blue 5"_s);
    QVERIFY(!details().isRecognized());
    QVERIFY(details().isSimulated());
    QCOMPARE(details().aaguidText(), u"73706172-656b-6579-2d73-6f66742d3031"_s);
    QCOMPARE(details().transportsText(), u"NFC, USB"_s);
    QVERIFY(details().versionsText().contains(u"CTAP 2.1"_s));
    QVERIFY(details().versionsText().contains(u"U2F"_s));
    QCOMPARE(details().firmwareText(), u"5.7.0"_s);
    QCOMPARE(details().pinText(), u"Not set"_s);
    QVERIFY(!details().pinNeedsAttention());
    QVERIFY(details().slotsText().contains(u"25"_s));
    QVERIFY(details().entriesBlockedReason().contains(u"PIN"_s));
    QVERIFY(details().pinBlockedReason().isEmpty());
    QVERIFY(details().resetBlockedReason().isEmpty());

    port.key->setPin(u"1234"_s);
    port.key->setPinRetries(3);
    page().refresh();
    QTRY_VERIFY(details().hasPin());
    QVERIFY(details().pinText().contains(u"3"_s));
    QVERIFY(details().pinNeedsAttention());
    QVERIFY(details().entriesBlockedReason().isEmpty());
    port.key->setPinRetries(0);
    page().refresh();
    QTRY_VERIFY(details().pinText().contains(u"Blocked"_s));
    QVERIFY(!details().pinBlockedReason().isEmpty());
    QVERIFY(!details().entriesBlockedReason().isEmpty());
    QVERIFY(details().resetBlockedReason().isEmpty());
}

void TestHardwareKeysViewModel::tellsWhatAnOldKeyIs()
{
    SoftwareKeyTraits traits;
    traits.ctap2 = false;
    m_test->plugIn(u"Old"_s, traits);
    QVERIFY(m_test->show());
    QCOMPARE(details().versionsText(), u"U2F"_s);
    QVERIFY(details().aaguidText().isEmpty());
    QVERIFY(details().slotsText().isEmpty());
    QVERIFY(!details().pinBlockedReason().isEmpty());
    QVERIFY(!details().entriesBlockedReason().isEmpty());
    QVERIFY(!details().resetBlockedReason().isEmpty());
    page().changePin();
    page().showEntries();
    page().resetKey();
    QVERIFY(!page().pin()->isOpen());
    QVERIFY(!page().entries()->isOpen());
    QCOMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Closed);
}

void TestHardwareKeysViewModel::followsTheKeyThatIsChosen()
{
    auto &blue = m_test->plugIn(u"Blue"_s);
    m_test->plugIn(u"Red"_s);
    QVERIFY(m_test->show());
    QTRY_COMPARE(page().devices()->count(), 2);
    page().devices()->choose(1);
    QTRY_COMPARE(details().name(), u"Red"_s);
    page().devices()->choose(0);
    QCOMPARE(details().name(), u"Blue"_s); // Seen already.
    m_test->transport->pullOut(blue.device);
    QTRY_COMPARE(details().name(), u"Red"_s);
    // Another key in the port is another key.
    m_test->transport->plugInAgain(blue.device);
    QTRY_COMPARE(page().devices()->count(), 2);
    page().devices()->choose(0);
    QTRY_COMPARE(details().name(), u"Blue"_s);
}

void TestHardwareKeysViewModel::aKeyThatHasJustGoneIsNotLookedAt()
{
    // Somebody asks before the list has heard of it.
    connect(&m_test->keys, &HardwareKeys::devicesChanged, this, [this] { page().refresh(); });
    const auto &port = m_test->plugIn(u"Blue"_s);
    QVERIFY(m_test->show());
    m_test->transport->pullOut(port.device);
    QTRY_COMPARE(page().devices()->count(), 0);
    QVERIFY(!details().isKnown());
    QVERIFY(page().errorText().isEmpty());
}

void TestHardwareKeysViewModel::aKeyThatMayNotBeOpenedIsTold()
{
    const auto &port = m_test->plugIn(u"Blue"_s);
    m_test->transport->forbid(port.device);
    page().setShown(true);
    QTRY_VERIFY(page().isForbidden());
    QVERIFY(!details().isKnown());
    QCOMPARE(m_test->transport->connections(), 0);
    // Nor does what was seen before stay.
    const auto &other = m_test->plugIn(u"Red"_s);
    QTRY_COMPARE(page().devices()->count(), 2);
    page().devices()->choose(1);
    QVERIFY(m_test->isLookedAt());
    m_test->transport->forbid(other.device);
    QTRY_VERIFY(!details().isKnown());
}

void TestHardwareKeysViewModel::aKeyThatCannotBeLookedAtIsAskedAgain()
{
    auto &port = m_test->plugIn(u"Blue"_s);
    port.front->setHeld(true);
    page().setShown(true);
    QTRY_VERIFY(page().errorText().contains(u"Another program"_s));
    QVERIFY(!details().isKnown());
    port.front->setHeld(false);
    page().refresh();
    QVERIFY(m_test->isLookedAt());
    QVERIFY(page().errorText().isEmpty());
}

namespace {

/// A way to keys that tells only why there are none.
class BrokenTransport : public KeyTransport
{
public:
    explicit BrokenTransport(ErrorKind kind)
        : m_kind(kind)
    {
    }
    void startWatching(Listener listener) override
    {
        listener({.devices = {}, .problem = Error{.kind = m_kind}});
    }
    void stopWatching() override {}
    Result<KeyConnection> connect(const KeyDevice &) override { return fail(m_kind); }

private:
    ErrorKind m_kind;
};

} // namespace

void TestHardwareKeysViewModel::onlyTheReaderIsToldThatItsServiceIsMissing()
{
    HardwareKeys keys({std::make_shared<BrokenTransport>(ErrorKind::KeySupportMissing),
                       std::make_shared<BrokenTransport>(ErrorKind::CardServiceMissing)});
    HardwareKeysViewModel other(keys, m_test->inventory, m_test->settings,
                                [](const QString &) { return QString(); });
    other.setShown(true);
    QTRY_VERIFY(other.problemText().contains(u"libfido2"_s));
    QTRY_VERIFY(other.readerProblemText().contains(u"pcscd"_s));
    QVERIFY(!other.problemText().contains(u"pcscd"_s));
    QVERIFY(!other.readerProblemText().contains(u"libfido2"_s));
}

void TestHardwareKeysViewModel::aRegisteredKeyIsKnownAgain()
{
    m_test->emails.insert(u"a"_s, u"me@example.com"_s);
    auto &blue = m_test->plugIn(u"Maker Blue"_s);
    auto &red = m_test->plugIn(u"Maker Red"_s);
    const QByteArray first = m_test->enrol(blue, u"a"_s, 1, u"My blue key"_s);
    QVERIFY(!first.isEmpty());
    QVERIFY(!m_test->enrol(blue, u"b"_s, 1, u"Blue"_s, {first}).isEmpty());
    blue.front->neverTouch();
    red.front->neverTouch();
    QVERIFY(m_test->show());
    page().devices()->choose(0);
    QTRY_VERIFY(details().isRecognized());
    QCOMPARE(details().name(), u"My blue key"_s);
    QCOMPARE(details().product(), u"Maker Blue"_s);
    QTRY_COMPARE(list().count(), 1);
    QCOMPARE(row(0, KeyInventoryModel::NameRole).toString(), u"My blue key"_s);
    QVERIFY(row(0, KeyInventoryModel::ConnectedRole).toBool());
    QCOMPARE(row(0, KeyInventoryModel::ProductRole).toString(), u"Maker Blue"_s);
    QVERIFY(row(0, KeyInventoryModel::SummaryRole).toString().contains(u"2"_s));
    QCOMPARE(account(0, 0).value(u"account"_s).toString(),
             u"me@example.com on vault.example.com"_s);
    QCOMPARE(account(0, 1).value(u"account"_s).toString(), u"An account on vault.example.com"_s);
    page().devices()->choose(1);
    QTRY_COMPARE(details().name(), u"Maker Red"_s);
    QVERIFY(!details().isRecognized());
    m_test->transport->pullOut(blue.device);
    QTRY_VERIFY(!row(0, KeyInventoryModel::ConnectedRole).toBool());
}

void TestHardwareKeysViewModel::aKeyThatIsTwoOfTheListIsOneAfterATouch()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(!m_test->enrol(port, u"b"_s, 1, u"Desk"_s).isEmpty());
    port.front->neverTouch();
    QVERIFY(m_test->show());
    QTest::qWait(50);
    QVERIFY(!details().isRecognized());
    QVERIFY(details().isAmbiguous());
    QCOMPARE(list().count(), 2);
    QVERIFY(!row(0, KeyInventoryModel::ConnectedRole).toBool());
    QVERIFY(!row(1, KeyInventoryModel::ConnectedRole).toBool());
    page().describe();
    QVERIFY(page().note()->adds());
    port.front->touchAfter(0ms);
    page().note()->save(u"Sky blue"_s, {});
    QTRY_VERIFY(details().isRecognized());
    QVERIFY(!details().isAmbiguous());
    QCOMPARE(list().count(), 1);
    QCOMPARE(details().name(), u"Sky blue"_s);
}

void TestHardwareKeysViewModel::aFalseKeyIsNotTakenForOneOfTheList()
{
    auto &real = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(real, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(!m_test->enrol(real, u"b"_s, 1, u"Desk"_s).isEmpty());
    m_test->transport->pullOut(real.device);
    m_test->plugIn(u"Maker Blue"_s).key->setFalse();
    QVERIFY(m_test->show());
    QVERIFY(!details().isRecognized());
    QVERIFY(!details().isAmbiguous());
    QVERIFY(details().claimText().isEmpty());
    QVERIFY(!row(0, KeyInventoryModel::ConnectedRole).toBool());
    // Nor does a touch make it one of them.
    page().describe();
    QVERIFY(page().note()->adds());
    page().note()->save(u"Found"_s, {});
    QTRY_COMPARE(list().count(), 3);
    QCOMPARE(m_test->inventory.inventory().keys().at(0).recognitionCredentials.size(), 0);
}

void TestHardwareKeysViewModel::whatAnOldKeySaysIsOnlyAHint()
{
    SoftwareKeyTraits traits;
    traits.ctap2 = false;
    auto &port = m_test->plugIn(u"Maker Old"_s, traits);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Grey"_s).isEmpty());
    QVERIFY(m_test->show());
    QVERIFY(!details().isRecognized());
    QCOMPARE(details().name(), u"Maker Old"_s);
    QVERIFY(details().claimText().contains(u"“Grey”"_s));
    QVERIFY(details().claimText().contains(u"U2F"_s));
    QVERIFY(!row(0, KeyInventoryModel::ConnectedRole).toBool());
    QVERIFY(details().isListed());
    page().describe();
    QVERIFY(!page().note()->adds());
    QCOMPARE(page().note()->name(), u"Grey"_s);
}

void TestHardwareKeysViewModel::theKeyTellsWithItsPinWhoItIs()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    port.key->setPin(u"1234"_s);
    KeysPage::makeSilent(port);
    QVERIFY(m_test->show());
    QVERIFY(details().isSilent());
    QVERIFY(!details().isRecognized());
    page().recognizeWithPin();
    QVERIFY(KeysPage::waitFor(page().prompt(), Prompt::Pin));
    page().prompt()->submitPin(pin("0000"));
    QTRY_VERIFY(!page().prompt()->pinErrorText().isEmpty());
    page().prompt()->submitPin(pin("1234"));
    QTRY_VERIFY(details().isRecognized());
    QVERIFY(!details().isSilent());
    QCOMPARE(details().name(), u"Blue"_s);
}

void TestHardwareKeysViewModel::theKeyOnAReaderTellsWithItsPinWhoItIs()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    m_test->transport->pullOut(port.device);
    port.key->setPin(u"1234"_s);
    const auto silent = [](const QByteArray &answer) {
        return KeysPage::isUnverified(answer) ? "\x36\x90\x00"_ba : answer;
    };
    const KeyDevice reader = m_test->transport->addReader(u"Desk reader"_s);
    m_test->placeOn(reader, port.key, silent);
    QVERIFY(m_test->show());
    QTRY_VERIFY(details().isSilent());
    page().recognizeWithPin();
    QVERIFY(KeysPage::waitFor(page().prompt(), Prompt::Pin));
    // Lifted while the PIN is entered; the tap that follows is the one that tells.
    m_test->transport->lift(reader);
    QTRY_VERIFY(page().isWaitingForCard());
    page().prompt()->submitPin(pin("1234"));
    QVERIFY(KeysPage::waitFor(page().prompt(), Prompt::PlaceOnReader));
    m_test->placeOn(reader, port.key, silent);
    QTRY_VERIFY(details().isRecognized());
    QTest::qWait(100);
    QVERIFY(details().isRecognized());
    QCOMPARE(details().name(), u"Blue"_s);
}

void TestHardwareKeysViewModel::whatWentWrongIsSaidOfTheKeyOnly()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    m_test->plugIn(u"Maker Red"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    port.key->setPin(u"1234"_s);
    KeysPage::makeSilent(port);
    QVERIFY(m_test->show());
    page().devices()->choose(0);
    QTRY_VERIFY(details().isSilent());
    page().recognizeWithPin();
    for (int left = 7; left >= 5; --left) {
        QVERIFY(KeysPage::waitFor(page().prompt(), Prompt::Pin));
        page().prompt()->submitPin(pin("0000"));
        QTRY_COMPARE(port.key->pinRetriesLeft(), left);
        QTRY_VERIFY(page().prompt()->stage() != Prompt::Connect);
    }
    QTRY_VERIFY(page().errorText().contains(u"plug it in again"_s));
    page().devices()->choose(1);
    QTRY_COMPARE(details().name(), u"Maker Red"_s);
    QVERIFY(page().errorText().isEmpty());
    page().devices()->choose(0);
    QVERIFY(!page().errorText().isEmpty());
    m_test->transport->pullOut(port.device);
    QTRY_COMPARE(page().devices()->count(), 1);
    m_test->transport->plugInAgain(port.device);
    QTRY_COMPARE(page().devices()->count(), 2);
    page().devices()->choose(0);
    QVERIFY(page().errorText().isEmpty());
    page().devices()->choose(1);
    QVERIFY(page().errorText().isEmpty());
}

void TestHardwareKeysViewModel::aCardThatIsLiftedEarlyKeepsNobodyWaiting()
{
    const KeyDevice reader = m_test->transport->addReader(u"Desk reader"_s);
    page().setShown(true);
    QTRY_VERIFY(page().isWaitingForCard());
    const auto card = std::make_shared<KeyCard>(std::make_shared<SoftwareKey>());
    card->powerUp();
    m_test->transport->placeOn(reader, card, 2);
    QTRY_COMPARE(m_test->transport->connections(), 1);
    QTRY_VERIFY(page().isWaitingForCard());
    QTRY_VERIFY(!page().isInspecting());
    m_test->plugIn(u"Maker Blue"_s);
    QTRY_COMPARE(page().devices()->count(), 2);
    for (int row = 0; row < 2 && page().devices()->chosen()->id == reader.id; ++row)
        page().devices()->choose(row);
    QTRY_COMPARE(details().name(), u"Maker Blue"_s);
}

void TestHardwareKeysViewModel::aWrongPinIsCountedOnThePage()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    m_test->plugIn(u"Maker Red"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    page().devices()->choose(0);
    QTRY_COMPARE(details().name(), u"Maker Blue"_s);
    QVERIFY(details().pinText().contains(u"8"_s));
    page().changePin();
    page().pin()->submit(pin("0000"), pin("5678"));
    QTRY_VERIFY(!page().pin()->currentErrorText().isEmpty());
    page().pin()->close();
    QTRY_VERIFY(details().pinText().contains(u"7"_s));
    // What was done is seen of the key it was done with, whichever is chosen.
    page().changePin();
    page().pin()->submit(pin("1234"), pin("5678"));
    page().devices()->choose(1);
    QTRY_VERIFY(!page().pin()->isOpen());
    page().devices()->choose(0);
    QTRY_VERIFY(details().pinText().contains(u"8"_s));
}

void TestHardwareKeysViewModel::hidingThePageClosesEveryDialog()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    page().setShown(false);
    QVERIFY(!page().entries()->isOpen());
    QCOMPARE(page().entries()->entries()->count(), 0);

    QVERIFY(m_test->show());
    port.front->neverTouch();
    page().describe();
    page().note()->save(u"Blue"_s, {});
    QVERIFY(KeysPage::waitFor(page().note()->prompt(), Prompt::Touch));
    page().setShown(false);
    QVERIFY(!page().note()->isOpen());
    QVERIFY(!page().note()->prompt()->isActive());
    QTRY_VERIFY(!port.front->isBlinking());
    QCOMPARE(list().count(), 0);

    QVERIFY(m_test->show());
    page().resetKey();
    QVERIFY(confirmReset());
    page().setShown(false);
    QCOMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Closed);
    m_test->transport->pullOut(port.device);
    m_test->transport->plugInAgain(port.device);
    QVERIFY(m_test->show());
    QCOMPARE(port.key->commandCount(CtapCommand::Reset), 0);
}

void TestHardwareKeysViewModel::aHiddenPageLooksAtNothing()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    page().changePin();
    QVERIFY(page().pin()->isOpen());
    page().setShown(false);
    QVERIFY(!page().pin()->isOpen());
    QVERIFY(!details().isKnown());
    const int connections = m_test->transport->connections();
    m_test->transport->pullOut(port.device);
    m_test->transport->plugInAgain(port.device);
    QTest::qWait(50);
    QCOMPARE(m_test->transport->connections(), connections);
}

QTEST_MAIN(TestHardwareKeysViewModel)
#include "tst_hardwarekeysviewmodel.moc"
