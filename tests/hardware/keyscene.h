// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "tests/authenticator/simulatedkeys.h"
#include "tests/core/outcome.h"
#include "tests/hardware/requests.h"

#include <QTest>

#include <functional>
#include <optional>

namespace Sparekey {

inline constexpr quint8 CborCommand = 0x10; // of CTAPHID

inline MakeCredentialRequest verifiedRegistration()
{
    auto request = registration();
    request.userVerification = UserVerification::Required;
    return request;
}

inline MakeCredentialRequest discoverableRegistration()
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
        keys.setTimeouts(
            {.answer = std::chrono::milliseconds(500), .touch = std::chrono::seconds(2)});
        if (nfc) {
            device = transport->addReader(QStringLiteral("Reader"));
            transport->placeOn(device, card);
            device.state = KeyDevice::State::Ready;
            device.cardNumber = 1;
        } else {
            device = transport->plugIn(port, QStringLiteral("Key"));
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
        const KeyIdentity identity{.seen = *seen, .held = {}};
        Outcome resetting(keys.reset(&operation, device, identity));
        if (!QTest::qWaitFor([this] { return operation.stage() == KeyOperation::Stage::Replug; }))
            return fail(ErrorKind::Canceled);
        if (nfc) {
            transport->lift(device);
            transport->placeOn(device, card);
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

template<class T>
std::optional<Error> errorOf(const Result<T> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

inline SoftwareKeyTraits with(const std::function<void(SoftwareKeyTraits &)> &change)
{
    SoftwareKeyTraits traits;
    change(traits);
    return traits;
}

} // namespace Sparekey
