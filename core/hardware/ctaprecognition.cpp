// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Which credentials a key holds, found out without a touch: authenticatorGetAssertion (CTAP 2.1,
// 6.2) with the option `up` false.

#include "core/crypto/randomoctets.h"
#include "core/hardware/credentialbatches.h"
#include "core/hardware/ctapassertion.h"
#include "core/hardware/ctapdevice.h"
#include "core/hardware/keytext.h"
#include "core/hardware/userverification.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace Sparekey {

/// A key's answer, without a touch, that it holds one of several credentials.
struct CtapDevice::Probe
{
    Fido::Assertion assertion;
    QByteArray id;          ///< The credential it would sign with; empty if it names none.
    bool hasSigned = false; ///< False for U2F keys.
    bool wantedPin = false;
};

Result<std::optional<CtapDevice::Probe>>
CtapDevice::probe(const QString &rpId, const QList<QByteArray> &batch, const char *pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    Probe probe{.assertion = Fido::Assertion(fido_assert_new()), .id = {}};
    fido_assert_t *assertion = probe.assertion.get();
    if (!assertion)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    // Random bytes instead of a hash of client data. An answer to an earlier request does not
    // verify with them. Nobody can find client data with this hash, so no server accepts the
    // signature.
    constexpr int hashSize = 32;
    const auto hash = randomOctets(hashSize);
    if (!hash)
        return failureOfKind(hash.error().kind);
    int result = fido_assert_set_clientdata_hash(assertion, Fido::data(*hash), Fido::size(*hash));
    if (result == FIDO_OK)
        result = fido_assert_set_rp(assertion, rpId.toUtf8().constData());
    if (result == FIDO_OK)
        result = fido_assert_set_up(assertion, FIDO_OPT_FALSE);
    for (const QByteArray &id : batch) {
        if (result == FIDO_OK)
            result = fido_assert_allow_cred(assertion, Fido::data(id), Fido::size(id));
    }
    const auto ask = [&](const char *pinText) {
        return callWithoutTouch(
            [&] { return fido_dev_get_assert(m_device.get(), assertion, pinText); });
    };
    if (result == FIDO_OK)
        result = ask(nullptr);
    if (asksForPin(result, info->pin)) {
        if (!pin)
            return failureOf(result, ErrorKind::KeyPinRequired);
        probe.wantedPin = true;
        result = ask(pin);
    }
    if (result == FIDO_ERR_NO_CREDENTIALS)
        return std::optional<Probe>();
    // In this way libfido2 reports that a U2F key holds one of them.
    if (result == FIDO_ERR_USER_PRESENCE_REQUIRED)
        return std::optional(std::move(probe));
    if (result != FIDO_OK)
        return pinFailure(result);
    probe.id = Fido::bytes(fido_assert_id_ptr(assertion, 0), fido_assert_id_len(assertion, 0));
    probe.hasSigned = true;
    return std::optional(std::move(probe));
}

Result<std::optional<QList<QByteArray>>>
CtapDevice::batchWithCredential(const QString &rpId, const QList<QList<QByteArray>> &batches,
                                const char *pin)
{
    for (const QList<QByteArray> &batch : batches) {
        const auto held = probe(rpId, batch, pin);
        if (!held)
            return fail(held.error());
        if (*held)
            return std::optional(batch);
    }
    return std::optional<QList<QByteArray>>();
}

Result<CtapDevice::Allowed> CtapDevice::findAllowed(const GetAssertionRequest &request,
                                                    const char *pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const auto batches = credentialBatches(*info, request.allowCredentials, bytesBesideAllowList);
    for (const QString &rpId : {request.rpId, request.appId}) {
        if (rpId.isEmpty())
            continue;
        const auto batch = batchWithCredential(rpId, batches, pin);
        if (!batch)
            return fail(batch.error());
        if (const std::optional<QList<QByteArray>> &held = *batch)
            return Allowed{.rpId = rpId, .ids = *held};
    }
    return failureOfKind(ErrorKind::KeyNotRegistered);
}

Result<void> CtapDevice::checkForCredential(const GetAssertionRequest &request)
{
    if (request.allowCredentials.isEmpty())
        return {};
    if (const auto found = findAllowed(request, nullptr); !found)
        return fail(found.error());
    return {};
}

Result<HeldCredentials> CtapDevice::recognize(const QList<KnownCredential> &candidates,
                                              const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const VerificationPlan plan(*info, UserVerification::Discouraged, pin);
    QMap<QString, QMap<QByteArray, std::optional<CredentialPublicKey>>> parties;
    for (const KnownCredential &candidate : candidates)
        parties[candidate.rpId].insert(candidate.id, candidate.publicKey);
    HeldCredentials held;
    for (auto party = parties.cbegin(); party != parties.cend(); ++party) {
        const auto batches = credentialBatches(*info, party->keys(), bytesBesideAllowList);
        for (QList<QByteArray> batch : batches) {
            // A key names only one of those it holds, so ask again for the others.
            while (!batch.isEmpty()) {
                const auto found = probe(party.key(), batch, plan.pin());
                if (!found)
                    return fail(found.error());
                const std::optional<Probe> &answer = *found;
                if (!answer)
                    break;
                // The key may omit the id if there is only one (CTAP 2.1, 6.2.3).
                const QByteArray id = batch.size() == 1 ? batch.first() : answer->id;
                if (batch.removeAll(id) == 0)
                    return failureOfKind(ErrorKind::KeyAnswerInvalid, u"not asked for"_s);
                const std::optional<CredentialPublicKey> publicKey = party->value(id);
                if (!answer->hasSigned || !publicKey)
                    held.claimed.append(id);
                else if (verifies(answer->assertion.get(), *publicKey))
                    held.proven.append(id);
                held.byPin = held.byPin || answer->wantedPin;
            }
        }
    }
    return held;
}

} // namespace Sparekey
