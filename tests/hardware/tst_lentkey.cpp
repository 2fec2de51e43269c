// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The simulated key as the program sees it: through the sockets of its folder.

#include "core/hardware/hardwarekeys.h"
#include "core/hardware/yubikeyotp.h"
#include "tests/authenticator/cardsocket.h"
#include "tests/authenticator/keylender.h"
#include "tests/core/outcome.h"
#include "tests/hardware/requests.h"
#include "tests/simulated_key/lentkey.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

using Stage = KeyOperation::Stage;

GetAssertionRequest verifiedSignIn(const MakeCredentialReply &made)
{
    GetAssertionRequest request = signIn({made.credentialId});
    request.verifyWith = made.publicKey;
    return request;
}

/// How often a thread of this process has gone to sleep so far.
long sleeps()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw;
}

qsizetype entries(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System).size();
}

/// The key at one end, the program's view of it at the other.
struct Bench
{
    QTemporaryDir folder;
    KeyLender lender{folder.path()};
    std::shared_ptr<LentKey> transport = std::make_shared<LentKey>(folder.path());
    HardwareKeys keys{HardwareKeys::Transports{transport}};
    HardwareKeys::Watch watch = keys.watch();
    KeyOperation operation;

    Bench() { lender.port().touchAfter(0ms); }

    [[nodiscard]] KeyDevice device(KeyDevice::Connection connection) const
    {
        const QList<KeyDevice> all = keys.devices();
        for (const KeyDevice &each : all) {
            if (each.connection == connection)
                return each;
        }
        return {};
    }
    [[nodiscard]] KeyDevice key() const { return device(KeyDevice::Connection::Usb); }
    [[nodiscard]] KeyDevice reader() const { return device(KeyDevice::Connection::Nfc); }
    [[nodiscard]] bool waitForKey(bool there)
    {
        return QTest::qWaitFor([&] { return !key().id.isEmpty() == there; });
    }
    [[nodiscard]] bool waitForCard(bool there)
    {
        const auto wanted = there ? KeyDevice::State::Ready : KeyDevice::State::NoCard;
        return QTest::qWaitFor([&] { return !reader().id.isEmpty() && reader().state == wanted; });
    }

    Result<MakeCredentialReply> add(const KeyDevice &where, const char *pinText = "")
    {
        return outcomeOf(keys.makeCredential(&operation, where, registration(), pin(pinText)));
    }
    Result<GetAssertionReply> use(const KeyDevice &where, const MakeCredentialReply &made,
                                  const char *pinText = "")
    {
        return outcomeOf(keys.getAssertion(&operation, where, verifiedSignIn(made), pin(pinText)));
    }
};

} // namespace

class TestLentKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ------------------------------------------------ what is there
    void saysThatItIsSimulated()
    {
        Bench bench;
        QVERIFY(bench.waitForCard(false));
        QCOMPARE(bench.keys.devices().size(), 1);
        QVERIFY(bench.reader().simulated);
        QCOMPARE(bench.reader().name, u"Simulated reader"_s);
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        QVERIFY(bench.key().simulated);
        QCOMPARE(bench.key().name, u"Simulated key"_s);
        QCOMPARE(bench.keys.devices().size(), 2); // its reader is not taken for a part of the key
        QVERIFY(bench.keys.problems().isEmpty());
    }

    void theListIsFresh()
    {
        Bench bench;
        QTRY_VERIFY(bench.keys.isKnown());
        for (int i = 0; i < 10; ++i) {
            QElapsedTimer clock;
            clock.start();
            bench.lender.plugIn();
            QVERIFY(bench.waitForKey(true));
            QVERIFY2(clock.elapsed() < 300, QByteArray::number(clock.elapsed()).constData());
            clock.restart();
            bench.lender.putAside();
            QVERIFY(bench.waitForKey(false));
            QVERIFY2(clock.elapsed() < 300, QByteArray::number(clock.elapsed()).constData());
            clock.restart();
            QVERIFY(bench.lender.placeOnReader());
            QVERIFY(bench.waitForCard(true));
            QVERIFY2(clock.elapsed() < 300, QByteArray::number(clock.elapsed()).constData());
        }
    }

    void aQuickHandIsSeen()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        const QString before = bench.key().id;
        QSignalSpy changed(&bench.keys, &HardwareKeys::devicesChanged);
        bench.lender.plugIn(); // again
        QTRY_VERIFY(changed.size() == 2 && !bench.key().id.isEmpty());
        QVERIFY(bench.key().id != before);

        QVERIFY(bench.lender.placeOnReader());
        QVERIFY(bench.waitForCard(true));
        const int number = bench.reader().cardNumber;
        QVERIFY(bench.lender.placeOnReader());
        QTRY_VERIFY(bench.reader().cardNumber > number);
    }

    void keepsItsNameFromWatchToWatch()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        const QString before = bench.key().id;
        bench.watch.reset();
        QVERIFY(bench.keys.devices().isEmpty());
        bench.watch = bench.keys.watch();
        QVERIFY(bench.waitForKey(true));
        QCOMPARE(bench.key().id, before);
        bench.watch.reset();
        bench.lender.plugIn();
        QTest::qWait(50);
        bench.watch = bench.keys.watch();
        QVERIFY(bench.waitForKey(true));
        QVERIFY(bench.key().id != before);
    }

    void isGoneWithItsProgram()
    {
        const QTemporaryDir folder;
        auto lender = std::make_unique<KeyLender>(folder.path());
        lender->plugIn();
        HardwareKeys keys({std::make_shared<LentKey>(folder.path())});
        const auto watch = keys.watch();
        QTRY_COMPARE(keys.devices().size(), 2);
        lender.reset();
        QTRY_VERIFY(keys.devices().isEmpty());
        QVERIFY(QDir(folder.path()).isEmpty());
        HardwareKeys none({std::make_shared<LentKey>(folder.path() + u"/missing"_s)});
        const auto watchNone = none.watch();
        QTRY_VERIFY(none.isKnown());
        QVERIFY(none.devices().isEmpty());
    }

    void everybodySleepsWhileNothingHappens()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        const long before = sleeps();
        QThread::sleep(1); // with no event loop, which wakes up for Qt Test
        const long count = sleeps() - before;
        // ThreadSanitizer has a thread that looks around ten times a second.
        QVERIFY2(count < 20, QByteArray::number(static_cast<qlonglong>(count)).constData());
    }

    // ------------------------------------------------ what is done with it
    void registersAndSignsInByUsb()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        bench.lender.port().neverTouch();
        Outcome adding(
            bench.keys.makeCredential(&bench.operation, bench.key(), registration(), pin("")));
        QTRY_VERIFY(bench.lender.port().isBlinking());
        QTRY_COMPARE(bench.operation.stage(), Stage::Touch);
        bench.lender.port().touch();
        const auto made = adding.wait();
        QVERIFY(made);
        QCOMPARE(made->transports, (QStringList{u"nfc"_s, u"usb"_s}));
        QVERIFY(!bench.lender.port().isBlinking());
        bench.lender.port().touchAfter(0ms);
        QVERIFY(bench.use(bench.key(), *made));
    }

    void registersAndSignsInByNfc()
    {
        Bench bench;
        bench.lender.key().setPin(u"1234"_s);
        QVERIFY(bench.lender.placeOnReader());
        QVERIFY(bench.waitForCard(true));
        const auto made = bench.add(bench.reader(), "1234");
        QVERIFY(made);
        QVERIFY(made->userVerified);
        QVERIFY(bench.use(bench.reader(), *made, "1234"));
        // The same key in the port
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        QVERIFY(bench.use(bench.key(), *made));
    }

    void waitsForTheTap()
    {
        Bench bench;
        QVERIFY(bench.waitForCard(false));
        Outcome adding(
            bench.keys.makeCredential(&bench.operation, bench.reader(), registration(), pin("")));
        QTRY_COMPARE(bench.operation.stage(), Stage::PlaceOnReader);
        QVERIFY(bench.lender.placeOnReader());
        QVERIFY(adding.wait());
    }

    void readsTheOneTimePassword()
    {
        Bench bench;
        const QByteArray code = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj";
        bench.lender.setOneTimePassword(code);
        Outcome reading(bench.keys.readOtp(&bench.operation));
        QVERIFY(bench.lender.placeOnReader());
        const auto &read = reading.wait();
        QVERIFY(read);
        QCOMPARE(QByteArray(read->view().data(), read->view().size()), code);
    }

    void severalAreToldApart()
    {
        const QTemporaryDir folder;
        const QTemporaryDir otherFolder;
        KeyLender first(folder.path());
        KeyLender second(otherFolder.path());
        first.plugIn();
        second.plugIn();
        HardwareKeys keys({std::make_shared<LentKey>(folder.path()),
                           std::make_shared<LentKey>(otherFolder.path(), 2)});
        const auto watch = keys.watch();
        QTRY_COMPARE(keys.devices().size(), 4);
        QStringList names;
        for (const KeyDevice &device : keys.devices())
            names += device.name;
        QCOMPARE(names,
                 (QStringList{u"Simulated key"_s, u"Simulated reader"_s, u"Simulated key 2"_s,
                              u"Simulated reader 2"_s}));
        // Both blink, and the one that is touched signs.
        KeyOperation operation;
        Outcome chosen(keys.chooseByTouch(&operation));
        QVERIFY(QTest::qWaitFor(
            [&] { return first.port().isBlinking() && second.port().isBlinking(); }));
        second.port().touch();
        QCOMPARE(chosen.wait()->name, u"Simulated key 2"_s);
    }

    void isResetWhenItIsReplugged()
    {
        Bench bench;
        bench.lender.key().setPin(u"1234"_s);
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        const auto seen = outcomeOf(bench.keys.info(&bench.operation, bench.key()));
        QVERIFY(seen);
        const KeyIdentity identity{.seen = *seen, .held = {}};
        Outcome reset(bench.keys.reset(&bench.operation, bench.key(), identity));
        QTRY_COMPARE(bench.operation.stage(), Stage::Replug);
        bench.lender.plugIn(); // so quickly that its file is hardly ever missing
        QVERIFY(reset.wait());
        QVERIFY(!bench.lender.key().hasPin());
    }

    // ------------------------------------------------ what goes wrong
    void isPulledOutAtAnyMoment()
    {
        Bench bench;
        int frames = 1;
        // Until a registration is done before it comes to that.
        for (bool done = false; !done; ++frames) {
            bench.lender.plugIn();
            QVERIFY(bench.waitForKey(true));
            bench.lender.port().unplugAfterFrames(frames);
            const auto made = bench.add(bench.key());
            done = made.has_value();
            if (!done)
                COMPARE_ERROR(made, ErrorKind::KeyRemoved);
            bench.lender.putAside();
            QVERIFY(bench.waitForKey(false));
        }
        QVERIFY2(frames > 15, QByteArray::number(frames).constData());
    }

    void isPulledOutWhileItWaitsForATouch()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        bench.lender.port().neverTouch();
        Outcome adding(
            bench.keys.makeCredential(&bench.operation, bench.key(), registration(), pin("")));
        QTRY_VERIFY(bench.lender.port().isBlinking());
        QElapsedTimer clock;
        clock.start();
        bench.lender.putAside();
        COMPARE_ERROR(adding.wait(), ErrorKind::KeyRemoved);
        QVERIFY2(clock.elapsed() < 300, QByteArray::number(clock.elapsed()).constData());
    }

    void isTakenOffTheReader()
    {
        const QTemporaryDir folder;
        const auto key = std::make_shared<SoftwareKey>();
        const auto card = std::make_shared<KeyCard>(key);
        CardSocket slot(folder.path().toLocal8Bit());
        HardwareKeys keys({std::make_shared<LentKey>(folder.path())});
        const auto watch = keys.watch();
        QTRY_COMPARE(keys.devices().size(), 1);
        KeyOperation operation;
        const auto reader = [&] {
            return keys.devices().constFirst();
        };
        int commands = 1;
        for (bool done = false; !done; ++commands) {
            QVERIFY(slot.insert(card));
            QTRY_COMPARE(reader().state, KeyDevice::State::Ready);
            slot.removeAfter(commands);
            // Of all operations one that is not tried again with the next card.
            const auto set = outcomeOf(
                keys.setPin(&operation, reader(), pin("1234"), pin(key->hasPin() ? "1234" : "")));
            done = set.has_value();
            if (!done)
                COMPARE_ERROR(set, ErrorKind::KeyCardMoved);
            slot.remove();
            QTRY_COMPARE(reader().state, KeyDevice::State::NoCard);
        }
        QVERIFY2(commands > 4, QByteArray::number(commands).constData());

        // One that is, goes on with it.
        QVERIFY(slot.insert(card));
        QTRY_COMPARE(reader().state, KeyDevice::State::Ready);
        slot.removeAfter(1);
        Outcome adding(keys.makeCredential(&operation, reader(), registration(), pin("1234")));
        QTRY_COMPARE(operation.stage(), Stage::PlaceOnReader);
        QVERIFY(slot.insert(card));
        QVERIFY(adding.wait());
    }

    void isHeldByAnotherProgram()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        {
            LentKey otherProgram(bench.folder.path());
            const auto held = otherProgram.connect(bench.key());
            QVERIFY(held);
            COMPARE_ERROR(bench.add(bench.key()), ErrorKind::KeyInUse);
        }
        QVERIFY(bench.add(bench.key()));
        QVERIFY(bench.lender.placeOnReader());
        QVERIFY(bench.waitForCard(true));
        {
            LentKey otherProgram(bench.folder.path());
            const auto held = otherProgram.connect(bench.reader());
            QVERIFY(held);
            COMPARE_ERROR(bench.add(bench.reader()), ErrorKind::CardReaderInUse);
        }
        QVERIFY(bench.add(bench.reader()));
    }

    void whatIsGoneCannotBeOpened()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        const KeyDevice key = bench.key();
        QVERIFY(bench.lender.placeOnReader());
        QVERIFY(bench.waitForCard(true));
        const KeyDevice reader = bench.reader();
        bench.lender.putAside();
        QVERIFY(bench.waitForCard(false));
        COMPARE_ERROR(bench.transport->connect(key), ErrorKind::KeyRemoved);
        COMPARE_ERROR(bench.transport->connect(reader), ErrorKind::KeyCardMoved);
    }

    void nothingLeaks()
    {
        Bench bench;
        bench.lender.plugIn();
        QVERIFY(bench.waitForKey(true));
        QVERIFY(bench.add(bench.key()));
        QTRY_COMPARE(bench.operation.stage(), Stage::Idle);
        const auto threads = entries(u"/proc/self/task"_s);
        const auto descriptors = entries(u"/proc/self/fd"_s);
        for (int i = 0; i < 50; ++i) {
            const QString before = bench.key().id;
            bench.lender.plugIn();
            QTRY_VERIFY(!bench.key().id.isEmpty() && bench.key().id != before);
            const auto made = bench.add(bench.key());
            QVERIFY(made);
            QVERIFY(bench.use(bench.key(), *made));
        }
        QTRY_VERIFY(entries(u"/proc/self/task"_s) <= threads);
        QTRY_VERIFY(entries(u"/proc/self/fd"_s) <= descriptors);
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestLentKey)
#include "tst_lentkey.moc"
