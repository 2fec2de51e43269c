// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs within tests/authenticator/with_pcscd.py, beside a pcscd that nobody else uses.

#include "core/hardware/cardreaders.h"
#include "core/hardware/hardwarekeys.h"
#include "core/hardware/yubikeyotp.h"
#include "tests/authenticator/vpcdslot.h"
#include "tests/core/outcome.h"
#include "tests/hardware/processortime.h"
#include "tests/hardware/requests.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <winscard.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

using Stage = KeyOperation::Stage;

const auto readerName = u"Virtual PCD 00 00"_s;
const auto oneTimePassword = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj"_ba;

/// Another program that has the card for itself.
class OtherProgram
{
public:
    OtherProgram()
    {
        DWORD protocol = 0;
        m_good = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &m_context)
                == SCARD_S_SUCCESS
            && SCardConnect(m_context, readerName.toLatin1().constData(), SCARD_SHARE_EXCLUSIVE,
                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &m_card, &protocol)
                == SCARD_S_SUCCESS;
    }
    ~OtherProgram()
    {
        SCardDisconnect(m_card, SCARD_LEAVE_CARD);
        SCardReleaseContext(m_context);
    }
    OtherProgram(const OtherProgram &) = delete;
    OtherProgram &operator=(const OtherProgram &) = delete;

    [[nodiscard]] bool hasCard() const { return m_good; }

private:
    SCARDCONTEXT m_context = 0;
    SCARDHANDLE m_card = 0;
    bool m_good = false;
};

struct Bench
{
    HardwareKeys keys{HardwareKeys::Transports{std::make_shared<CardReaders>()}};
    HardwareKeys::Watch watch = keys.watch();
    KeyOperation operation;
    std::shared_ptr<SoftwareKey> key = std::make_shared<SoftwareKey>();
    std::shared_ptr<KeyCard> card = std::make_shared<KeyCard>(key);
    VpcdSlot slot;

    [[nodiscard]] KeyDevice reader() const
    {
        const QList<KeyDevice> all = keys.devices();
        for (const KeyDevice &device : all) {
            if (device.name == readerName)
                return device;
        }
        return {};
    }
    [[nodiscard]] bool hasCard() const
    {
        return !reader().id.isEmpty() && reader().state == KeyDevice::State::Ready;
    }
    [[nodiscard]] bool waitForReader()
    {
        return QTest::qWaitFor(
            [this] { return !reader().id.isEmpty() && reader().state == KeyDevice::State::NoCard; },
            5000);
    }
    // The service may need a second look at a card that it found shortly after another one.
    [[nodiscard]] bool placeCard()
    {
        return slot.insert(card) && QTest::qWaitFor([this] { return hasCard(); }, 10000);
    }
};

} // namespace

class TestCardReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsReadersWithAndWithoutACard()
    {
        Bench bench;
        QVERIFY(bench.waitForReader());
        QCOMPARE(bench.reader().connection, KeyDevice::Connection::Nfc);
        QVERIFY(bench.placeCard());
        const int number = bench.reader().cardNumber;
        bench.slot.remove();
        QVERIFY(bench.waitForReader());
        QVERIFY(bench.placeCard());
        QVERIFY(bench.reader().cardNumber != number);
        QVERIFY(bench.keys.problems().isEmpty());
    }

    void sleepsWhileNothingHappens()
    {
        Bench bench;
        QVERIFY(bench.waitForReader());
        const auto before = processorTime();
        QTest::qWait(1000);
        const auto used = processorTime() - before;
        // The loop of the test itself wakes a hundred times.
        QVERIFY2(used < 20ms, QByteArray::number(qlonglong(used.count())).constData());
    }

    void oneTapRegistersAndAnotherSignsIn()
    {
        Bench bench;
        bench.key->setPin(u"1234"_s);
        QVERIFY(bench.waitForReader());
        auto request = registration();
        request.userVerification = UserVerification::Required;
        Outcome adding(
            bench.keys.makeCredential(&bench.operation, bench.reader(), request, pin("1234")));
        QTRY_COMPARE(bench.operation.stage(), Stage::PlaceOnReader);
        QVERIFY(bench.slot.insert(bench.card));
        const auto made = adding.wait();
        QVERIFY(made);
        QVERIFY(made->userVerified);
        bench.slot.remove();
        QVERIFY(bench.waitForReader());

        Outcome signing(
            bench.keys.getAssertionFromAny(&bench.operation, signIn({made->credentialId})));
        QTRY_COMPARE(bench.operation.stage(), Stage::WaitForKey);
        QVERIFY(bench.slot.insert(bench.card));
        const auto reply = signing.wait();
        QVERIFY(reply);
        QCOMPARE(reply->credentialId, made->credentialId);
    }

    void shortAnswersArePutTogether()
    {
        Bench bench;
        bench.card->setLargestAnswer(50);
        QVERIFY(bench.waitForReader() && bench.placeCard());
        QVERIFY(outcomeOf(
            bench.keys.makeCredential(&bench.operation, bench.reader(), registration(), pin(""))));
    }

    void wrongPinsAreCountedOverTaps()
    {
        Bench bench;
        bench.key->setPin(u"1234"_s);
        for (const int left : {7, 6}) {
            QVERIFY(bench.waitForReader() && bench.placeCard());
            const auto made = outcomeOf(bench.keys.makeCredential(&bench.operation, bench.reader(),
                                                                  registration(), pin("9999")));
            QVERIFY(!made);
            QCOMPARE(made.error().kind, ErrorKind::KeyPinWrong);
            QCOMPARE(made.error().count, left);
            bench.slot.remove();
        }
    }

    void aCardThatMovesMayBeLaidDownAgain()
    {
        Bench bench;
        QVERIFY(bench.waitForReader());
        QList<Stage> stages;
        connect(&bench.operation, &KeyOperation::stageChanged, &bench.operation,
                [&] { stages.append(bench.operation.stage()); });
        Outcome adding(
            bench.keys.makeCredential(&bench.operation, bench.reader(), registration(), pin("")));
        QVERIFY(bench.slot.insert(bench.card));
        bench.slot.removeAfter(2);
        QTRY_VERIFY_WITH_TIMEOUT(stages.contains(Stage::KeepOnReader)
                                     && bench.operation.stage() == Stage::PlaceOnReader,
                                 5000);
        QVERIFY(!adding.isThere());
        QVERIFY(bench.waitForReader());
        bench.slot.remove();
        QVERIFY(bench.slot.insert(bench.card));
        QVERIFY(adding.wait());
    }

    void changingAPinIsNotTriedTwice()
    {
        Bench bench;
        QVERIFY(bench.waitForReader());
        Outcome setting(bench.keys.setPin(&bench.operation, bench.reader(), pin("1234"), pin("")));
        QVERIFY(bench.slot.insert(bench.card));
        bench.slot.removeAfter(3);
        const auto set = setting.wait();
        QVERIFY(!set);
        QCOMPARE(set.error().kind, ErrorKind::KeyCardMoved);
        QVERIFY(bench.waitForReader());
    }

    void aCardThatIsNoKeyIsTold()
    {
        Bench bench;
        bench.card->setFido(false);
        QVERIFY(bench.waitForReader());
        QVERIFY(bench.placeCard());
        const auto info = outcomeOf(bench.keys.info(&bench.operation, bench.reader()));
        QVERIFY(!info);
        QCOMPARE(info.error().kind, ErrorKind::CardIsNoKey);
        QCOMPARE(info.error().subject, readerName);
    }

    void aReaderThatAnotherProgramHoldsIsTold()
    {
        Bench bench;
        QVERIFY(bench.waitForReader() && bench.placeCard());
        const OtherProgram other;
        QVERIFY(other.hasCard());
        const auto info = outcomeOf(bench.keys.info(&bench.operation, bench.reader()));
        QVERIFY(!info);
        QCOMPARE(info.error().kind, ErrorKind::CardReaderInUse);
    }

    void waitingForACardCanBeCanceled()
    {
        Bench bench;
        QVERIFY(bench.waitForReader());
        Outcome waiting(bench.keys.info(&bench.operation, bench.reader()));
        QTRY_COMPARE(bench.operation.stage(), Stage::PlaceOnReader);
        bench.operation.cancel();
        QCOMPARE(waiting.wait().error().kind, ErrorKind::Canceled);
    }

    void eachTapGivesOneOneTimePassword()
    {
        Bench bench;
        bench.card->setNdef(
            [] { return KeyCard::uriMessage(4, "my.yubico.com/yk/#" + oneTimePassword); });
        QVERIFY(bench.waitForReader() && bench.placeCard());
        const auto first = outcomeOf(bench.keys.readOtp(&bench.operation));
        QVERIFY(first);
        QCOMPARE(first->view().toByteArray(), oneTimePassword);
        // The key has not moved, so it would give the same again.
        Outcome second(bench.keys.readOtp(&bench.operation));
        QTest::qWait(600);
        QVERIFY(!second.isThere());
        bench.slot.remove();
        QVERIFY(bench.waitForReader());
        QVERIFY(bench.slot.insert(bench.card));
        QVERIFY(second.wait());
    }

    void aCardWithoutAOneTimePasswordIsTold()
    {
        Bench bench;
        QVERIFY(bench.waitForReader());
        QSignalSpy refused(&bench.operation, &KeyOperation::deviceFailed);
        Outcome reading(bench.keys.readOtp(&bench.operation));
        QVERIFY(bench.slot.insert(bench.card));
        QVERIFY(refused.wait());
        QCOMPARE(refused[0][1].value<Error>().kind, ErrorKind::CardHasNoOtp);
        QVERIFY(!reading.isThere());
        bench.operation.cancel();
        QVERIFY(!reading.wait());
    }

    // The last one, because the service does not come back.
    void tellsThatTheServiceIsGone()
    {
        Bench bench;
        QVERIFY(bench.waitForReader() && bench.placeCard());
        // In the middle of an operation, which waits for the card just then
        bench.slot.hush();
        const int commands = bench.slot.commandCount();
        Outcome adding(
            bench.keys.makeCredential(&bench.operation, bench.reader(), registration(), pin("")));
        QTRY_VERIFY(bench.slot.commandCount() > commands);
        QVERIFY(!adding.isThere());
        QFile pid(u"/run/pcscd/pcscd.pid"_s);
        QVERIFY(pid.open(QIODevice::ReadOnly));
        QCOMPARE(::kill(pid.readAll().trimmed().toInt(), SIGKILL), 0);
        const auto made = adding.wait();
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::CardServiceMissing);
        QCOMPARE(bench.key->credentialCount(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(bench.keys.problems().size(), 1, 5000);
        QCOMPARE(bench.keys.problems()[0].kind, ErrorKind::CardServiceMissing);
        QVERIFY(bench.keys.devices().isEmpty());
        bench.watch.reset();

        Bench without;
        QTRY_COMPARE_WITH_TIMEOUT(without.keys.problems().size(), 1, 5000);
        QVERIFY(without.keys.isKnown());
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestCardReaders)
#include "tst_cardreaders.moc"
