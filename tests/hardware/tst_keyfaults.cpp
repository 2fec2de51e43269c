// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Keys that are removed at any moment, that answer nonsense, or that the system does not give away.

#include "core/hardware/hardwarekeys.h"
#include "tests/authenticator/simulatedkeys.h"
#include "tests/core/outcome.h"
#include "tests/hardware/fakesystem.h"
#include "tests/hardware/hidterminal.h"
#include "tests/hardware/keyscene.h"
#include "tests/hardware/requests.h"

#include <QTest>

#include <fcntl.h>
#include <functional>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

using Stage = KeyOperation::Stage;

/// What becomes of an answer; gets the one before it as well.
using Damage = std::function<QByteArray(const QByteArray &answer, const QByteArray &before)>;

/// A card that gives one of its answers damaged.
class DamagedCard : public SmartCard
{
public:
    struct Answers
    {
        Damage damage;
        int number = 0;
        int count = 0;
        bool isDamaged = false;
    };

    DamagedCard(std::shared_ptr<KeyCard> card, std::shared_ptr<Answers> answers)
        : m_card(std::move(card))
        , m_answers(std::move(answers))
    {
        m_card->powerUp();
    }

    Result<QByteArray> transmit(QByteArrayView command) override
    {
        const QByteArray answer = m_card->transmit(command.toByteArray());
        // Or the rest of that answer, which nothing is known of but that it is damaged as well
        const bool isRest = m_answers->isDamaged && command.startsWith("\x00\xc0"_ba);
        const bool isMeant = m_answers->count++ == m_answers->number || isRest;
        const QByteArray given = isMeant ? m_answers->damage(answer, m_before) : answer;
        m_answers->isDamaged = m_answers->isDamaged || given != answer;
        m_before = answer;
        return given;
    }

private:
    std::shared_ptr<KeyCard> m_card;
    std::shared_ptr<Answers> m_answers;
    QByteArray m_before = QByteArray::fromHex("9000");
};

/// A key that Linux shows, without udev, and that libfido2 opens by its path.
struct PluggedIn
{
    PluggedIn()
    {
        system.plugIn(u"hidraw0"_s, FakeSystem::keyDescriptor(), "Key", terminal.path());
        keys.setTimeouts({.answer = 2s, .touch = 5s});
    }

    [[nodiscard]] KeyDevice device() const
    {
        return {.id = u"usb:"_s + system.node(u"hidraw0"_s), .name = u"Key"_s};
    }
    [[nodiscard]] Result<MakeCredentialReply> add()
    {
        return outcomeOf(keys.makeCredential(&operation, device(), registration(), SecureBuffer()));
    }
    /// Under way, and nobody touches the key.
    [[nodiscard]] Outcome<Result<MakeCredentialReply>> addUntouched()
    {
        port->neverTouch();
        return Outcome(keys.makeCredential(&operation, device(), registration(), SecureBuffer()));
    }
    std::shared_ptr<HidFront> port = std::make_shared<HidFront>(std::make_shared<SoftwareKey>());
    HidTerminal terminal{port};
    FakeSystem system;
    HardwareKeys keys{HardwareKeys::Transports{std::make_shared<UsbKeys>(system.places())}};
    KeyOperation operation;
};

} // namespace

class TestKeyFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ------------------------------------------------ removed at any moment
    void aKeyMayBePulledOutAfterAnyFrame_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("sign-in") << 0;
        QTest::newRow("first PIN") << 1;
        QTest::newRow("list of what the key keeps") << 2;
    }
    void aKeyMayBePulledOutAfterAnyFrame()
    {
        QFETCH(int, what);
        Scene scene(false);
        const auto made = scene.add(registration());
        QVERIFY(made);
        if (what != 1)
            scene.key->setPin(u"1234"_s);
        const auto act = [&]() -> std::optional<Error> {
            switch (what) {
            case 0: return errorOf(scene.use(signIn({made->credentialId}), "1234"));
            case 1: return errorOf(scene.setPin("1234"));
            default:
                return errorOf(outcomeOf(scene.keys.credentials(&scene.operation, scene.device,
                                                                SecureBuffer::copyOf("1234"))));
            }
        };
        int frames = 0;
        for (bool isDone = false; !isDone; ++frames) {
            scene.port->unplugAfterFrames(frames);
            const auto error = act();
            isDone = !error;
            if (error)
                QCOMPARE(error->kind, ErrorKind::KeyRemoved);
            scene.transport->pullOut(scene.device);
            scene.transport->plugInAgain(scene.device);
            // What was set although its answer was lost
            if (what == 1 && !isDone)
                scene.key->setPin({});
        }
        QVERIFY2(frames > 10, QByteArray::number(frames).constData());
        QCOMPARE(scene.key->pinRetriesLeft(), 8);
    }

    void aKeyMayBeLiftedAfterAnyAnswer_data()
    {
        QTest::addColumn<bool>("signsIn");
        QTest::newRow("registration") << false;
        QTest::newRow("sign-in") << true;
    }
    void aKeyMayBeLiftedAfterAnyAnswer()
    {
        QFETCH(bool, signsIn);
        Scene scene(true);
        scene.key->setPin(u"1234"_s);
        const auto made = scene.add(registration(), "1234");
        QVERIFY(made);
        int answers = 0;
        for (bool isDone = false; !isDone; ++answers) {
            scene.transport->lift(scene.device);
            bool isAsked = false;
            const auto placeOn = [&](std::optional<int> most) {
                scene.transport->placeOn(scene.device, scene.card, most);
            };
            // Lifted once, it is asked for again and the operation goes on.
            const auto connection = connect(&scene.operation, &KeyOperation::stageChanged,
                                            &scene.operation, [&] {
                                                if (scene.operation.stage() != Stage::PlaceOnReader
                                                    || isAsked)
                                                    return;
                                                isAsked = true;
                                                placeOn({});
                                            });
            placeOn(answers);
            const bool isGood = signsIn
                ? scene.use(signIn({made->credentialId}), "1234").has_value()
                : scene.add(registration(), "1234").has_value();
            disconnect(connection);
            QVERIFY2(isGood, QByteArray::number(answers).constData());
            isDone = !isAsked;
        }
        QVERIFY2(answers > 5, QByteArray::number(answers).constData());
        QCOMPARE(scene.key->pinRetriesLeft(), 8);
    }

    void aKeyThatIsLiftedAgainAndAgainIsGivenUp()
    {
        Scene scene(true);
        scene.transport->placeOn(scene.device, scene.card, 2);
        int lifted = 0;
        connect(&scene.operation, &KeyOperation::stageChanged, &scene.operation, [&] {
            if (scene.operation.stage() == Stage::PlaceOnReader) {
                ++lifted;
                scene.transport->placeOn(scene.device, scene.card, 2);
            }
        });
        const auto made = scene.add(registration());
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::KeyCardMoved);
        QCOMPARE(lifted, 3);
        QCOMPARE(scene.key->credentialCount(), 0);
    }

    // ------------------------------------------------ nonsense
    void brokenAnswersAreNotBelieved_data()
    {
        QTest::addColumn<Damage>("damage");
        const auto row = [](const char *name, Damage damage) {
            QTest::newRow(name) << damage;
        };
        row("empty", [](const QByteArray &, const QByteArray &) { return QByteArray(); });
        row("cut off", [](const QByteArray &reply, const QByteArray &) {
            return reply.first(reply.size() / 2);
        });
        row("without its last byte",
            [](const QByteArray &reply, const QByteArray &) { return reply.chopped(1); });
        row("too long", [](const QByteArray &reply, const QByteArray &) -> QByteArray {
            return reply + QByteArray(7000, '\0');
        });
        row("the answer before",
            [](const QByteArray &, const QByteArray &before) { return before; });
        row("shifted by a byte", [](const QByteArray &reply, const QByteArray &) -> QByteArray {
            return QByteArray(1, '\0') + reply;
        });
        row("no CBOR", [](const QByteArray &, const QByteArray &) -> QByteArray {
            return QByteArray(1, '\0') + QByteArray(20, '\xff');
        });
        row("an endless map", [](const QByteArray &, const QByteArray &) {
            return QByteArray::fromHex("00bf01010201");
        });
        row("a map of other things", [](const QByteArray &, const QByteArray &) {
            return QByteArray::fromHex("00a1186301");
        });
        row("numbers for names", [](const QByteArray &, const QByteArray &) {
            return QByteArray::fromHex("00a301010202030b");
        });
        row("a status that nobody knows",
            [](const QByteArray &, const QByteArray &) { return "\x7f"_ba; });
    }
    void brokenAnswersAreNotBelieved()
    {
        QFETCH(Damage, damage);
        Scene scene(false);
        scene.key->setPin(u"1234"_s);
        // Each answer to a registration in turn, until it is one more than there are.
        int number = 0;
        for (bool isPast = false; !isPast; ++number) {
            int count = 0;
            bool isDamaged = false;
            QByteArray before = QByteArray::fromHex("00a0");
            scene.port->setReplyFilter([&](quint8 command, const QByteArray &reply) {
                if (command != CborCommand)
                    return reply;
                const QByteArray given = count++ == number ? damage(reply, before) : reply;
                isDamaged = isDamaged || given != reply;
                before = reply;
                return given;
            });
            const auto made = scene.add(registration(), "1234");
            scene.port->setReplyFilter({});
            isPast = count <= number;
            QCOMPARE(made.has_value(), !isDamaged);
            if (made)
                continue;
            const ErrorKind kind = made.error().kind;
            QVERIFY2(kind == ErrorKind::KeyAnswerInvalid || kind == ErrorKind::KeyFailure,
                     qPrintable(u"answer %1: %2"_s.arg(number).arg(made.error().detail)));
        }
        QVERIFY2(number > 4, QByteArray::number(number).constData());
        QVERIFY(scene.add(registration(), "1234"));
        QCOMPARE(scene.key->pinRetriesLeft(), 8);
    }

    void everyBitOfANewCredentialCounts()
    {
        Scene scene(false);
        const auto made = scene.add(registration());
        QVERIFY(made);
        // The authenticator data, which is signed.
        const qsizetype size = made->authenticatorData.size();
        for (qsizetype at = 0; at < size; ++at) {
            scene.port->setReplyFilter([&](quint8 command, const QByteArray &reply) {
                QByteArray changed = reply;
                constexpr qsizetype before = 14; // status, map, fmt, head of the string
                if (command == CborCommand && reply.contains("packed"_ba)) {
                    changed[before + at] = static_cast<char>(changed.at(before + at) ^ 1);
                }
                return changed;
            });
            const auto changed = scene.add(registration());
            QVERIFY2(!changed, QByteArray::number(at).constData());
            QCOMPARE(changed.error().kind, ErrorKind::KeyAnswerInvalid);
        }
    }

    void brokenAnswersOfCardsAreNotBelieved_data()
    {
        QTest::addColumn<Damage>("damage");
        const auto row = [](const char *name, Damage damage) {
            QTest::newRow(name) << damage;
        };
        row("no status",
            [](const QByteArray &answer, const QByteArray &) { return answer.chopped(2); });
        row("half a status",
            [](const QByteArray &answer, const QByteArray &) { return answer.chopped(1); });
        row("one byte", [](const QByteArray &, const QByteArray &) { return "\x90"_ba; });
        row("a refusal",
            [](const QByteArray &, const QByteArray &) { return QByteArray::fromHex("6f00"); });
        row("nothing but success",
            [](const QByteArray &, const QByteArray &) { return QByteArray::fromHex("9000"); });
        row("more, for ever",
            [](const QByteArray &, const QByteArray &) { return QByteArray::fromHex("6110"); });
        row("too long", [](const QByteArray &answer, const QByteArray &) -> QByteArray {
            return QByteArray(9000, '\0') + answer;
        });
        row("shifted by a byte", [](const QByteArray &answer, const QByteArray &) -> QByteArray {
            return QByteArray(1, '\0') + answer;
        });
        row("the answer before",
            [](const QByteArray &, const QByteArray &before) { return before; });
    }
    void brokenAnswersOfCardsAreNotBelieved()
    {
        QFETCH(Damage, damage);
        Scene scene(true);
        scene.key->setPin(u"1234"_s);
        int number = 0;
        for (bool isPast = false; !isPast; ++number) {
            const auto answers = std::make_shared<DamagedCard::Answers>();
            answers->damage = damage;
            answers->number = number;
            scene.transport->placeOn(scene.device, [&scene, answers] {
                return std::make_unique<DamagedCard>(scene.card, answers);
            });
            const auto made = scene.add(registration(), "1234");
            isPast = answers->count <= number;
            // The second answer is only whether the key knows more than U2F, with which one can
            // register as well.
            if (made && number == 1)
                continue;
            QVERIFY2(made.has_value() != answers->isDamaged,
                     QByteArray::number(number).constData());
            if (made)
                continue;
            const ErrorKind kind = made.error().kind;
            QVERIFY2(kind == ErrorKind::KeyAnswerInvalid || kind == ErrorKind::KeyFailure
                         || kind == ErrorKind::CardIsNoKey,
                     qPrintable(u"answer %1: error %2, %3"_s.arg(number)
                                    .arg(static_cast<int>(kind))
                                    .arg(made.error().detail)));
        }
        QVERIFY2(number > 5, QByteArray::number(number).constData());
        scene.transport->placeOn(scene.device, scene.card);
        QVERIFY(scene.add(registration(), "1234"));
        QCOMPARE(scene.key->pinRetriesLeft(), 8);
    }

    // ------------------------------------------------ through devices of the system
    void aDeviceOfTheSystemWorksAsWell()
    {
        PluggedIn it;
        const auto made = it.add();
        QVERIFY(made);
        const auto reply = outcomeOf(it.keys.getAssertion(&it.operation, it.device(),
                                                          signIn({made->credentialId}),
                                                          SecureBuffer()));
        QVERIFY(reply);
        QCOMPARE(reply->credentialId, made->credentialId);
    }

    void aDeviceThatAnotherProgramHasOpenIsTold()
    {
        PluggedIn it;
        const int other = ::open(it.terminal.path().constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        QCOMPARE(::flock(other, LOCK_EX | LOCK_NB), 0);
        const auto made = it.add();
        ::close(other);
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::KeyInUse);
        QVERIFY(it.add());
    }

    void aDeviceThatWorksForAnotherProgramIsTold()
    {
        PluggedIn it;
        it.port->setBusyElsewhere(true);
        const auto made = it.add();
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::KeyBusy);
        it.port->setBusyElsewhere(false);
        QVERIFY(it.add());
    }

    void aSilentDeviceIsTold()
    {
        PluggedIn it;
        it.keys.setTimeouts({.answer = 200ms, .touch = 400ms});
        it.port->setReplyFilter([](quint8, const QByteArray &) { return std::nullopt; });
        const auto made = it.add();
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::KeyNoAnswer);
    }

    void aDeviceThatIsPulledOutIsTold()
    {
        PluggedIn it;
        Outcome adding = it.addUntouched();
        QTRY_VERIFY(it.port->isBlinking());
        it.terminal.pullOut();
        const auto made = adding.wait();
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::KeyRemoved);
    }

    void aDeviceIsCanceled()
    {
        PluggedIn it;
        Outcome adding = it.addUntouched();
        QTRY_VERIFY(it.port->isBlinking());
        it.operation.cancel();
        QCOMPARE(adding.wait().error().kind, ErrorKind::Canceled);
        QTRY_VERIFY(!it.port->isBlinking());
        it.port->touchAfter(0ms);
        QVERIFY(it.add());
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestKeyFaults)
#include "tst_keyfaults.moc"
