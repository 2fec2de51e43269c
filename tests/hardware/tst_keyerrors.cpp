// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a key refuses, brought about by a software key and told by real libfido2: each status of
// CTAP 2.1 (8.2) that a registration or sign-in can end with, and each code that libfido2 adds to
// them.

#include "tests/hardware/keyscene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

using Stage = KeyOperation::Stage;

enum class Ways { Both, Usb, Nfc };

/// One way to come by an error.
struct Row
{
    const char *name;
    ErrorKind kind;
    /// What libfido2 has to have said; empty where the program itself foresees it.
    const char *code;
    std::function<std::optional<Error>(Scene &)> provoke;
    SoftwareKeyTraits traits = {};
    Ways ways = Ways::Both;
    int count = 0;
};

const QList<Row> &rows()
{
    using Traits = SoftwareKeyTraits;
    const auto old = with([](Traits &traits) { traits.ctap2 = false; });
    const auto withFinger = with([](Traits &traits) { traits.fingerprint = true; });
    static const QList<Row> all{
        // ---- 0x36 PIN_REQUIRED
        {"PIN required for registrations", ErrorKind::KeyPinRequired, "FIDO_ERR_PIN_REQUIRED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             return errorOf(it.add(registration()));
         },
         with([](Traits &traits) { traits.makeCredUvNotRqd = false; })},
        {"PIN required for whatever the key keeps", ErrorKind::KeyPinRequired,
         "FIDO_ERR_PIN_REQUIRED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             return errorOf(it.add(discoverableRegistration()));
         }},
        {"PIN required for sign-ins", ErrorKind::KeyPinRequired, "FIDO_ERR_PIN_REQUIRED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             const auto made = it.add(registration());
             it.key->setAlwaysUv(true);
             return errorOf(it.use(signIn({made->credentialId})));
         }},
        {"PIN required by the server", ErrorKind::KeyPinRequired, "",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             return errorOf(it.add(verifiedRegistration()));
         }},
        {"PIN required by the server, none set", ErrorKind::KeyPinNotSet, "",
         [](Scene &it) {
             return errorOf(it.add(verifiedRegistration()));
         }},
        {"PIN required by the key, none set", ErrorKind::KeyPinNotSet, "FIDO_ERR_PIN_REQUIRED",
         [](Scene &it) {
             it.key->setAlwaysUv(true);
             return errorOf(it.add(registration()));
         }},
        {"PIN required of an old key", ErrorKind::KeyPinNotSet, "",
         [](Scene &it) { return errorOf(it.add(verifiedRegistration(), "1234")); }, old},
        // ---- 0x14 MISSING_PARAMETER: how some keys ask for their PIN
        {"PIN required, told as a missing parameter", ErrorKind::KeyPinRequired,
         "FIDO_ERR_MISSING_PARAMETER",
         [](Scene &it) {
             const auto made = it.add(registration());
             it.key->setPin(u"1234"_s);
             it.key->refuseNext(CtapCommand::GetAssertion, CtapStatus::MissingParameter);
             return errorOf(it.use(signIn({made->credentialId})));
         }},
        {"PIN required to recognize, told as a missing parameter", ErrorKind::KeyPinRequired,
         "FIDO_ERR_MISSING_PARAMETER",
         [](Scene &it) {
             const auto made = it.add(registration());
             it.key->setPin(u"1234"_s);
             it.key->refuseNext(CtapCommand::GetAssertion, CtapStatus::MissingParameter);
             return errorOf(outcomeOf(
                 it.keys.getAssertionFromAny(&it.operation, signIn({made->credentialId}))));
         }},
        {"PIN required for registrations, told as a missing parameter", ErrorKind::KeyPinRequired,
         "FIDO_ERR_MISSING_PARAMETER",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             it.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::MissingParameter);
             return errorOf(it.add(registration()));
         }},
        {"parameter missing, and no PIN set", ErrorKind::KeyFailure, "FIDO_ERR_MISSING_PARAMETER",
         [](Scene &it) {
             it.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::MissingParameter);
             return errorOf(it.add(registration()));
         }},
        // ---- 0x35 PIN_NOT_SET
        {"PIN to be changed, none set", ErrorKind::KeyPinNotSet, "FIDO_ERR_PIN_NOT_SET",
         [](Scene &it) {
             return errorOf(it.setPin("5678", "1234"));
         }},
        {"PIN given and required, none set", ErrorKind::KeyPinNotSet, "FIDO_ERR_PIN_NOT_SET",
         [](Scene &it) {
             return errorOf(it.add(verifiedRegistration(), "1234"));
         }},
        // ---- 0x31 PIN_INVALID
        {"wrong PIN",
         ErrorKind::KeyPinWrong,
         "FIDO_ERR_PIN_INVALID",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             return errorOf(it.add(registration(), "9999"));
         },
         {},
         Ways::Both,
         7},
        {"wrong PIN before the last one",
         ErrorKind::KeyPinWrong,
         "FIDO_ERR_PIN_INVALID",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             it.key->setPinRetries(2);
             return errorOf(it.setPin("5678", "9999"));
         },
         {},
         Ways::Both,
         1},
        // ---- 0x34 PIN_AUTH_BLOCKED: each tap on a reader starts again
        {"three wrong PINs",
         ErrorKind::KeyPinNeedsReplug,
         "FIDO_ERR_PIN_AUTH_BLOCKED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             (void)it.add(registration(), "9999");
             (void)it.add(registration(), "9999");
             return errorOf(it.add(registration(), "9999"));
         },
         {},
         Ways::Usb},
        {"right PIN after three wrong ones",
         ErrorKind::KeyPinNeedsReplug,
         "FIDO_ERR_PIN_AUTH_BLOCKED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             for (int i = 0; i < 3; ++i)
                 (void)it.add(registration(), "9999");
             return errorOf(it.add(registration(), "1234"));
         },
         {},
         Ways::Usb},
        // ---- 0x32 PIN_BLOCKED
        {"last PIN wrong", ErrorKind::KeyPinBlocked, "FIDO_ERR_PIN_BLOCKED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             it.key->setPinRetries(1);
             return errorOf(it.add(registration(), "9999"));
         }},
        {"right PIN, no try left", ErrorKind::KeyPinBlocked, "FIDO_ERR_PIN_BLOCKED",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             it.key->setPinRetries(0);
             return errorOf(it.add(registration(), "1234"));
         }},
        // ---- 0x33 PIN_AUTH_INVALID
        {"first PIN, one is set", ErrorKind::KeyPinRefused, "FIDO_ERR_PIN_AUTH_INVALID",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             return errorOf(it.setPin("5678"));
         }},
        {"proof of the PIN stale, and again", ErrorKind::KeyPinRefused, "FIDO_ERR_PIN_AUTH_INVALID",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             it.key->refuseProofs(2);
             return errorOf(it.add(registration(), "1234"));
         }},
        // ---- 0x37 PIN_POLICY_VIOLATION
        {"PIN forbidden by the key", ErrorKind::KeyPinNotAccepted, "FIDO_ERR_PIN_POLICY_VIOLATION",
         [](Scene &it) { return errorOf(it.setPin("1234")); },
         with([](Traits &traits) { traits.refusedPins = {u"1234"_s}; })},
        {"PIN to be changed before it is used", ErrorKind::KeyPinChangeRequired, "",
         [](Scene &it) {
             const auto made = it.add(registration());
             it.key->setPin(u"1234"_s);
             it.key->forcePinChange();
             auto request = signIn({made->credentialId});
             request.userVerification = UserVerification::Required;
             return errorOf(it.use(request));
         }},
        {"PIN to be changed, told when it is used", ErrorKind::KeyPinChangeRequired,
         "FIDO_ERR_PIN_POLICY_VIOLATION",
         [](Scene &it) {
             const auto made = it.add(registration());
             it.key->setPin(u"1234"_s);
             it.key->refuseNext(CtapCommand::GetAssertion, CtapStatus::PinPolicyViolation);
             return errorOf(it.use(signIn({made->credentialId}), "1234"));
         }},
        {"PIN to be changed before the key lists what it keeps", ErrorKind::KeyPinChangeRequired,
         "FIDO_ERR_PIN_POLICY_VIOLATION",
         [](Scene &it) {
             it.key->setPin(u"1234"_s);
             it.key->forcePinChange();
             return errorOf(outcomeOf(
                 it.keys.credentials(&it.operation, it.device, SecureBuffer::copyOf("1234"))));
         }},
        {"PIN too short", ErrorKind::KeyPinTooShort, "",
         [](Scene &it) { return errorOf(it.setPin("12345")); },
         with([](Traits &traits) { traits.shortestPin = 6; }), Ways::Both, 6},
        {"PIN too long", ErrorKind::KeyPinTooLong, "",
         [](Scene &it) {
             return errorOf(it.setPin(QByteArray(64, '1').constData()));
         }},
        // ---- 0x3f UV_INVALID, 0x3c UV_BLOCKED
        {"unknown finger", ErrorKind::KeyFingerprintFailed, "FIDO_ERR_UV_INVALID",
         [](Scene &it) {
             it.key->setFingerIsKnown(false);
             return errorOf(it.add(verifiedRegistration()));
         },
         withFinger},
        {"unknown finger at sign-in", ErrorKind::KeyFingerprintFailed, "FIDO_ERR_UV_INVALID",
         [](Scene &it) {
             const auto made = it.add(registration());
             it.key->setFingerIsKnown(false);
             auto request = signIn({made->credentialId});
             request.userVerification = UserVerification::Preferred;
             return errorOf(it.use(request));
         },
         withFinger},
        {"unknown finger too often", ErrorKind::KeyFingerprintBlocked, "FIDO_ERR_UV_BLOCKED",
         [](Scene &it) {
             it.key->setFingerIsKnown(false);
             for (int i = 0; i < 3; ++i)
                 (void)it.add(verifiedRegistration());
             return errorOf(it.add(verifiedRegistration()));
         },
         withFinger},
        // ---- 0x19 CREDENTIAL_EXCLUDED, 0x2e NO_CREDENTIALS
        {"registered already", ErrorKind::KeyAlreadyRegistered, "FIDO_ERR_CREDENTIAL_EXCLUDED",
         [](Scene &it) {
             auto again = registration();
             again.excludeCredentials = {it.add(registration())->credentialId};
             return errorOf(it.add(again));
         }},
        {"old key registered already", ErrorKind::KeyAlreadyRegistered,
         "FIDO_ERR_CREDENTIAL_EXCLUDED",
         [](Scene &it) {
             auto again = registration();
             again.excludeCredentials = {it.add(registration())->credentialId};
             return errorOf(it.add(again));
         },
         old},
        {"not registered", ErrorKind::KeyNotRegistered, "FIDO_ERR_NO_CREDENTIALS",
         [](Scene &it) {
             return errorOf(it.use(signIn({QByteArray(64, 'x')})));
         }},
        {"old key not registered", ErrorKind::KeyNotRegistered, "FIDO_ERR_NO_CREDENTIALS",
         [](Scene &it) { return errorOf(it.use(signIn({QByteArray(64, 'x')}))); }, old},
        // ---- 0x2f USER_ACTION_TIMEOUT, 0x3a ACTION_TIMEOUT
        {"nobody touches the key",
         ErrorKind::KeyNotTouched,
         "FIDO_ERR_USER_ACTION_TIMEOUT",
         [](Scene &it) {
             it.port->neverTouch();
             it.port->giveUpAfter(50ms);
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        {"nobody touches an old key", ErrorKind::KeyNotTouched, "FIDO_ERR_USER_ACTION_TIMEOUT",
         [](Scene &it) {
             it.port->neverTouch();
             return errorOf(it.add(registration()));
         },
         old, Ways::Usb},
        {"nobody does what the key waits for", ErrorKind::KeyNotTouched, "FIDO_ERR_ACTION_TIMEOUT",
         [](Scene &it) {
             it.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::ActionTimeout);
             return errorOf(it.add(registration()));
         }},
        // ---- 0x2d KEEPALIVE_CANCEL
        {"canceled",
         ErrorKind::Canceled,
         "",
         [](Scene &it) {
             Outcome adding = it.addUntouched();
             it.operation.cancel();
             return errorOf(adding.wait());
         },
         {},
         Ways::Usb},
        // ---- 0x27 OPERATION_DENIED
        {"declined on the key",
         ErrorKind::KeyDeclined,
         "FIDO_ERR_OPERATION_DENIED",
         [](Scene &it) {
             it.port->declineTouch();
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        {"unknown finger, told by the operation itself", ErrorKind::KeyDeclined,
         "FIDO_ERR_OPERATION_DENIED",
         [](Scene &it) {
             it.key->setFingerIsKnown(false);
             return errorOf(it.add(verifiedRegistration()));
         },
         with([](Traits &traits) {
             traits.fingerprint = true;
             traits.permissions = false;
         })},
        // ---- 0x26 UNSUPPORTED_ALGORITHM
        {"no algorithm in common", ErrorKind::KeyTooOld, "",
         [](Scene &it) { return errorOf(it.add(registration())); },
         with([](Traits &traits) { traits.algorithms = {Cose::EdDsa}; })},
        {"no algorithm in common, and the key told none", ErrorKind::KeyTooOld,
         "FIDO_ERR_UNSUPPORTED_ALGORITHM",
         [](Scene &it) { return errorOf(it.add(registration())); }, with([](Traits &traits) {
             traits.algorithms = {Cose::EdDsa};
             traits.tellsAlgorithms = false;
         })},
        // ---- 0x2b UNSUPPORTED_OPTION, 0x2c INVALID_OPTION
        {"key keeps nothing", ErrorKind::KeyLacksOption, "FIDO_ERR_UNSUPPORTED_OPTION",
         [](Scene &it) { return errorOf(it.add(discoverableRegistration())); },
         with([](Traits &traits) { traits.discoverable = false; })},
        {"old key keeps nothing", ErrorKind::KeyLacksOption, "FIDO_ERR_UNSUPPORTED_OPTION",
         [](Scene &it) { return errorOf(it.add(discoverableRegistration())); }, old},
        {"old key has no PIN", ErrorKind::KeyLacksOption, "",
         [](Scene &it) { return errorOf(it.setPin("1234")); }, old},
        {"finger not taken though required", ErrorKind::KeyLacksOption, "FIDO_ERR_INVALID_OPTION",
         [](Scene &it) {
             it.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::InvalidOption);
             return errorOf(it.add(verifiedRegistration()));
         },
         withFinger},
        // ---- 0x28 KEY_STORE_FULL
        {"full", ErrorKind::KeyFull, "FIDO_ERR_KEY_STORE_FULL",
         [](Scene &it) {
             (void)it.add(discoverableRegistration());
             auto second = discoverableRegistration();
             second.userId = "user-2"_ba;
             return errorOf(it.add(second));
         },
         with([](Traits &traits) { traits.discoverableSlots = 1; })},
        // ---- 0x30 NOT_ALLOWED
        {"reset too late", ErrorKind::KeyResetTooLate, "",
         [](Scene &it) { return errorOf(it.reset()); },
         with([](Traits &traits) { traits.resetWindow = -1ms; })},
        // ---- 0x05 TIMEOUT, 0x06 CHANNEL_BUSY
        {"key gives up", ErrorKind::KeyBusy, "FIDO_ERR_TIMEOUT",
         [](Scene &it) {
             it.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::Timeout);
             return errorOf(it.add(registration()));
         }},
        {"busy, told by the operation itself", ErrorKind::KeyBusy, "FIDO_ERR_CHANNEL_BUSY",
         [](Scene &it) {
             it.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::ChannelBusy);
             return errorOf(it.add(registration()));
         }},
        {"busy for another program",
         ErrorKind::KeyBusy,
         "FIDO_ERR_RX",
         [](Scene &it) {
             it.port->setBusyElsewhere(true);
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        // ---- -1 FIDO_ERR_TX, -2 FIDO_ERR_RX
        {"pulled out before a command",
         ErrorKind::KeyRemoved,
         "",
         [](Scene &it) {
             it.port->unplugAfterFrames(0);
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        {"pulled out before an answer",
         ErrorKind::KeyRemoved,
         "",
         [](Scene &it) {
             Outcome adding = it.addUntouched();
             it.transport->pullOut(it.device);
             return errorOf(adding.wait());
         },
         {},
         Ways::Usb},
        {"lifted off the reader",
         ErrorKind::KeyCardMoved,
         "",
         [](Scene &it) {
             it.transport->placeOn(it.device, it.card, 2);
             return errorOf(it.setPin("1234"));
         },
         {},
         Ways::Nfc},
        {"silent",
         ErrorKind::KeyNoAnswer,
         "FIDO_ERR_RX",
         [](Scene &it) {
             it.port->setReplyFilter([](quint8 command, const QByteArray &reply) {
                 return command == CborCommand ? std::nullopt : std::optional(reply);
             });
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        // ---- -7 FIDO_ERR_INVALID_ARGUMENT, -9 FIDO_ERR_INTERNAL
        {"no client data", ErrorKind::KeyFailure, "FIDO_ERR_INVALID_ARGUMENT",
         [](Scene &it) {
             auto request = registration();
             request.clientDataJson.clear();
             return errorOf(it.add(request));
         }},
        {"a user without an id", ErrorKind::KeyFailure, "FIDO_ERR_INTERNAL",
         [](Scene &it) {
             auto request = registration();
             request.userId.clear();
             return errorOf(it.add(request));
         }},
        {"another program has the key",
         ErrorKind::KeyInUse,
         "",
         [](Scene &it) {
             it.port->setHeld(true);
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        {"this user may not open it",
         ErrorKind::KeyNoPermission,
         "",
         [](Scene &it) {
             it.transport->forbid(it.device);
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Usb},
        {"a device that is none",
         ErrorKind::KeyFailure,
         "FIDO_ERR_INTERNAL",
         [](Scene &) {
             CtapDevice device(u"Key"_s, {});
             return errorOf(device.open(HidPath{"/"_ba}));
         },
         {},
         Ways::Usb},
        {"a device that is not there",
         ErrorKind::KeyRemoved,
         "",
         [](Scene &) {
             CtapDevice device(u"Key"_s, {});
             return errorOf(device.open(HidPath{"/dev/no-such-key"_ba}));
         },
         {},
         Ways::Usb},
        // ---- readers
        {"a card that is no key",
         ErrorKind::CardIsNoKey,
         "",
         [](Scene &it) {
             it.card->setFido(false);
             return errorOf(it.add(registration()));
         },
         {},
         Ways::Nfc},
    };
    return all;
}

} // namespace

class TestKeyErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // ------------------------------------------------ what keys refuse
    void whateverGoesWrongIsTold_data()
    {
        QTest::addColumn<qsizetype>("row");
        QTest::addColumn<bool>("nfc");
        for (qsizetype i = 0; i < rows().size(); ++i) {
            const Row &row = rows().at(i);
            if (row.ways != Ways::Nfc)
                QTest::addRow("%s, USB", row.name) << i << false;
            if (row.ways != Ways::Usb)
                QTest::addRow("%s, NFC", row.name) << i << true;
        }
    }
    void whateverGoesWrongIsTold()
    {
        QFETCH(qsizetype, row);
        QFETCH(bool, nfc);
        const Row &expected = rows().at(row);
        Scene scene(nfc, expected.traits);
        const std::optional<Error> error = expected.provoke(scene);
        QVERIFY(error);
        QCOMPARE(error->kind, expected.kind);
        QCOMPARE(error->detail, QString::fromLatin1(expected.code));
        QCOMPARE(error->count, expected.count);
        if (error->subject == scene.device.name)
            QCOMPARE(error->onReader, nfc);
        if (error->kind != ErrorKind::Canceled && scene.device.name != u"Key"_s)
            QCOMPARE(error->subject, scene.device.name);
        QCOMPARE(scene.operation.stage(), Stage::Idle);
    }

    // ------------------------------------------------ what is made good without a word
    void aStaleProofIsRenewed()
    {
        Scene scene(false);
        scene.key->setPin(u"1234"_s);
        scene.key->refuseProofs(1);
        const auto made = scene.add(registration(), "1234");
        QVERIFY(made);
        QVERIFY(made->userVerified);
        QCOMPARE(scene.key->pinRetriesLeft(), 8);
        QCOMPARE(scene.key->credentialCount(), 1);
    }

    void aFingerReplacesThePin_data()
    {
        QTest::addColumn<bool>("permissions");
        QTest::newRow("CTAP 2.1") << true;
        QTest::newRow("CTAP 2.0") << false;
    }
    void aFingerReplacesThePin()
    {
        QFETCH(bool, permissions);
        Scene scene(false, with([permissions](SoftwareKeyTraits &traits) {
                        traits.fingerprint = true;
                        traits.permissions = permissions;
                    }));
        const auto made = scene.add(verifiedRegistration());
        QVERIFY(made);
        QVERIFY(made->userVerified);
        auto request = signIn({made->credentialId});
        request.userVerification = UserVerification::Required;
        const auto reply = scene.use(request);
        QVERIFY(reply);
        QVERIFY(reply->userVerified);
    }

    void aFingerThatIsOnlyPreferredIsLeftOutIfTheKeyDoesNotTakeIt()
    {
        Scene scene(false, with([](SoftwareKeyTraits &traits) { traits.fingerprint = true; }));
        auto request = registration();
        request.userVerification = UserVerification::Preferred;
        scene.key->refuseNext(CtapCommand::MakeCredential, CtapStatus::InvalidOption);
        const auto made = scene.add(request);
        QVERIFY(made);
        QVERIFY(!made->userVerified);
    }

    void aBlockedFingerLeavesThePin()
    {
        Scene scene(false, with([](SoftwareKeyTraits &traits) { traits.fingerprint = true; }));
        scene.key->setPin(u"1234"_s);
        scene.key->setFingerIsKnown(false);
        for (int i = 0; i < 3; ++i)
            QVERIFY(!scene.add(verifiedRegistration()));
        QVERIFY(scene.add(verifiedRegistration(), "1234"));
        scene.key->setFingerIsKnown(true);
        QVERIFY(scene.add(verifiedRegistration()));
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestKeyErrors)
#include "tst_keyerrors.moc"
