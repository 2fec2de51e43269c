// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/keys/keystest.h"

#include <QQuickItem>
#include <QSemaphore>
#include <QSignalSpy>

#include <atomic>

using namespace Sparekey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What can be done with a key on the page Security keys: its PIN, its entries, its reset.
class TestHardwareKeysDialogs : public KeysTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_test = std::make_unique<KeysPage>(); }
    void cleanup() { m_test.reset(); }

    void setsTheFirstPin();
    void changesThePin();
    void aPinThatIsTooShortOrUnlikeIsNotSent();
    void wrongPinsAreCounted();
    void aKeyThatDoesNotTellItsTriesIsSaidToHaveNoNumber();
    void thePinIsChangedOnAReader();
    void listsWhatTheKeyKeeps();
    void nothingKeptIsSaid();
    void deletesOneAfterAsking();
    void deletingFailsAndSaysSo();
    void whatIsNotThereIsNotDeleted();
    void whatWasDeletedIsNotedThoughNobodyLooks();
    void whatWasDeletedIsNotedThoughItWasStopped();
    void aBlockedPinIsNotAskedForAgain();
    void aPinThatHasToBeChangedIsNotAskedFor();
    void thePinIsForgottenWhenTheKeyIsPulled();
    void theListIsClosedWhenNoPinIsGiven();
    void resetsAfterTheWord();
    void aKeyThatIsNotTouchedIsNotReset();
    void resetCanBeStopped();
    void aResetOnAReaderNeedsATap();
    void oneOfTwoUnknownKeysOfAModelIsNotReset();
    void whereNothingProvesTheKeyAResetWarns();
    void anotherKeyOnTheReaderIsNotReset();
};

void TestHardwareKeysDialogs::setsTheFirstPin()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    page().changePin();
    QVERIFY(page().pin()->isOpen());
    QVERIFY(!page().pin()->changes());
    QVERIFY(page().pin()->retriesText().isEmpty());
    QVERIFY(page().pin()->ruleText().contains(u"4"_s));
    QSignalSpy noted(&page(), &HardwareKeysViewModel::noted);
    page().pin()->submit({}, pin("geheim-größe"));
    QTRY_VERIFY(!page().pin()->isOpen());
    QVERIFY(port.key->hasPin());
    QCOMPARE(noted.size(), 1);
    QTRY_VERIFY(details().hasPin());
    QVERIFY(details().pinText().contains(u"8"_s));
}

void TestHardwareKeysDialogs::changesThePin()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    page().changePin();
    QVERIFY(page().pin()->changes());
    page().pin()->submit(pin("1234"), pin("5678"));
    QTRY_VERIFY(!page().pin()->isOpen());
    KeyOperation operation;
    QVERIFY(outcomeOf(m_test->keys.credentials(&operation, port.device, pin("5678"))));
}

void TestHardwareKeysDialogs::aPinThatIsTooShortOrUnlikeIsNotSent()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    page().changePin();
    const int asked = port.key->commandCount(CtapCommand::ClientPin);
    QSignalSpy wanted(page().pin(), &KeyPinViewModel::fieldWanted);
    QQuickItem input;
    const auto entryOf = [&](const QString &text) {
        auto entry = std::make_unique<SecretEntry>();
        auto *field = new SecretInput(&input);
        field->fill(text);
        entry->setInput(field);
        return entry;
    };
    page().pin()->submit(entryOf({}).get(), entryOf(u"äöü"_s).get(), entryOf(u"äöü"_s).get());
    QVERIFY(page().pin()->newErrorText().contains(u"4"_s));
    page().pin()->submit(entryOf({}).get(), entryOf(u"1234"_s).get(), entryOf(u"1235"_s).get());
    QVERIFY(page().pin()->newErrorText().contains(u"do not match"_s));
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(port.key->commandCount(CtapCommand::ClientPin), asked);
    // The key's own rules.
    page().pin()->submit({}, SecureBuffer::copyOf(QByteArray(64, '1')));
    QTRY_VERIFY(page().pin()->newErrorText().contains(u"too long"_s));
    QVERIFY(page().pin()->isOpen());
    QVERIFY(!port.key->hasPin());
    port.key->setPin(u"1234"_s);
    page().pin()->close();
    page().refresh();
    QTRY_VERIFY(details().hasPin());
    page().changePin();
    const auto newPin = entryOf(u"5678"_s);
    page().pin()->submit(entryOf({}).get(), newPin.get(), entryOf(u"5678"_s).get());
    QVERIFY(!page().pin()->currentErrorText().isEmpty());
    QVERIFY(!page().pin()->prompt()->isActive());
}

void TestHardwareKeysDialogs::wrongPinsAreCounted()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    page().changePin();
    QVERIFY(page().pin()->retriesText().contains(u"8"_s));
    page().pin()->submit(pin("0000"), pin("5678"));
    QTRY_VERIFY(page().pin()->retriesText().contains(u"7"_s));
    QVERIFY(page().pin()->currentErrorText().contains(u"7"_s));
    QCOMPARE(port.key->pinRetriesLeft(), 7);
    page().pin()->submit(pin("0000"), pin("5678"));
    QTRY_VERIFY(page().pin()->retriesText().contains(u"6"_s));
    page().pin()->submit(pin("0000"), pin("5678"));
    QTRY_VERIFY(page().pin()->errorText().contains(u"plug it in again"_s));
    QVERIFY(page().pin()->isOpen());
    QVERIFY(!page().pin()->prompt()->isActive());
}

void TestHardwareKeysDialogs::aKeyThatDoesNotTellItsTriesIsSaidToHaveNoNumber()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    page().changePin();
    // {3: tries, 4: needs replug} is the answer about the tries (CTAP 2.1, 6.5.5.2).
    port.front->setReplyFilter([](quint8, const QByteArray &reply) {
        return reply.startsWith("\x00\xa2\x03"_ba) ? "\x01"_ba : reply;
    });
    page().pin()->submit(pin("0000"), pin("5678"));
    QTRY_COMPARE(page().pin()->currentErrorText(), u"Wrong PIN."_s);
    QVERIFY(page().pin()->retriesText().isEmpty());
    QVERIFY(!page().pin()->areRetriesFew());
}

void TestHardwareKeysDialogs::thePinIsChangedOnAReader()
{
    const KeyDevice reader = m_test->transport->addReader(u"Desk reader"_s);
    const auto key = std::make_shared<SoftwareKey>();
    m_test->placeOn(reader, key);
    QVERIFY(m_test->show());
    page().changePin();
    m_test->transport->lift(reader);
    QTRY_VERIFY(page().isWaitingForCard());
    page().pin()->submit({}, pin("1234"));
    QVERIFY(KeysPage::waitFor(page().pin()->prompt(), Prompt::PlaceOnReader));
    m_test->placeOn(reader, key);
    QTRY_VERIFY(!page().pin()->isOpen());
    QVERIFY(key->hasPin());
    QTRY_VERIFY(details().hasPin());
}

void TestHardwareKeysDialogs::listsWhatTheKeyKeeps()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->keep(port, u"b.example"_s, u"zoe"_s, "1234"));
    QVERIFY(m_test->keep(port, u"a.example"_s, u"me"_s, "1234"));
    QVERIFY(m_test->show());
    page().showEntries();
    auto &entries = *page().entries();
    QVERIFY(entries.isOpen());
    QVERIFY(KeysPage::waitFor(entries.prompt(), Prompt::Pin));
    entries.prompt()->submitPin(pin("9999"));
    QTRY_VERIFY(!entries.prompt()->pinErrorText().isEmpty());
    QVERIFY(!entries.isLoaded());
    entries.prompt()->submitPin(pin("1234"));
    QTRY_VERIFY(entries.isLoaded());
    QCOMPARE(entries.entries()->count(), 2);
    const auto text = [&](int row, int role) {
        return entries.entries()->data(entries.entries()->index(row), role).toString();
    };
    QCOMPARE(text(0, KeyEntryListModel::SiteRole), u"a.example"_s);
    QCOMPARE(text(0, KeyEntryListModel::UserRole), u"me"_s);
    QCOMPARE(text(1, KeyEntryListModel::SiteRole), u"b.example"_s);
    QVERIFY(entries.roomText().contains(u"23"_s));
    entries.close();
    QCOMPARE(entries.entries()->count(), 0);
    QVERIFY(!entries.isLoaded());
}

void TestHardwareKeysDialogs::nothingKeptIsSaid()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    QCOMPARE(page().entries()->entries()->count(), 0);
    QVERIFY(page().entries()->errorText().isEmpty());
}

void TestHardwareKeysDialogs::deletesOneAfterAsking()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->keep(port, u"b.example"_s, u"zoe"_s, "1234"));
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    auto &entries = *page().entries();
    entries.deleteEntry(); // Not asked for.
    QVERIFY(!entries.prompt()->isActive());
    entries.askToDelete(0);
    QCOMPARE(entries.askedSite(), u"a.example"_s);
    QCOMPARE(entries.askedUser(), u"me"_s);
    entries.cancelDelete();
    QVERIFY(!entries.isAsking());
    QCOMPARE(port.key->discoverableCount(), 2);
    entries.askToDelete(0);
    QSignalSpy noted(&page(), &HardwareKeysViewModel::noted);
    entries.deleteEntry();
    QTRY_VERIFY(!entries.isAsking());
    QCOMPARE(noted.size(), 1);
    QCOMPARE(port.key->discoverableCount(), 1);
    QCOMPARE(entries.entries()->count(), 1);
    QCOMPARE(entries.askedSite(), QString());
    QVERIFY(entries.roomText().contains(u"24"_s));
    // The PIN was asked for once.
    entries.askToDelete(0);
    entries.deleteEntry();
    QTRY_COMPARE(entries.entries()->count(), 0);
    QCOMPARE(port.key->discoverableCount(), 0);
}

void TestHardwareKeysDialogs::deletingFailsAndSaysSo()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    auto &entries = *page().entries();
    // Changed elsewhere meanwhile: costs one try, and the next asks.
    port.key->setPin(u"5678"_s);
    entries.askToDelete(0);
    entries.deleteEntry();
    QTRY_VERIFY(entries.errorText().contains(u"Wrong PIN"_s));
    QVERIFY(entries.isAsking());
    QCOMPARE(port.key->pinRetriesLeft(), 7);
    entries.deleteEntry();
    QVERIFY(KeysPage::waitFor(entries.prompt(), Prompt::Pin));
    QVERIFY(entries.errorText().isEmpty());
    entries.prompt()->submitPin(pin("5678"));
    QTRY_VERIFY(!entries.isAsking());
    QCOMPARE(port.key->discoverableCount(), 0);
}

void TestHardwareKeysDialogs::whatIsNotThereIsNotDeleted()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->keep(port, u"b.example"_s, u"zoe"_s, "1234"));
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    auto &entries = *page().entries();
    // Another program was quicker.
    const QByteArray id = entries.entries()->entries().first().credentialId;
    KeyOperation elsewhere;
    QVERIFY(outcomeOf(m_test->keys.deleteCredential(&elsewhere, port.device, id, pin("1234"))));
    QSignalSpy noted(&page(), &HardwareKeysViewModel::noted);
    entries.askToDelete(0);
    entries.deleteEntry();
    QTRY_VERIFY(!entries.isAsking());
    QVERIFY2(entries.errorText().contains(u"a.example was not on the key"_s),
             qPrintable(entries.errorText()));
    QCOMPARE(entries.entries()->count(), 1);
    QVERIFY(noted.isEmpty());
}

void TestHardwareKeysDialogs::whatWasDeletedIsNotedThoughNobodyLooks()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    auto &entries = *page().entries();
    const QByteArray id = entries.entries()->entries().first().credentialId;
    QVERIFY(outcomeOf(m_test->inventory.recordRegistration({.accountKey = u"a"_s,
                                                            .server = u"a.example"_s,
                                                            .rpId = u"a.example"_s,
                                                            .credentialId = id,
                                                            .number = 1,
                                                            .name = u"Blue"_s},
                                                           {})));
    const int connections = m_test->transport->connections();
    entries.askToDelete(0);
    entries.deleteEntry();
    // That it is deleted is known once the list is read, which is the second connection.
    QTRY_VERIFY(m_test->transport->connections() >= connections + 2);
    QCOMPARE(port.key->discoverableCount(), 0);
    entries.close();
    QTRY_COMPARE(m_test->inventory.inventory().keys().first().registrations.first().state,
                 KeyRegistration::State::GoneFromKey);
}

void TestHardwareKeysDialogs::whatWasDeletedIsNotedThoughItWasStopped()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    auto &entries = *page().entries();
    const QByteArray id = entries.entries()->entries().first().credentialId;
    const KeyRegistration known{.accountKey = u"a"_s,
                                .server = u"a.example"_s,
                                .rpId = u"a.example"_s,
                                .credentialId = id,
                                .number = 1,
                                .name = u"Blue"_s};
    QVERIFY(outcomeOf(m_test->inventory.recordRegistration(known, {})));
    // The key has deleted it, and its answer is not here yet.
    const auto answers = std::make_shared<QSemaphore>();
    const auto isDeleted = std::make_shared<std::atomic<bool>>(false);
    port.front->setReplyFilter(
        [key = port.key, answers, isDeleted](quint8, const QByteArray &reply) {
            if (key->discoverableCount() == 0 && !isDeleted->exchange(true))
                answers->tryAcquire(1, 20'000);
            return reply;
        });
    entries.askToDelete(0);
    entries.deleteEntry();
    QTRY_VERIFY(*isDeleted);
    entries.close();
    answers->release();
    QTRY_COMPARE(m_test->inventory.inventory().keys().first().registrations.first().state,
                 KeyRegistration::State::GoneFromKey);
}

void TestHardwareKeysDialogs::aBlockedPinIsNotAskedForAgain()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->show());
    port.key->setPinRetries(1);
    auto &entries = *page().entries();
    page().showEntries();
    QVERIFY(KeysPage::waitFor(entries.prompt(), Prompt::Pin));
    QVERIFY(entries.canRetry());
    entries.prompt()->submitPin(pin("9999"));
    QTRY_VERIFY(!entries.errorText().isEmpty());
    QVERIFY(entries.errorText().contains(u"Only a reset helps"_s));
    QVERIFY(!entries.canRetry());
}

void TestHardwareKeysDialogs::aPinThatHasToBeChangedIsNotAskedFor()
{
    auto &port = plugInWithEntry();
    port.key->forcePinChange();
    QVERIFY(m_test->show());
    auto &entries = *page().entries();
    page().showEntries();
    QTRY_VERIFY(!entries.errorText().isEmpty());
    QVERIFY(entries.errorText().contains(u"Change the PIN under Security keys"_s));
    QCOMPARE(port.key->pinRetriesLeft(), 8);
}

void TestHardwareKeysDialogs::thePinIsForgottenWhenTheKeyIsPulled()
{
    auto &port = plugInWithEntry();
    QVERIFY(m_test->show());
    QVERIFY(readEntries());
    auto &entries = *page().entries();
    m_test->transport->pullOut(port.device);
    QTRY_COMPARE(page().devices()->count(), 0);
    entries.askToDelete(0);
    entries.deleteEntry();
    QTRY_VERIFY(!entries.errorText().isEmpty());
    m_test->transport->plugInAgain(port.device);
    QTRY_COMPARE(page().devices()->count(), 1);
    entries.deleteEntry();
    QVERIFY(KeysPage::waitFor(entries.prompt(), Prompt::Pin));
    QCOMPARE(port.key->pinRetriesLeft(), 8);
}

void TestHardwareKeysDialogs::theListIsClosedWhenNoPinIsGiven()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    page().showEntries();
    QVERIFY(KeysPage::waitFor(page().entries()->prompt(), Prompt::Pin));
    page().entries()->prompt()->cancel();
    QTRY_VERIFY(!page().entries()->isOpen());
    QVERIFY(page().entries()->errorText().isEmpty());
}

void TestHardwareKeysDialogs::resetsAfterTheWord()
{
    m_test->emails.insert(u"a"_s, u"me@example.com"_s);
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    port.key->setPin(u"1234"_s);
    QVERIFY(m_test->show());
    QTRY_VERIFY(details().isRecognized());
    page().resetKey();
    auto &reset = *page().reset();
    QCOMPARE(reset.stage(), KeyResetViewModel::Stage::Asking);
    QCOMPARE(reset.accountsText(), u"me@example.com on vault.example.com"_s);
    reset.reset(u"reset"_s);
    reset.reset({});
    QCOMPARE(reset.stage(), KeyResetViewModel::Stage::Asking);
    port.front->neverTouch();
    reset.reset(u" RESET "_s);
    QVERIFY(KeysPage::waitFor(reset.prompt(), Prompt::Replug));
    QTest::qWait(50);
    QCOMPARE(port.key->commandCount(CtapCommand::Reset), 0);
    m_test->transport->pullOut(port.device);
    QTRY_COMPARE(page().devices()->count(), 0);
    QCOMPARE(reset.prompt()->stage(), Prompt::Replug);
    m_test->transport->plugInAgain(port.device);
    QVERIFY(KeysPage::waitFor(reset.prompt(), Prompt::Touch));
    QVERIFY(reset.prompt()->secondsLeft() > 0);
    QVERIFY(port.key->hasPin());
    QTRY_VERIFY(port.front->isBlinking());
    port.front->touch();
    QTRY_COMPARE(reset.stage(), KeyResetViewModel::Stage::Done);
    QVERIFY(!port.key->hasPin());
    QCOMPARE(port.key->credentialCount(), 0);
    // What it was is still listed, and that its passkey is of no use.
    QTRY_VERIFY(account(0, 0).value(u"text"_s).toString().contains(u"Remove it"_s));
    QTRY_COMPARE(details().pinText(), u"Not set"_s);
    QVERIFY(!details().isRecognized());
    QCOMPARE(row(0, KeyInventoryModel::LossTitleRole).toString(), u"What is left behind?"_s);
    reset.close();
    QCOMPARE(reset.stage(), KeyResetViewModel::Stage::Closed);
    // It is the same piece of plastic still.
    page().describe();
    QVERIFY(page().note()->adds());
    QCOMPARE(page().note()->name(), u"Blue"_s);
    port.front->touchAfter(0ms);
    page().note()->save(u"Blue"_s, u"Safe"_s);
    QTRY_VERIFY(details().isRecognized());
    QCOMPARE(list().count(), 1);
    QCOMPARE(details().place(), u"Safe"_s);
}

void TestHardwareKeysDialogs::aKeyThatIsNotTouchedIsNotReset()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(m_test->show());
    page().resetKey();
    port.front->neverTouch();
    port.front->giveUpAfter(100ms);
    QVERIFY(confirmReset());
    m_test->transport->pullOut(port.device);
    QTRY_COMPARE(page().devices()->count(), 0);
    m_test->transport->plugInAgain(port.device);
    QTRY_VERIFY(page().reset()->errorText().contains(u"not touched in time"_s));
    QCOMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Asking);
    QCOMPARE(port.key->credentialCount(), 1);
    // Nor is it said to be: it still opens its account.
    QCOMPARE(m_test->inventory.inventory().keys().first().registrations.first().state,
             KeyRegistration::State::Registered);
}

void TestHardwareKeysDialogs::resetCanBeStopped()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(m_test->show());
    page().resetKey();
    QVERIFY(confirmReset());
    page().reset()->prompt()->cancel();
    QTRY_COMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Asking);
    QVERIFY(page().reset()->errorText().isEmpty());
    m_test->transport->pullOut(port.device);
    m_test->transport->plugInAgain(port.device);
    QTest::qWait(100);
    QCOMPARE(port.key->commandCount(CtapCommand::Reset), 0);
}

void TestHardwareKeysDialogs::aResetOnAReaderNeedsATap()
{
    const KeyDevice reader = m_test->transport->addReader(u"Desk reader"_s);
    const auto key = std::make_shared<SoftwareKey>();
    key->setPin(u"1234"_s);
    m_test->placeOn(reader, key);
    QVERIFY(m_test->show());
    page().resetKey();
    QVERIFY(page().reset()->isOnReader());
    QVERIFY(confirmReset());
    QTest::qWait(50);
    QVERIFY(key->hasPin());
    m_test->transport->lift(reader);
    QTRY_VERIFY(page().isWaitingForCard());
    m_test->placeOn(reader, key);
    QTRY_COMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Done);
    QVERIFY(!key->hasPin());
}

void TestHardwareKeysDialogs::oneOfTwoUnknownKeysOfAModelIsNotReset()
{
    auto &blue = m_test->plugIn(u"Maker Blue"_s);
    const auto &twin = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(blue, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(m_test->show());
    page().devices()->choose(0);
    QTRY_VERIFY(details().isRecognized());
    QVERIFY(details().resetBlockedReason().isEmpty());
    page().devices()->choose(1);
    QTRY_VERIFY(details().isKnown() && !details().isRecognized());
    QVERIFY(details().resetBlockedReason().contains(u"another key of this model"_s,
                                                    Qt::CaseInsensitive));
    page().resetKey();
    QCOMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Closed);
    m_test->transport->pullOut(blue.device);
    QTRY_COMPARE(page().devices()->count(), 1);
    QVERIFY(details().resetBlockedReason().isEmpty());
    QCOMPARE(details().device().id, twin.device.id);
}

void TestHardwareKeysDialogs::whereNothingProvesTheKeyAResetWarns()
{
    auto &blue = m_test->plugIn(u"Maker Blue"_s);
    m_test->plugIn(u"Maker Red"_s, [] {
        SoftwareKeyTraits traits;
        traits.aaguid = "another-model-01"_ba;
        return traits;
    }());
    QVERIFY(!m_test->enrol(blue, u"a"_s, 1, u"Blue"_s).isEmpty());
    QVERIFY(m_test->show());
    page().devices()->choose(0);
    QTRY_VERIFY(details().isRecognized());
    page().resetKey();
    QVERIFY(!page().reset()->isUnproven());
    page().reset()->close();
    page().devices()->choose(1);
    QTRY_COMPARE(details().name(), u"Maker Red"_s);
    page().resetKey();
    QVERIFY(page().reset()->isUnproven());
    page().reset()->close();
    // Nor where it is known only by its PIN, which a reset does not ask for.
    m_test->transport->pullOut(blue.device);
    QTRY_COMPARE(page().devices()->count(), 1);
    blue.key->setPin(u"1234"_s);
    KeysPage::makeSilent(blue);
    m_test->transport->plugInAgain(blue.device);
    QTRY_COMPARE(page().devices()->count(), 2);
    page().devices()->choose(0);
    QTRY_VERIFY(details().isSilent());
    QVERIFY(recognizeWith("1234"));
    page().resetKey();
    QVERIFY(page().reset()->isUnproven());
}

void TestHardwareKeysDialogs::anotherKeyOnTheReaderIsNotReset()
{
    auto &port = m_test->plugIn(u"Maker Blue"_s);
    QVERIFY(!m_test->enrol(port, u"a"_s, 1, u"Blue"_s).isEmpty());
    m_test->transport->pullOut(port.device);
    const KeyDevice reader = m_test->transport->addReader(u"Desk reader"_s);
    m_test->placeOn(reader, port.key);
    QVERIFY(m_test->show());
    QTRY_VERIFY(details().isRecognized());
    page().resetKey();
    QVERIFY(confirmReset());
    m_test->transport->lift(reader);
    QTRY_VERIFY(page().isWaitingForCard());
    const auto other = std::make_shared<SoftwareKey>();
    m_test->placeOn(reader, other);
    QTRY_VERIFY(page().reset()->errorText().contains(u"another key"_s));
    QCOMPARE(page().reset()->stage(), KeyResetViewModel::Stage::Asking);
    QCOMPARE(other->commandCount(CtapCommand::Reset), 0);
    QCOMPARE(m_test->inventory.inventory().keys().first().registrations.first().state,
             KeyRegistration::State::Registered);
}

QTEST_MAIN(TestHardwareKeysDialogs)
#include "tst_hardwarekeysdialogs.moc"
