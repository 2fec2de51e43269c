// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keyjobs.h"

#include "core/hardware/ctapdevice.h"
#include "core/hardware/yubikeyotp.h"

#include <utility>

namespace Sparekey {

namespace {

template<class T>
Result<std::any> asAny(Result<T> result)
{
    if (!result)
        return fail(std::move(result.error()));
    if constexpr (std::is_void_v<T>)
        return std::any();
    else
        return std::any(*std::move(result));
}

// A job that uses CTAP: `act(key, worker)`. A key may refuse a PIN proof as stale although the PIN
// was right. Opening the key again makes a new proof.
template<class Act>
KeyWorker::Job keyJob(Act act)
{
    return [act](KeyWorker &worker) -> Result<std::any> {
        for (bool again = !worker.device().isReader();; again = false) {
            const auto key = worker.openKey();
            if (!key)
                return fail(key.error());
            auto result = act(**key, worker);
            if (result || result.error().kind != ErrorKind::KeyPinRefused || !again)
                return asAny(std::move(result));
        }
    };
}

// Compares properties that stay the same when a key is plugged in again, but differ between keys.
bool isAlike(const KeyInfo &key, const KeyInfo &other)
{
    return key.aaguid == other.aaguid && key.firmware == other.firmware
        && key.deviceVersion == other.deviceVersion && key.pin == other.pin
        && key.pinChangeForced == other.pinChangeForced
        && key.builtInVerification == other.builtInVerification
        && key.alwaysVerifies == other.alwaysVerifies && key.remainingSlots == other.remainingSlots;
}

} // namespace

KeyWorker::Job infoJob()
{
    return keyJob([](CtapDevice &key, KeyWorker &) { return key.info(); });
}

KeyWorker::Job makeCredentialJob(MakeCredentialRequest request, SharedPin pin)
{
    return keyJob([request = std::move(request),
                   pin](CtapDevice &key, KeyWorker &worker) -> Result<MakeCredentialReply> {
        worker.reportWorking();
        auto made = key.makeCredential(request, *pin);
        // The credential exists already, so a failure here is ignored.
        if (made && !request.recognize.isEmpty())
            made->recognized = key.recognize(request.recognize, *pin).value_or(HeldCredentials());
        return made;
    });
}

KeyWorker::Job getAssertionJob(GetAssertionRequest request, SharedPin pin)
{
    return keyJob([request = std::move(request), pin](CtapDevice &key, KeyWorker &worker) {
        worker.reportWorking();
        return key.getAssertion(request, *pin);
    });
}

KeyWorker::Job getAssertionIfHeldJob(GetAssertionRequest request)
{
    return keyJob([request = std::move(request)](CtapDevice &key,
                                                 KeyWorker &worker) -> Result<GetAssertionReply> {
        if (const auto held = key.checkForCredential(request); !held)
            return fail(held.error());
        worker.reportWorking();
        return key.getAssertion(request, SecureBuffer());
    });
}

KeyWorker::Job recognizeJob(QList<KnownCredential> candidates, SharedPin pin)
{
    return keyJob([candidates = std::move(candidates), pin](CtapDevice &key, KeyWorker &) {
        return key.recognize(candidates, *pin);
    });
}

KeyWorker::Job inspectionJob(QList<KnownCredential> candidates, SharedPin pin)
{
    return keyJob([candidates = std::move(candidates), pin](CtapDevice &key,
                                                            KeyWorker &) -> Result<KeyInspection> {
        const auto held = key.recognize(candidates, *pin);
        const bool silent = !held && held.error().kind == ErrorKind::KeyPinRequired;
        if (!held && !silent)
            return fail(held.error());
        // After `recognize`, because a correct PIN resets the PIN retries.
        const auto info = key.info();
        if (!info)
            return fail(info.error());
        return KeyInspection{.info = *info,
                             .held = held.value_or(HeldCredentials()),
                             .silent = silent};
    });
}

KeyWorker::Job touchJob()
{
    return keyJob([](CtapDevice &key, KeyWorker &worker) -> Result<KeyDevice> {
        worker.reportWorking();
        if (const auto touch = key.waitForTouch(); !touch)
            return fail(touch.error());
        return worker.device();
    });
}

KeyWorker::Job setPinJob(SharedPin newPin, SharedPin oldPin)
{
    return keyJob(
        [newPin, oldPin](CtapDevice &key, KeyWorker &) { return key.setPin(*newPin, *oldPin); });
}

KeyWorker::Job credentialsJob(SharedPin pin)
{
    return keyJob([pin](CtapDevice &key, KeyWorker &) { return key.credentials(*pin); });
}

KeyWorker::Job deleteCredentialJob(QByteArray id, SharedPin pin)
{
    return keyJob([id = std::move(id), pin](CtapDevice &key, KeyWorker &) {
        return key.deleteCredential(id, *pin);
    });
}

KeyWorker::Job resetJob(KeyIdentity identity)
{
    return keyJob(
        [identity = std::move(identity)](CtapDevice &key, KeyWorker &worker) -> Result<void> {
            const auto info = key.info();
            if (!info)
                return fail(info.error());
            bool isIt = isAlike(*info, identity.seen);
            if (isIt && !identity.held.isEmpty()) {
                const auto held = key.recognize(identity.held, SecureBuffer());
                // The key in `who` needs no PIN for this, so this is another key.
                if (!held && held.error().kind != ErrorKind::KeyPinRequired)
                    return fail(held.error());
                isIt = held && !held->proven.isEmpty();
            }
            if (!isIt) {
                return fail(
                    Error{.kind = ErrorKind::KeyNotRegistered, .subject = worker.device().name});
            }
            worker.reportWorking();
            return key.reset();
        });
}

KeyWorker::Job otpJob()
{
    return [](KeyWorker &worker) -> Result<std::any> {
        const auto card = worker.openCard();
        if (!card)
            return fail(card.error());
        auto otp = readYubikeyOtp(**card);
        if (!otp)
            return fail(otp.error());
        return std::any(std::make_shared<SecureBuffer>(*std::move(otp)));
    };
}

} // namespace Sparekey
