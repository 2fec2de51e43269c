// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/hardwarekeys.h"
#include "core/webauthn/passkeytest.h"
#include "tests/authenticator/ceremonies.h"
#include "tests/authenticator/simulatedport.h"
#include "tests/core/outcome.h"
#include "tests/hardware/requests.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>
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

using Stage = KeyOperation::Stage;

KnownCredential known(const Result<MakeCredentialReply> &made, const QString &site = rpId)
{
    return {.rpId = site, .id = made->credentialId, .publicKey = made->publicKey};
}

QList<QByteArray> unknownIds(int count, int size = 64)
{
    QList<QByteArray> ids;
    for (int i = 0; i < count; ++i)
        ids.append(QByteArray(size, static_cast<char>(i)));
    return ids;
}

using Port = SimulatedPort;

struct Bench
{
    std::shared_ptr<SimulatedKeys> transport = std::make_shared<SimulatedKeys>();
    HardwareKeys keys{HardwareKeys::Transports{transport}};
    KeyOperation operation;

    Result<MakeCredentialReply> add(const KeyDevice &device,
                                    const MakeCredentialRequest &request = registration(),
                                    const char *pinText = "")
    {
        return outcomeOf(keys.makeCredential(&operation, device, request, pin(pinText)));
    }
    /// Under way, and nobody touches the key.
    Outcome<Result<MakeCredentialReply>> addUntouched(const Port &port)
    {
        port.front->neverTouch();
        return Outcome(keys.makeCredential(&operation, port.device, registration(), pin("")));
    }
    /// As a look at it tells.
    KeyIdentity identity(const KeyDevice &device, const QList<KnownCredential> &held = {})
    {
        return {.seen = *outcomeOf(keys.info(&operation, device)), .held = held};
    }
    Result<GetAssertionReply> use(const KeyDevice &device, const GetAssertionRequest &request,
                                  const char *pinText = "")
    {
        return outcomeOf(keys.getAssertion(&operation, device, request, pin(pinText)));
    }
};

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

    // ------------------------------------------------ register and sign in
    void registersAndSignsIn()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        QVERIFY(made);
        QCOMPARE(made->format, u"packed"_s);
        QCOMPARE(made->publicKey.algorithm, -7);
        QVERIFY(made->authenticatorData.contains(made->credentialId));
        QVERIFY(!made->userVerified);
        const auto signedIn = bench.use(port.device, signIn({made->credentialId}));
        QVERIFY(signedIn);
        QCOMPARE(signedIn->credentialId, made->credentialId);
        QCOMPARE(signedIn->authenticatorData.size(), 37);
        QVERIFY(!signedIn->signature.isEmpty());
    }

    void anOldKeyRegistersAndSignsIn()
    {
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = false;
        const Port port(*bench.transport, traits);
        const auto made = bench.add(port.device);
        QVERIFY(made);
        QCOMPARE(made->format, u"fido-u2f"_s);
        const QCborMap statement = QCborValue::fromCbor(made->attestationStatement).toMap();
        QCOMPARE(statement.keys(), (QList<QCborValue>{u"sig"_s, u"x5c"_s}));
        const auto signedIn = bench.use(port.device, signIn(unknownIds(3) << made->credentialId));
        QVERIFY(signedIn);
        QCOMPARE(signedIn->credentialId, made->credentialId);
        auto again = registration();
        again.excludeCredentials = {made->credentialId};
        COMPARE_ERROR(bench.add(port.device, again), ErrorKind::KeyAlreadyRegistered);
        COMPARE_ERROR(bench.use(port.device, signIn(unknownIds(3))), ErrorKind::KeyNotRegistered);
    }

    void aRegistrationOfU2fTimesSignsInByItsAppId()
    {
        Bench bench;
        const Port port(*bench.transport);
        auto request = registration();
        request.rpId = u"https://vault.sparekey.example/app-id.json"_s;
        const auto made = bench.add(port.device, request);
        QVERIFY(made);
        auto login = signIn({made->credentialId});
        COMPARE_ERROR(bench.use(port.device, login), ErrorKind::KeyNotRegistered);
        login.appId = request.rpId;
        const auto signedIn = bench.use(port.device, login);
        QVERIFY(signedIn);
        QVERIFY(signedIn->usedAppId);
    }

    void choosesAnAlgorithmThatTheKeyKnows()
    {
        Bench bench;
        const Port port(*bench.transport);
        auto request = registration();
        request.algorithms = {-257, -8, -7};
        QCOMPARE(bench.add(port.device, request)->publicKey.algorithm, -8);
        request.algorithms = {-257};
        COMPARE_ERROR(bench.add(port.device, request), ErrorKind::KeyTooOld);
        // One that libfido2 does not know, though the key does
        SoftwareKeyTraits traits;
        traits.algorithms = {-36, -7};
        const Port newer(*bench.transport, traits);
        request.algorithms = {-36, -7};
        QCOMPARE(bench.add(newer.device, request)->publicKey.algorithm, -7);
    }

    void aNewCredentialIsTestedWithItsPublicKey_data()
    {
        QTest::addColumn<bool>("ctap2");
        QTest::addColumn<int>("algorithm");
        QTest::newRow("ES256") << true << -7;
        QTest::newRow("EdDSA") << true << -8;
        QTest::newRow("U2F") << false << -7;
    }
    void aNewCredentialIsTestedWithItsPublicKey()
    {
        QFETCH(bool, ctap2);
        QFETCH(int, algorithm);
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = ctap2;
        const Port port(*bench.transport, traits);
        const Port other(*bench.transport, traits);
        PasskeyRegistration registering;
        registering.request = registration();
        registering.request.algorithms = {algorithm};
        registering.origin = u"https://vault.sparekey.example"_s;
        const auto made = bench.add(port.device, registering.request);
        QVERIFY(made);
        QCOMPARE(made->publicKey.algorithm, algorithm);
        const auto second = bench.add(port.device, registering.request);
        QVERIFY(second);
        QVERIFY(made->publicKey != second->publicKey);

        const auto test = passkeyTest(registering, *made);
        QVERIFY(test);
        const auto good = bench.use(port.device, *test);
        QVERIFY2(good, good ? "" : good.error().detail.toUtf8().constData());
        QCOMPARE(good->credentialId, made->credentialId);

        // The public key of another credential.
        auto wrong = *test;
        wrong.verifyWith = second->publicKey;
        COMPARE_ERROR(bench.use(port.device, wrong), ErrorKind::KeyAnswerInvalid);
        // Another credential than the public key's.
        wrong = *test;
        wrong.allowCredentials = {second->credentialId};
        COMPARE_ERROR(bench.use(port.device, wrong), ErrorKind::KeyAnswerInvalid);
        // One that is not there, and another key.
        wrong.allowCredentials = unknownIds(1);
        COMPARE_ERROR(bench.use(port.device, wrong), ErrorKind::KeyNotRegistered);
        COMPARE_ERROR(bench.use(other.device, *test), ErrorKind::KeyNotRegistered);
        // No public key at all, and a number that no algorithm has.
        wrong = *test;
        wrong.verifyWith->bytes.clear();
        COMPARE_ERROR(bench.use(port.device, wrong), ErrorKind::KeyAnswerInvalid);
        wrong = *test;
        wrong.verifyWith->algorithm = 0;
        COMPARE_ERROR(bench.use(port.device, wrong), ErrorKind::KeyAnswerInvalid);
    }

    void aSignatureThatDoesNotVerifyFailsTheTest()
    {
        Bench bench;
        const Port port(*bench.transport);
        PasskeyRegistration registering;
        registering.request = registration();
        const auto made = bench.add(port.device, registering.request);
        const auto test = passkeyTest(registering, *made);
        // One bit of the counter, which is signed.
        port.front->setReplyFilter([](quint8, const QByteArray &reply) {
            const QByteArray head = QCryptographicHash::hash(rpId.toUtf8(),
                                                             QCryptographicHash::Sha256)
                + '\x01';
            QByteArray changed = reply;
            if (const auto at = reply.indexOf(head); at >= 0) {
                const auto lastOfCounter = at + head.size() + 3;
                changed[lastOfCounter] = static_cast<char>(changed.at(lastOfCounter) ^ 1);
            }
            return changed;
        });
        COMPARE_ERROR(bench.use(port.device, *test), ErrorKind::KeyAnswerInvalid);
        auto forAServer = *test;
        forAServer.verifyWith.reset();
        QVERIFY(bench.use(port.device, forAServer));
    }

    void longListsAreSplit()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        auto again = registration();
        again.excludeCredentials = unknownIds(64);
        QVERIFY(bench.add(port.device, again));
        again.excludeCredentials.insert(40, made->credentialId);
        COMPARE_ERROR(bench.add(port.device, again), ErrorKind::KeyAlreadyRegistered);
        auto ids = unknownIds(64);
        ids.insert(33, made->credentialId);
        const auto signedIn = bench.use(port.device, signIn(ids));
        QVERIFY(signedIn);
        QCOMPARE(signedIn->credentialId, made->credentialId);
        COMPARE_ERROR(bench.use(port.device, signIn(unknownIds(64))), ErrorKind::KeyNotRegistered);
        // Longer than the key's own are none of its own.
        COMPARE_ERROR(bench.use(port.device, signIn(unknownIds(2, 300))),
                      ErrorKind::KeyNotRegistered);
    }

    void namesOfAnyLengthAreTaken()
    {
        Bench bench;
        const Port port(*bench.transport);
        auto request = registration();
        request.userName = QString(300, u'é') + u"\x01\n"_s;
        request.userDisplayName = QString(300, u'x');
        request.rpName = QString(300, u'y');
        QVERIFY(bench.add(port.device, request));
    }

    void tellsWhenToTouch()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.front->neverTouch();
        QList<Stage> stages;
        connect(&bench.operation, &KeyOperation::stageChanged, &bench.operation, [&] {
            stages.append(bench.operation.stage());
            if (bench.operation.stage() == Stage::Touch)
                port.front->touchAfter(10ms);
        });
        QVERIFY(bench.add(port.device));
        QCOMPARE(stages, (QList{Stage::Connect, Stage::Touch, Stage::Idle}));
    }

    // ------------------------------------------------ known again
    void aKeyIsRecognizedWithoutATouch_data()
    {
        QTest::addColumn<bool>("ctap2");
        QTest::addColumn<int>("maxInList");
        QTest::newRow("lists of eight") << true << 8;
        QTest::newRow("one at a time") << true << 1;
        QTest::newRow("U2F") << false << 0;
    }
    void aKeyIsRecognizedWithoutATouch()
    {
        QFETCH(bool, ctap2);
        QFETCH(int, maxInList);
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = ctap2;
        traits.maxCredentialsInList = maxInList;
        const Port port(*bench.transport, traits);
        const Port other(*bench.transport, traits);
        QList<KnownCredential> candidates;
        QList<QByteArray> own;
        for (const QString &site : {rpId, u"other.example"_s}) {
            auto request = registration();
            request.rpId = site;
            for (int i = 0; i < 2; ++i) {
                candidates.append(known(bench.add(port.device, request), site));
                own.append(candidates.last().id);
                candidates.append(known(bench.add(other.device, request), site));
            }
            for (const QByteArray &id : unknownIds(9))
                candidates.append({.rpId = site, .id = id});
        }
        // The right id at the wrong site is none of the key's.
        candidates.append({.rpId = u"elsewhere.example"_s, .id = own.first()});
        port.front->neverTouch();

        auto held = outcomeOf(
            bench.keys.recognize(&bench.operation, port.device, candidates, SecureBuffer()));
        QVERIFY2(held, held ? "" : held.error().detail.toUtf8().constData());
        // U2F proves nothing without a touch.
        QList<QByteArray> &shown = ctap2 ? held->proven : held->claimed;
        std::ranges::sort(shown);
        std::ranges::sort(own);
        QCOMPARE(shown, own);
        QVERIFY((ctap2 ? held->claimed : held->proven).isEmpty());
        QVERIFY(!held->byPin);
        QCOMPARE(*outcomeOf(
                     bench.keys.recognize(&bench.operation, port.device, {}, SecureBuffer())),
                 HeldCredentials());

        const auto look = outcomeOf(bench.keys.look(&bench.operation, port.device, candidates, {}));
        QVERIFY(look);
        QCOMPARE(look->info.fido2, ctap2);
        QCOMPARE((ctap2 ? look->held.proven : look->held.claimed).size(), own.size());
        QVERIFY(!look->silent);
    }

    void whatAKeyOnlySaysIsNotBelieved_data()
    {
        QTest::addColumn<bool>("ctap2");
        QTest::addColumn<int>("maxInList");
        QTest::newRow("lists of eight") << true << 8;
        QTest::newRow("one at a time") << true << 1;
        QTest::newRow("U2F") << false << 0;
    }
    void whatAKeyOnlySaysIsNotBelieved()
    {
        QFETCH(bool, ctap2);
        QFETCH(int, maxInList);
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = ctap2;
        traits.maxCredentialsInList = maxInList;
        const Port real(*bench.transport, traits);
        const Port port(*bench.transport, traits);
        const QList<KnownCredential> others{known(bench.add(real.device)),
                                            known(bench.add(real.device))};
        const KnownCredential own = known(bench.add(port.device));
        port.key->setFalse();
        const auto look = outcomeOf(
            bench.keys.look(&bench.operation, port.device, others + QList{own}, {}));
        QVERIFY2(look, look ? "" : look.error().detail.toUtf8().constData());
        if (ctap2) {
            QCOMPARE(look->held.proven, QList{own.id});
            QVERIFY(look->held.claimed.isEmpty());
        } else {
            QVERIFY(look->held.proven.isEmpty());
            QCOMPARE(look->held.claimed.size(), 3);
        }
        auto request = registration();
        request.recognize = others;
        const auto made = bench.add(port.device, request);
        QVERIFY(made);
        QVERIFY(made->recognized.proven.isEmpty());
    }

    void aSignatureFromBeforeProvesNothing()
    {
        Bench bench;
        const Port port(*bench.transport);
        const KnownCredential own = known(bench.add(port.device));
        const QByteArray site = QCryptographicHash::hash(rpId.toUtf8(), QCryptographicHash::Sha256);
        QByteArray recorded;
        port.front->setReplyFilter([&](quint8, const QByteArray &reply) {
            if (!reply.contains(site))
                return reply;
            if (recorded.isEmpty())
                recorded = reply;
            return recorded;
        });
        const auto recognize = [&] {
            return outcomeOf(
                bench.keys.recognize(&bench.operation, port.device, {own}, SecureBuffer()));
        };
        QCOMPARE(recognize()->proven, QList{own.id});
        QCOMPARE(*recognize(), HeldCredentials());
    }

    void aCredentialWithoutPublicKeyIsOnlyClaimed()
    {
        Bench bench;
        const Port port(*bench.transport);
        KnownCredential own = known(bench.add(port.device));
        own.publicKey.reset();
        const auto held = outcomeOf(
            bench.keys.recognize(&bench.operation, port.device, {own}, SecureBuffer()));
        QVERIFY(held);
        QVERIFY(held->proven.isEmpty());
        QCOMPARE(held->claimed, QList{own.id});
    }

    void aKeyThatAlwaysVerifiesIsRecognizedAllTheSame()
    {
        // CTAP 2.1, 6.2.2, step 5: only where a touch is wanted.
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        port.key->setPin(u"1234"_s);
        port.key->setAlwaysUv(true);
        const auto look = outcomeOf(
            bench.keys.look(&bench.operation, port.device, {known(made)}, {}));
        QVERIFY(look);
        QCOMPARE(look->held.proven, QList{made->credentialId});
        QVERIFY(look->info.alwaysVerifies);
    }

    void aKeyThatTellsNothingWithoutPinIsAskedWithIt()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        const QList<KnownCredential> candidates{known(made)};
        port.key->setPin(u"1234"_s);
        port.front->setReplyFilter([](quint8, const QByteArray &reply) {
            const QByteArray site = QCryptographicHash::hash(rpId.toUtf8(),
                                                             QCryptographicHash::Sha256);
            constexpr char verified = 0x04;
            const auto at = reply.indexOf(site);
            const bool unverified = at >= 0 && (reply.at(at + site.size()) & verified) == 0;
            return unverified ? "\x36"_ba : reply;
        });
        COMPARE_ERROR(outcomeOf(bench.keys.recognize(&bench.operation, port.device, candidates,
                                                     SecureBuffer())),
                      ErrorKind::KeyPinRequired);
        const auto look = outcomeOf(bench.keys.look(&bench.operation, port.device, candidates, {}));
        QVERIFY(look);
        QVERIFY(look->silent);
        QCOMPARE(look->held, HeldCredentials());
        QCOMPARE(look->info.pinRetries, std::optional(8));
        COMPARE_ERROR(outcomeOf(bench.keys.recognize(&bench.operation, port.device, candidates,
                                                     pin("9999"))),
                      ErrorKind::KeyPinWrong);
        const auto held = outcomeOf(
            bench.keys.recognize(&bench.operation, port.device, candidates, pin("1234")));
        QVERIFY(held);
        QCOMPARE(held->proven, QList{made->credentialId});
        QVERIFY(held->byPin);
    }

    void aKeyThatNamesAnotherCredentialIsNotBelieved()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        const auto second = bench.add(port.device);
        const QList<KnownCredential> candidates{{.rpId = rpId, .id = made->credentialId},
                                                {.rpId = rpId, .id = unknownIds(1).first()}};
        port.front->setReplyFilter([&](quint8, const QByteArray &reply) {
            QByteArray changed = reply;
            return changed.replace(made->credentialId, second->credentialId);
        });
        COMPARE_ERROR(outcomeOf(bench.keys.recognize(&bench.operation, port.device, candidates,
                                                     SecureBuffer())),
                      ErrorKind::KeyAnswerInvalid);
    }

    void aRegistrationTellsWhichKeyItIs()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto first = bench.add(port.device);
        auto request = registration();
        request.rpId = u"other.example"_s;
        request.recognize = {known(first), {.rpId = rpId, .id = unknownIds(1).first()}};
        const auto second = bench.add(port.device, request);
        QVERIFY(second);
        QCOMPARE(second->recognized.proven, QList{first->credentialId});

        // A key that falls silent after the registration has registered all the same.
        port.front->setReplyFilter(
            [made = false](quint8, const QByteArray &reply) mutable -> std::optional<QByteArray> {
                if (made)
                    return {};
                made = reply.contains("packed");
                return reply;
            });
        bench.keys.setTimeouts({.answer = 200ms, .touch = 5s});
        const auto third = bench.add(port.device, request);
        QVERIFY2(third, third ? "" : third.error().detail.toUtf8().constData());
        QCOMPARE(third->recognized, HeldCredentials());
    }

    // ------------------------------------------------ PINs
    void asksForThePinOnlyWhereItIsNeeded()
    {
        Bench bench;
        const Port port(*bench.transport);
        auto required = registration();
        required.userVerification = UserVerification::Required;
        COMPARE_ERROR(bench.add(port.device, required), ErrorKind::KeyPinNotSet);
        COMPARE_ERROR(bench.add(port.device, required, "1234"), ErrorKind::KeyPinNotSet);
        QVERIFY(bench.add(port.device, registration(), "1234"));
        port.key->setPin(u"1234"_s);
        QVERIFY(bench.add(port.device));
        COMPARE_ERROR(bench.add(port.device, required), ErrorKind::KeyPinRequired);
        const auto made = bench.add(port.device, required, "1234");
        QVERIFY(made);
        QVERIFY(made->userVerified);
        const auto signedIn = bench.use(port.device, signIn({made->credentialId}), "1234");
        QVERIFY(signedIn && signedIn->userVerified);
        QVERIFY(!bench.use(port.device, signIn({made->credentialId}))->userVerified);
        port.key->setAlwaysUv(true);
        COMPARE_ERROR(bench.add(port.device), ErrorKind::KeyPinRequired);
        COMPARE_ERROR(bench.use(port.device, signIn({made->credentialId})),
                      ErrorKind::KeyPinRequired);
    }

    void countsWrongPins()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.key->setPin(u"1234"_s);
        auto required = registration();
        required.userVerification = UserVerification::Required;
        for (const int left : {7, 6}) {
            const auto wrong = bench.add(port.device, required, "9999");
            COMPARE_ERROR(wrong, ErrorKind::KeyPinWrong);
            QCOMPARE(wrong.error().count, left);
        }
        COMPARE_ERROR(bench.add(port.device, required, "9999"), ErrorKind::KeyPinNeedsReplug);
        COMPARE_ERROR(bench.add(port.device, required, "1234"), ErrorKind::KeyPinNeedsReplug);
        QCOMPARE(port.key->pinRetriesLeft(), 5);
        bench.transport->pullOut(port.device);
        bench.transport->plugInAgain(port.device);
        QVERIFY(bench.add(port.device, required, "1234"));
        port.key->setPinRetries(1);
        COMPARE_ERROR(bench.add(port.device, required, "9999"), ErrorKind::KeyPinBlocked);
        COMPARE_ERROR(bench.add(port.device, required, "1234"), ErrorKind::KeyPinBlocked);
    }

    void setsAndChangesThePin()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto change = [&](const char *from, const char *to) {
            return outcomeOf(bench.keys.setPin(&bench.operation, port.device, pin(to), pin(from)));
        };
        const auto tooShort = change("", "123");
        COMPARE_ERROR(tooShort, ErrorKind::KeyPinTooShort);
        QCOMPARE(tooShort.error().count, 4);
        COMPARE_ERROR(change("", "\xc3\xa9\xc3\xa9\xc3\xa9"), ErrorKind::KeyPinTooShort);
        COMPARE_ERROR(change("", QByteArray(64, 'x').constData()), ErrorKind::KeyPinTooLong);
        QVERIFY(!port.key->hasPin());
        QVERIFY(change("", "1234"));
        QVERIFY(port.key->hasPin());
        COMPARE_ERROR(change("", "5678"), ErrorKind::KeyPinRefused);
        const auto wrong = change("4321", "5678");
        COMPARE_ERROR(wrong, ErrorKind::KeyPinWrong);
        QCOMPARE(wrong.error().count, 7);
        QVERIFY(change("1234", "5678"));
        auto required = registration();
        required.userVerification = UserVerification::Required;
        QVERIFY(bench.add(port.device, required, "5678"));
    }

    void anOldKeyTakesNoPin()
    {
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = false;
        const Port port(*bench.transport, traits);
        COMPARE_ERROR(outcomeOf(
                          bench.keys.setPin(&bench.operation, port.device, pin("1234"), pin(""))),
                      ErrorKind::KeyLacksOption);
        auto required = registration();
        required.userVerification = UserVerification::Required;
        COMPARE_ERROR(bench.add(port.device, required), ErrorKind::KeyPinNotSet);
    }

    // ------------------------------------------------ what a key keeps, and reset
    void listsAndDeletesWhatTheKeyKeeps()
    {
        Bench bench;
        const Port port(*bench.transport);
        port.key->setPin(u"1234"_s);
        const auto list = [&](const char *pinText) {
            return outcomeOf(bench.keys.credentials(&bench.operation, port.device, pin(pinText)));
        };
        const auto none = list("1234");
        QVERIFY(none);
        QVERIFY(none->credentials.isEmpty());
        auto kept = registration();
        kept.discoverable = true;
        const auto made = bench.add(port.device, kept, "1234");
        QVERIFY(made);
        const auto one = list("1234");
        QVERIFY(one);
        QCOMPARE(one->credentials.size(), 1);
        QCOMPARE(one->credentials[0].credentialId, made->credentialId);
        QCOMPARE(one->credentials[0].rpId, rpId);
        QCOMPARE(one->credentials[0].userName, u"demo@sparekey.example"_s);
        QCOMPARE(one->remainingSlots, none->remainingSlots - 1);
        // Found without its id
        QCOMPARE(bench.use(port.device, signIn({}))->credentialId, made->credentialId);

        COMPARE_ERROR(list("9999"), ErrorKind::KeyPinWrong);
        COMPARE_ERROR(list(""), ErrorKind::KeyPinRequired);
        const auto remove = [&](const QByteArray &id) {
            return outcomeOf(
                bench.keys.deleteCredential(&bench.operation, port.device, id, pin("1234")));
        };
        COMPARE_ERROR(remove("nobody's"_ba), ErrorKind::KeyNotRegistered);
        QVERIFY(remove(made->credentialId));
        QVERIFY(list("1234")->credentials.isEmpty());
    }

    void saysThatTheKeyIsFull()
    {
        Bench bench;
        SoftwareKeyTraits traits;
        traits.discoverableSlots = 0;
        const Port port(*bench.transport, traits);
        auto kept = registration();
        kept.discoverable = true;
        COMPARE_ERROR(bench.add(port.device, kept), ErrorKind::KeyFull);
    }

    void resetsAKeyThatIsPluggedInAnew()
    {
        Bench bench;
        const Port port(*bench.transport);
        const Port other(*bench.transport);
        port.key->setPin(u"1234"_s);
        const auto made = bench.add(port.device);
        QVERIFY(made);
        port.key->age(1min);
        other.key->age(1min);
        const auto who = bench.identity(port.device, {known(made)});
        port.key->setPinRetries(5); // wrong ones meanwhile make no other key of it
        Outcome reset(bench.keys.reset(&bench.operation, port.device, who));
        QTRY_COMPARE(bench.operation.stage(), Stage::Replug);
        QTest::qWait(20);
        QVERIFY(port.key->hasPin());
        bench.transport->pullOut(port.device);
        QTest::qWait(20);
        QCOMPARE(bench.operation.stage(), Stage::Replug); // not the other one
        bench.transport->plugInAgain(port.device);
        QVERIFY(reset.wait());
        QVERIFY(!port.key->hasPin());
        QCOMPARE(port.key->credentialCount(), 0);
    }

    void anotherKeyInItsPlaceIsNotReset_data()
    {
        QTest::addColumn<QByteArray>("aaguid");
        QTest::addColumn<bool>("isProven");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<bool>("isFalse");
        const QByteArray same = SoftwareKeyTraits().aaguid;
        QTest::newRow("another model") << "another-model-01"_ba << false << QString() << false;
        QTest::newRow("the same model") << same << true << QString() << false;
        QTest::newRow("a false one") << same << true << QString() << true;
        QTest::newRow("one that has a PIN") << same << false << u"1234"_s << false;
    }

    void anotherKeyInItsPlaceIsNotReset()
    {
        QFETCH(const QByteArray, aaguid);
        QFETCH(bool, isProven);
        QFETCH(QString, pin);
        QFETCH(bool, isFalse);
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        QVERIFY(made);
        const auto who = bench.identity(port.device,
                                        isProven ? QList{known(made)} : QList<KnownCredential>());
        Outcome reset(bench.keys.reset(&bench.operation, port.device, who));
        QTRY_COMPARE(bench.operation.stage(), Stage::Replug);
        bench.transport->pullOut(port.device);
        SoftwareKeyTraits traits;
        traits.aaguid = aaguid;
        const auto key = std::make_shared<SoftwareKey>(traits);
        if (!pin.isEmpty())
            key->setPin(pin);
        if (isFalse)
            key->setFalse();
        bench.transport->plugIn(std::make_shared<HidFront>(key), port.device.name);
        COMPARE_ERROR(reset.wait(), ErrorKind::KeyNotRegistered);
        QCOMPARE(key->commandCount(CtapCommand::Reset), 0);
    }

    void aKeyThatAnswersOnlyWithItsPinDoesNotPassForAnother()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto made = bench.add(port.device);
        const auto who = bench.identity(port.device, {known(made)});
        Outcome reset(bench.keys.reset(&bench.operation, port.device, who));
        QTRY_COMPARE(bench.operation.stage(), Stage::Replug);
        bench.transport->pullOut(port.device);
        const auto key = std::make_shared<SoftwareKey>();
        key->refuseNext(CtapCommand::GetAssertion, CtapStatus::PinRequired);
        bench.transport->plugIn(std::make_shared<HidFront>(key), port.device.name);
        COMPARE_ERROR(reset.wait(), ErrorKind::KeyNotRegistered);
        QCOMPARE(key->commandCount(CtapCommand::Reset), 0);
    }

    void aResetThatComesTooLateIsRefused()
    {
        Bench bench;
        const Port port(*bench.transport);
        const auto who = bench.identity(port.device);
        Outcome reset(bench.keys.reset(&bench.operation, port.device, who));
        QTRY_COMPARE(bench.operation.stage(), Stage::Replug);
        bench.transport->pullOut(port.device);
        bench.transport->plugInAgain(port.device);
        port.key->age(1min);
        COMPARE_ERROR(reset.wait(), ErrorKind::KeyResetTooLate);
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
