// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever can go wrong with a key, brought about by a software key and told by real libfido2: each
// status of CTAP 2.1 (8.2) that a registration or sign-in can end with, and each code that libfido2
// adds to them.

#include "core/hardware/ctapdevice.h"
#include "core/hardware/hardwarekeys.h"
#include "tests/authenticator/simulatedkeys.h"
#include "tests/core/outcome.h"
#include "tests/hardware/fakesystem.h"
#include "tests/hardware/hidterminal.h"
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

constexpr quint8 CborCommand = 0x10; // of CTAPHID

MakeCredentialRequest verifiedRegistration()
{
    auto request = registration();
    request.userVerification = UserVerification::Required;
    return request;
}

MakeCredentialRequest discoverableRegistration()
{
    auto request = registration();
    request.discoverable = true;
    return request;
}

/// A key, in a port or on a reader, and the program's way to it.
struct Scene
{
    explicit Scene(bool isNfc, SoftwareKeyTraits traits = {})
        : nfc(isNfc)
        , key(std::make_shared<SoftwareKey>(std::move(traits)))
    {
        keys.setTimeouts({.answer = 500ms, .touch = 2s});
        if (nfc) {
            device = transport->addReader(u"Reader"_s);
            transport->layOn(device, card);
            device.state = KeyDevice::State::Ready;
            device.tap = 1;
        } else {
            device = transport->plugIn(port, u"Key"_s);
        }
    }

    [[nodiscard]] Result<MakeCredentialReply> add(const MakeCredentialRequest &request,
                                                  const char *pin = "")
    {
        return outcomeOf(
            keys.makeCredential(&operation, device, request, SecureBuffer::copyOf(pin)));
    }
    /// Under way; the key blinks, and nobody touches it.
    [[nodiscard]] Outcome<Result<MakeCredentialReply>> addUntouched()
    {
        port->neverTouch();
        Outcome adding(keys.makeCredential(&operation, device, registration(), SecureBuffer()));
        (void)QTest::qWaitFor([this] { return port->isBlinking(); });
        return adding;
    }
    [[nodiscard]] Result<GetAssertionReply> use(const GetAssertionRequest &request,
                                                const char *pin = "")
    {
        return outcomeOf(keys.getAssertion(&operation, device, request, SecureBuffer::copyOf(pin)));
    }
    [[nodiscard]] Result<void> setPin(const char *to, const char *from = "")
    {
        return outcomeOf(
            keys.setPin(&operation, device, SecureBuffer::copyOf(to), SecureBuffer::copyOf(from)));
    }
    /// Removes the key and brings it back, as the operation wants it.
    [[nodiscard]] Result<void> reset()
    {
        const auto seen = outcomeOf(keys.info(&operation, device));
        if (!seen)
            return fail(seen.error());
        const KeyIdentity who{.seen = *seen, .held = {}};
        Outcome resetting(keys.reset(&operation, device, who));
        if (!QTest::qWaitFor([this] { return operation.stage() == Stage::Replug; }))
            return fail(ErrorKind::Canceled);
        if (nfc) {
            transport->lift(device);
            transport->layOn(device, card);
        } else {
            transport->pullOut(device);
            transport->plugInAgain(device);
        }
        return resetting.wait();
    }

    bool nfc;
    std::shared_ptr<SoftwareKey> key;
    std::shared_ptr<HidFront> port = std::make_shared<HidFront>(key);
    std::shared_ptr<KeyCard> card = std::make_shared<KeyCard>(key);
    std::shared_ptr<SimulatedKeys> transport = std::make_shared<SimulatedKeys>();
    KeyDevice device;
    HardwareKeys keys{HardwareKeys::Transports{transport}};
    KeyOperation operation;
};

/// What becomes of an answer; gets the one before it as well.
using Damage = std::function<QByteArray(const QByteArray &answer, const QByteArray &before)>;

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

template<class T>
std::optional<Error> errorOf(const Result<T> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

SoftwareKeyTraits with(const std::function<void(SoftwareKeyTraits &)> &change)
{
    SoftwareKeyTraits traits;
    change(traits);
    return traits;
}

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
        // ---- 0x34 PIN_AUTH_BLOCKED: each tap on a reader begins anew
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
             it.transport->layOn(it.device, it.card, 2);
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
    void aStaleProofIsMadeAnew()
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
            const auto layOn = [&](std::optional<int> most) {
                scene.transport->layOn(scene.device, scene.card, most);
            };
            // Lifted once, it is asked for again and the operation goes on.
            const auto connection = connect(&scene.operation, &KeyOperation::stageChanged,
                                            &scene.operation, [&] {
                                                if (scene.operation.stage() != Stage::PlaceOnReader
                                                    || isAsked)
                                                    return;
                                                isAsked = true;
                                                layOn({});
                                            });
            layOn(answers);
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
        scene.transport->layOn(scene.device, scene.card, 2);
        int lifted = 0;
        connect(&scene.operation, &KeyOperation::stageChanged, &scene.operation, [&] {
            if (scene.operation.stage() == Stage::PlaceOnReader) {
                ++lifted;
                scene.transport->layOn(scene.device, scene.card, 2);
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
            scene.transport->layOn(scene.device, [&scene, answers] {
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
        scene.transport->layOn(scene.device, scene.card);
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

QTEST_GUILESS_MAIN(Sparekey::TestKeyErrors)
#include "tst_keyerrors.moc"
