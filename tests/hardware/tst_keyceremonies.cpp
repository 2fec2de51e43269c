// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/passkeytest.h"
#include "tests/authenticator/ceremonies.h"
#include "tests/hardware/hardwarebench.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

// Registering, signing in, and knowing a key again.
class TestKeyCeremonies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    void aKeyThatU2fHasRegisteredIsNotRegisteredAgain_data()
    {
        QTest::addColumn<bool>("ctap2");
        QTest::newRow("CTAP 2") << true;
        QTest::newRow("U2F alone") << false;
    }
    void aKeyThatU2fHasRegisteredIsNotRegisteredAgain()
    {
        QFETCH(bool, ctap2);
        Bench bench;
        SoftwareKeyTraits traits;
        traits.ctap2 = ctap2;
        const Port port(*bench.transport, traits);
        auto old = registration();
        old.rpId = u"https://vault.example/app-id.json"_s;
        const auto made = bench.add(port.device, old);
        QVERIFY(made);
        auto request = registration();
        request.excludeCredentials = unknownIds(9) + QList{made->credentialId};
        request.excludeAppId = old.rpId;
        const auto again = bench.add(port.device, request);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::KeyAlreadyRegistered);
        QCOMPARE(port.key->credentialCount(), 1);
        // Another key makes one.
        const Port other(*bench.transport, traits);
        QVERIFY(bench.add(other.device, request));
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

        const auto inspection = outcomeOf(
            bench.keys.inspect(&bench.operation, port.device, candidates, {}));
        QVERIFY(inspection);
        QCOMPARE(inspection->info.fido2, ctap2);
        QCOMPARE((ctap2 ? inspection->held.proven : inspection->held.claimed).size(), own.size());
        QVERIFY(!inspection->silent);
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
        const auto inspection = outcomeOf(
            bench.keys.inspect(&bench.operation, port.device, others + QList{own}, {}));
        QVERIFY2(inspection, inspection ? "" : inspection.error().detail.toUtf8().constData());
        if (ctap2) {
            QCOMPARE(inspection->held.proven, QList{own.id});
            QVERIFY(inspection->held.claimed.isEmpty());
        } else {
            QVERIFY(inspection->held.proven.isEmpty());
            QCOMPARE(inspection->held.claimed.size(), 3);
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
        const auto inspection = outcomeOf(
            bench.keys.inspect(&bench.operation, port.device, {known(made)}, {}));
        QVERIFY(inspection);
        QCOMPARE(inspection->held.proven, QList{made->credentialId});
        QVERIFY(inspection->info.alwaysVerifies);
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
        const auto inspection = outcomeOf(
            bench.keys.inspect(&bench.operation, port.device, candidates, {}));
        QVERIFY(inspection);
        QVERIFY(inspection->silent);
        QCOMPARE(inspection->held, HeldCredentials());
        QCOMPARE(inspection->info.pinRetries, std::optional(8));
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
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestKeyCeremonies)
#include "tst_keyceremonies.moc"
