// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/ceremonies.h"
#include "tests/hardware/hardwarebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

// PINs, what a key keeps, and its reset.
class TestKeyManagement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    void resetsAKeyThatIsReplugged()
    {
        Bench bench;
        const Port port(*bench.transport);
        const Port other(*bench.transport);
        port.key->setPin(u"1234"_s);
        const auto made = bench.add(port.device);
        QVERIFY(made);
        port.key->age(1min);
        other.key->age(1min);
        const auto identity = bench.identity(port.device, {known(made)});
        port.key->setPinRetries(5); // wrong ones meanwhile make no other key of it
        Outcome reset(bench.keys.reset(&bench.operation, port.device, identity));
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
        const auto identity = bench.identity(port.device,
                                             isProven ? QList{known(made)}
                                                      : QList<KnownCredential>());
        Outcome reset(bench.keys.reset(&bench.operation, port.device, identity));
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
        const auto identity = bench.identity(port.device, {known(made)});
        Outcome reset(bench.keys.reset(&bench.operation, port.device, identity));
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
        const auto identity = bench.identity(port.device);
        Outcome reset(bench.keys.reset(&bench.operation, port.device, identity));
        QTRY_COMPARE(bench.operation.stage(), Stage::Replug);
        bench.transport->pullOut(port.device);
        bench.transport->plugInAgain(port.device);
        port.key->age(1min);
        COMPARE_ERROR(reset.wait(), ErrorKind::KeyResetTooLate);
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestKeyManagement)
#include "tst_keymanagement.moc"
