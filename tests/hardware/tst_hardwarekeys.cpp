// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/ceremonies.h"
#include "tests/hardware/hardwarebench.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <fido.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

qsizetype entries(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System).size();
}

qsizetype threads()
{
    return entries(u"/proc/self/task"_s);
}

qsizetype descriptors()
{
    return entries(u"/proc/self/fd"_s);
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

} // namespace

// Which keys there are, and operations with them: touch, cancellation, several at a time.
class TestHardwareKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ------------------------------------------------ what is there
    void nothingIsUsedBeforeItIsAskedFor()
    {
        Bench bench;
        const Port port(*bench.transport);
        QTest::qWait(20);
        QVERIFY(bench.keys.devices().isEmpty());
        QVERIFY(!bench.keys.isKnown());
    }

    void theListFollowsWhatIsPluggedIn()
    {
        Bench bench;
        QSignalSpy changed(&bench.keys, &HardwareKeys::devicesChanged);
        const auto watch = bench.keys.watch();
        QVERIFY(changed.wait());
        QVERIFY(bench.keys.isKnown());
        const Port port(*bench.transport, {}, u"Blue"_s);
        QVERIFY(changed.wait());
        QCOMPARE(bench.keys.devices(), QList{port.device});
        bench.transport->pullOut(port.device);
        QVERIFY(changed.wait());
        QVERIFY(bench.keys.devices().isEmpty());
    }

    void theLastWatchEndsTheList()
    {
        Bench bench;
        const Port port(*bench.transport);
        auto first = bench.keys.watch();
        auto second = bench.keys.watch();
        QTRY_COMPARE(bench.keys.devices().size(), 1);
        first.reset();
        QCOMPARE(bench.keys.devices().size(), 1);
        second.reset();
        QVERIFY(bench.keys.devices().isEmpty());
        QVERIFY(!bench.keys.isKnown());
    }

    void aKeysOwnReaderIsNotListed()
    {
        Bench bench;
        const Port port(*bench.transport, {}, u"Maker Key 3"_s);
        bench.transport->addReader(u"Maker Key 3 [CCID] 00 00"_s);
        const KeyDevice reader = bench.transport->addReader(u"Another reader"_s);
        const auto watch = bench.keys.watch();
        QTRY_COMPARE(bench.keys.devices(), (QList{port.device, reader}));
    }

    // ------------------------------------------------ what a key says
    void tellsWhatAKeyIs()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.key->setPin(u"1234"_s);
        const auto info = outcomeOf(bench.keys.info(&bench.operation, port.device));
        QVERIFY(info);
        QVERIFY(info->fido2);
        QVERIFY(info->versions.contains(u"FIDO_2_1"_s));
        QCOMPARE(info->aaguid, port.key->traits().aaguid);
        QCOMPARE(info->firmware, quint64(0x00050700));
        QCOMPARE(info->pin, KeyInfo::Pin::Set);
        QCOMPARE(info->pinRetries, std::optional(8));
        QCOMPARE(info->transports, port.key->traits().transports);
        QVERIFY(info->algorithms.contains(-7));
        QCOMPARE(info->maxCredentialsInList, 8);
        QVERIFY(info->managesCredentials);
        QVERIFY(!info->verifiesForRegistration);
        QCOMPARE(bench.operation.device(), port.device);
        QCOMPARE(bench.operation.stage(), Stage::Idle);
    }

    void tellsWhatAnOldKeyIs()
    {
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = false;
        const Port port(*bench.transport, traits);
        const auto info = outcomeOf(bench.keys.info(&bench.operation, port.device));
        QVERIFY(info);
        QVERIFY(!info->fido2);
        QCOMPARE(info->pin, KeyInfo::Pin::Unsupported);
    }

    // ------------------------------------------------ touch, cancel, time
    void aDeclinedTouchIsTold()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.front->declineTouch();
        COMPARE_ERROR(bench.add(port.device), ErrorKind::KeyDeclined);
    }

    void aKeyThatIsNotTouchedGivesUp()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.front->neverTouch();
        port.front->giveUpAfter(50ms);
        COMPARE_ERROR(bench.add(port.device), ErrorKind::KeyNotTouched);
    }

    void aCanceledOperationEndsAtOnceAndTheKeyGoesOnWorking()
    {
        Bench bench;
        const Port port(*bench.transport);
        Outcome adding = bench.addUntouched(port);
        QTRY_VERIFY(port.front->isBlinking());
        QElapsedTimer clock;
        clock.start();
        bench.operation.cancel();
        COMPARE_ERROR(adding.wait(), ErrorKind::Canceled);
        QVERIFY2(clock.elapsed() < 100, QByteArray::number(clock.elapsed()).constData());
        // The next one waits until the key has stopped.
        Outcome next(
            bench.keys.makeCredential(&bench.operation, port.device, registration(), pin("")));
        QTRY_COMPARE(port.key->commandCount(CtapCommand::MakeCredential), 2);
        port.front->touchAfter(0ms);
        QVERIFY(next.wait());
        QCOMPARE(port.key->credentialCount(), 1);
    }

    void cancelsAtAnyMoment()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.key->setPin(u"1234"_s);
        for (int i = 0; i < 40; ++i) {
            port.front->neverTouch();
            Outcome adding(bench.keys.makeCredential(&bench.operation, port.device, registration(),
                                                     pin("1234")));
            QTest::qWait(i / 4);
            bench.operation.cancel();
            COMPARE_ERROR(adding.wait(), ErrorKind::Canceled);
        }
        port.front->touchAfter(0ms);
        QVERIFY(bench.add(port.device, registration(), "1234"));
        QCOMPARE(port.key->pinRetriesLeft(), 8);
    }

    void anOldKeyIsCanceledToo()
    {
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = false;
        const Port port(*bench.transport, traits);
        Outcome adding = bench.addUntouched(port);
        QTest::qWait(300);
        bench.operation.cancel();
        COMPARE_ERROR(adding.wait(), ErrorKind::Canceled);
        port.front->touchAfter(0ms);
        QVERIFY(bench.add(port.device));
    }

    void anOldKeyWaitsLongerThanOneQuestion()
    {
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = false;
        const Port port(*bench.transport, traits);
        Outcome adding = bench.addUntouched(port);
        QTest::qWait(2500);
        QVERIFY(!adding.isThere());
        port.front->touchAfter(0ms);
        QVERIFY(adding.wait());
    }

    void theEndOfTheOperationObjectCancels()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.front->neverTouch();
        auto operation = std::make_unique<KeyOperation>();
        Outcome adding(
            bench.keys.makeCredential(operation.get(), port.device, registration(), pin("")));
        QTRY_VERIFY(port.front->isBlinking());
        operation.reset();
        COMPARE_ERROR(adding.wait(), ErrorKind::Canceled);
    }

    void theEndOfAllKeysCancels()
    {
        auto transport = std::make_shared<SimulatedKeys>();
        auto keys = std::make_unique<HardwareKeys>(HardwareKeys::Transports{transport});
        const Port port(*transport);
        port.front->neverTouch();
        KeyOperation operation;
        const auto before = threads();
        Outcome adding(keys->makeCredential(&operation, port.device, registration(), pin("")));
        QTRY_VERIFY(port.front->isBlinking());
        keys.reset();
        COMPARE_ERROR(adding.wait(), ErrorKind::Canceled);
        QTRY_VERIFY(threads() <= before); // those of the test before may just be ending
    }

    void aKeyThatSwallowsAnswersIsGivenUp()
    {
        Bench bench;
        bench.keys.setTimeouts({.answer = 200ms, .touch = 400ms});
        const Port port(*bench.transport);
        port.front->setReplyFilter([](quint8, const QByteArray &) { return std::nullopt; });
        COMPARE_ERROR(outcomeOf(bench.keys.info(&bench.operation, port.device)),
                      ErrorKind::KeyNoAnswer);
        port.front->setReplyFilter({});
        QVERIFY(outcomeOf(bench.keys.info(&bench.operation, port.device)));
    }

    void nonsenseIsNotBelieved()
    {
        Bench bench;
        bench.keys.setTimeouts({.answer = 500ms, .touch = 500ms});
        const Port port(*bench.transport);
        constexpr quint8 cbor = 0x10;
        for (const QByteArray &nonsense :
             {"\xff\xff\xff"_ba, "\x00\xbf"_ba, "\x00"_ba, QByteArray(3000, '\0'), QByteArray()}) {
            port.front->setReplyFilter([&](quint8 command, const QByteArray &reply) {
                return command == cbor ? nonsense : reply;
            });
            const auto info = outcomeOf(bench.keys.info(&bench.operation, port.device));
            QVERIFY(!info);
            QVERIFY2(info.error().kind == ErrorKind::KeyAnswerInvalid
                         || info.error().kind == ErrorKind::KeyNoAnswer
                         || info.error().kind == ErrorKind::KeyFailure,
                     QByteArray::number(static_cast<int>(info.error().kind)).constData());
        }
        port.front->setReplyFilter({});
        QVERIFY(outcomeOf(bench.keys.info(&bench.operation, port.device)));
    }

    void everyRefusalOfAKeyIsTold_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("kind");
        const auto row = [](int status, ErrorKind kind) {
            QTest::addRow("%02x", status) << status << static_cast<int>(kind);
        };
        row(0x36, ErrorKind::KeyPinNotSet); // this key has none
        row(0x34, ErrorKind::KeyPinNeedsReplug);
        row(0x32, ErrorKind::KeyPinBlocked);
        row(0x37, ErrorKind::KeyPinChangeRequired);
        row(0x3f, ErrorKind::KeyFingerprintFailed);
        row(0x3c, ErrorKind::KeyFingerprintBlocked);
        row(0x19, ErrorKind::KeyAlreadyRegistered);
        row(0x2f, ErrorKind::KeyNotTouched);
        row(0x3a, ErrorKind::KeyNotTouched);
        row(0x27, ErrorKind::KeyDeclined);
        row(0x26, ErrorKind::KeyTooOld);
        row(0x2b, ErrorKind::KeyLacksOption);
        row(0x2c, ErrorKind::KeyLacksOption);
        row(0x28, ErrorKind::KeyFull);
        row(0x05, ErrorKind::KeyBusy);
        row(0x06, ErrorKind::KeyBusy);
        row(0x33, ErrorKind::KeyPinRefused);
        row(0x7f, ErrorKind::KeyFailure);
    }
    void everyRefusalOfAKeyIsTold()
    {
        QFETCH(int, status);
        QFETCH(int, kind);
        Bench bench;
        const Port port(*bench.transport);
        // The third answer is that to the registration, after two of what the key is.
        port.front->setReplyFilter(
            [status, count = 0](quint8 command, const QByteArray &reply) mutable {
                constexpr quint8 cbor = 0x10;
                const bool isRegistration = command == cbor && ++count % 3 == 0;
                return isRegistration ? QByteArray(1, static_cast<char>(status)) : reply;
            });
        const auto refused = bench.add(port.device);
        QVERIFY(!refused);
        QCOMPARE(static_cast<int>(refused.error().kind), kind);
        QCOMPARE(refused.error().subject, u"Key"_s);
    }

    // ------------------------------------------------ keys that are not at hand
    void saysWhyAKeyCannotBeUsed()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.front->setHeld(true);
        COMPARE_ERROR(bench.add(port.device), ErrorKind::KeyInUse);
        port.front->setHeld(false);
        bench.transport->forbid(port.device);
        COMPARE_ERROR(bench.add(port.device), ErrorKind::KeyNoPermission);
        bench.transport->pullOut(port.device);
        COMPARE_ERROR(bench.add(port.device), ErrorKind::KeyRemoved);
    }

    void aKeyThatIsPulledOutWhileItBlinksIsMissed()
    {
        Bench bench;
        const Port port(*bench.transport);
        Outcome adding = bench.addUntouched(port);
        QTRY_VERIFY(port.front->isBlinking());
        bench.transport->pullOut(port.device);
        COMPARE_ERROR(adding.wait(), ErrorKind::KeyRemoved);
    }

    void aKeyMayBePulledOutAfterAnyFrame()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.key->setPin(u"1234"_s);
        int frames = 0;
        // Until it is one more than a registration takes.
        for (bool isMade = false; !isMade; ++frames) {
            port.front->unplugAfterFrames(frames);
            const auto made = bench.add(port.device, registration(), "1234");
            isMade = made.has_value();
            if (!isMade)
                QCOMPARE(made.error().kind, ErrorKind::KeyRemoved);
            bench.transport->pullOut(port.device);
            bench.transport->plugInAgain(port.device);
        }
        QVERIFY2(frames > 20, QByteArray::number(frames).constData());
        QVERIFY(bench.add(port.device, registration(), "1234"));
        QCOMPARE(port.key->pinRetriesLeft(), 8);
    }

    // ------------------------------------------------ several keys
    void theTouchedKeyIsChosen()
    {
        Bench bench;
        const Port first(*bench.transport);
        const Port second(*bench.transport);
        first.front->neverTouch();
        second.front->neverTouch();
        Outcome choosing(bench.keys.chooseByTouch(&bench.operation));
        QTRY_VERIFY(first.front->isBlinking() && second.front->isBlinking());
        second.front->touch();
        const auto chosen = choosing.wait();
        QVERIFY(chosen);
        QCOMPARE(*chosen, second.device);
        QTRY_VERIFY(!first.front->isBlinking());
        first.front->touchAfter(0ms);
        QVERIFY(bench.add(first.device));
    }

    void theFirstTouchedKeySignsIn()
    {
        Bench bench;
        const Port first(*bench.transport, {}, u"First"_s);
        const Port second(*bench.transport, {}, u"Second"_s);
        const Port stranger(*bench.transport, {}, u"Stranger"_s);
        const auto one = bench.add(first.device);
        const auto two = bench.add(second.device);
        for (const Port *port : {&first, &second, &stranger})
            port->front->neverTouch();
        QList<QString> refused;
        connect(&bench.operation, &KeyOperation::deviceFailed, &bench.operation,
                [&](const KeyDevice &device, const Error &error) {
                    QCOMPARE(error.kind, ErrorKind::KeyNotRegistered);
                    refused.append(device.name);
                });
        Outcome signing(
            bench.keys.getAssertionFromAny(&bench.operation,
                                           signIn({one->credentialId, two->credentialId})));
        QTRY_VERIFY(first.front->isBlinking() && second.front->isBlinking());
        QTRY_COMPARE(refused, QList{u"Stranger"_s});
        QVERIFY(!stranger.front->isBlinking());
        second.front->touch();
        const auto reply = signing.wait();
        QVERIFY(reply);
        QCOMPARE(reply->credentialId, two->credentialId);
        QCOMPARE(bench.operation.device(), second.device);
        QTRY_VERIFY(!first.front->isBlinking());
    }

    void aKeyThatComesLaterSignsIn()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        bench.transport->pullOut(port.device);
        Outcome signing(
            bench.keys.getAssertionFromAny(&bench.operation, signIn({made->credentialId})));
        QTRY_COMPARE(bench.operation.stage(), Stage::WaitForKey);
        bench.transport->plugInAgain(port.device);
        QVERIFY(signing.wait());
    }

    void aKeyThatIsInUseElsewhereSignsInLater()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        port.front->setHeld(true);
        QSignalSpy refused(&bench.operation, &KeyOperation::deviceFailed);
        Outcome signing(
            bench.keys.getAssertionFromAny(&bench.operation, signIn({made->credentialId})));
        QVERIFY(refused.wait());
        QCOMPARE(refused[0][1].value<Error>().kind, ErrorKind::KeyInUse);
        port.front->setHeld(false);
        QVERIFY(signing.wait());
    }

    void aKeyThatWantsItsPinIsNamed()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        port.key->setPin(u"1234"_s);
        port.key->setAlwaysUv(true);
        const auto reply = outcomeOf(
            bench.keys.getAssertionFromAny(&bench.operation, signIn({made->credentialId})));
        COMPARE_ERROR(reply, ErrorKind::KeyPinRequired);
        QCOMPARE(bench.operation.device(), port.device);
        QVERIFY(bench.use(port.device, signIn({made->credentialId}), "1234"));
    }

    // ------------------------------------------------ for a long time
    void aThousandRoundsLeaveNothingBehind()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto watch = bench.keys.watch();
        QVERIFY(bench.add(port.device)); // loads what is loaded late
        const auto threadsBefore = threads();
        const auto descriptorsBefore = descriptors();
        for (int i = 0; i < 1000; ++i) {
            const auto made = bench.add(port.device);
            QVERIFY(made);
            const auto signedIn = bench.use(port.device, signIn({made->credentialId}));
            QVERIFY(signedIn);
        }
        QVERIFY(threads() <= threadsBefore);
        QVERIFY(descriptors() <= descriptorsBefore);
    }

    void addsLittleToWhatTheKeyTakes()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto watch = bench.keys.watch();
        const auto made = bench.add(port.device);
        fido_init(0);
        QList<double> ours;
        QList<double> bare;
        for (int i = 0; i < 60; ++i) {
            QElapsedTimer clock;
            clock.start();
            QVERIFY(bench.use(port.device, signIn({made->credentialId})));
            ours.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
            GetAssertionReply reply;
            clock.restart();
            QCOMPARE(getAssertion(*port.front, signIn({made->credentialId}), {}, reply), 0);
            bare.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        const double overhead = median(ours) - median(bare);
        qInfo("a sign-in takes %.2f ms, with libfido2 alone %.2f ms", median(ours), median(bare));
        QVERIFY2(overhead < 5, QByteArray::number(overhead).constData());
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestHardwareKeys)
#include "tst_hardwarekeys.moc"
