// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// authenticatorMakeCredential (CTAP 2.1, 6.1).

#include "core/hardware/credentialbatches.h"
#include "core/hardware/ctapdevice.h"
#include "core/hardware/fidohandles.h"
#include "core/hardware/keytext.h"
#include "core/hardware/userverification.h"

#include <algorithm>
#include <fido/param.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// libfido2 adds the algorithm to the attestation statement of U2F keys. WebAuthn (Level 2, 8.6)
// does not have it there.
QByteArray withoutAlgorithm(const QByteArray &statement)
{
    const auto three = "\xa3\x63\x61lg\x26"_ba; // a map of three that begins with "alg": -7
    const auto two = "\xa2"_ba;
    return statement.startsWith(three) ? two + statement.sliced(three.size()) : statement;
}

// The algorithms that libfido2 supports; keys may support more.
bool isKnownAlgorithm(int algorithm)
{
    return algorithm == COSE_ES256 || algorithm == COSE_ES384 || algorithm == COSE_EDDSA
        || algorithm == COSE_RS256;
}

} // namespace

Result<MakeCredentialReply> CtapDevice::makeCredential(const MakeCredentialRequest &request,
                                                       const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const auto known = std::find_if(request.algorithms.begin(), request.algorithms.end(),
                                    [&info](int algorithm) {
                                        return isKnownAlgorithm(algorithm)
                                            && info->algorithms.contains(algorithm);
                                    });
    if (known == request.algorithms.end())
        return failureOfKind(ErrorKind::KeyTooOld);

    const VerificationPlan plan(*info, request.userVerification, pin);
    if (const auto problem = plan.problem())
        return failureOfKind(*problem);

    // The request without the list: names, ids, hash and PIN proof.
    constexpr qsizetype otherBytes = 600;
    QList<QByteArray> exclude = request.excludeCredentials;
    if (info->fido2) {
        const auto batches = credentialBatches(*info, exclude, otherBytes);
        exclude = batches.value(0);
        if (batches.size() > 1) {
            const auto held = batchWithCredential(request.rpId, batches, plan.pin());
            if (!held)
                return fail(held.error());
            exclude = held->value_or(QList<QByteArray>());
        }
    }

    if (!request.excludeAppId.isEmpty()) {
        const auto batches = credentialBatches(*info, request.excludeCredentials, otherBytes);
        const auto held = batchWithCredential(request.excludeAppId, batches, plan.pin());
        if (!held)
            return fail(held.error());
        if (held->has_value())
            return failureOfKind(ErrorKind::KeyAlreadyRegistered);
    }

    const Fido::Credential credential(fido_cred_new());
    if (!credential)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    int result = fido_cred_set_type(credential.get(), *known);
    if (result == FIDO_OK)
        result = fido_cred_set_clientdata(credential.get(), Fido::data(request.clientDataJson),
                                          Fido::size(request.clientDataJson));
    if (result == FIDO_OK)
        result = fido_cred_set_rp(credential.get(), request.rpId.toUtf8().constData(),
                                  storedKeyText(request.rpName).constData());
    if (result == FIDO_OK)
        result = fido_cred_set_user(credential.get(), Fido::data(request.userId),
                                    Fido::size(request.userId),
                                    storedKeyText(request.userName).constData(),
                                    storedKeyText(request.userDisplayName).constData(), nullptr);
    for (const QByteArray &id : std::as_const(exclude)) {
        if (result == FIDO_OK)
            result = fido_cred_exclude(credential.get(), Fido::data(id), Fido::size(id));
    }
    if (result == FIDO_OK && request.discoverable)
        result = fido_cred_set_rk(credential.get(), FIDO_OPT_TRUE);
    if (result == FIDO_OK)
        result = fido_cred_set_uv(credential.get(),
                                  plan.usesBuiltIn() ? FIDO_OPT_TRUE : FIDO_OPT_OMIT);
    if (result != FIDO_OK)
        return failure(result);

    const auto made = callWithVerification(
        plan, [&] { return fido_dev_make_cred(m_device.get(), credential.get(), plan.pin()); },
        [&] { return fido_cred_set_uv(credential.get(), FIDO_OPT_OMIT); });
    if (!made)
        return fail(made.error());

    MakeCredentialReply reply;
    reply.format = QString::fromLatin1(fido_cred_fmt(credential.get()));
    if (reply.format != u"none") {
        result = fido_cred_x5c_ptr(credential.get()) ? fido_cred_verify(credential.get())
                                                     : fido_cred_verify_self(credential.get());
        if (result != FIDO_OK)
            return failure(result);
    }
    reply.attestationStatement = Fido::bytes(fido_cred_attstmt_ptr(credential.get()),
                                             fido_cred_attstmt_len(credential.get()));
    if (reply.format == u"fido-u2f")
        reply.attestationStatement = withoutAlgorithm(reply.attestationStatement);
    if (reply.attestationStatement.isEmpty())
        reply.attestationStatement = "\xA0"_ba; // an empty map
    reply.authenticatorData = Fido::bytes(fido_cred_authdata_raw_ptr(credential.get()),
                                          fido_cred_authdata_raw_len(credential.get()));
    reply.credentialId = Fido::bytes(fido_cred_id_ptr(credential.get()),
                                     fido_cred_id_len(credential.get()));
    reply.publicKey = {.algorithm = fido_cred_type(credential.get()),
                       .bytes = Fido::bytes(fido_cred_pubkey_ptr(credential.get()),
                                            fido_cred_pubkey_len(credential.get()))};
    reply.userVerified = (fido_cred_flags(credential.get()) & CTAP_AUTHDATA_USER_VERIFIED) != 0;
    reply.transports = standardTransports(info->transports);
    if (plan.isRequired() && !reply.userVerified)
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"did not verify the user"_s);
    return reply;
}

} // namespace Sparekey
