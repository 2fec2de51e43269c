// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// authenticatorGetAssertion (CTAP 2.1, 6.2), for a sign-in.

#include "core/hardware/ctapassertion.h"

#include "core/hardware/credentialbatches.h"
#include "core/hardware/ctapdevice.h"
#include "core/hardware/keytext.h"
#include "core/hardware/userverification.h"

#include <fido/param.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// The content of a CBOR byte string (RFC 8949, 3.1): libfido2 1.12 returns the authenticator data
// of an assertion only in this form.
QByteArray contentOfCborString(const QByteArray &cbor)
{
    if (cbor.isEmpty())
        return {};
    const auto head = static_cast<unsigned char>(cbor.at(0));
    qsizetype headSize = 1;
    if (head == 0x58)
        headSize = 2;
    else if (head == 0x59)
        headSize = 3;
    else if (head < 0x40 || head > 0x57)
        return {};
    return cbor.mid(headSize);
}

} // namespace

bool verifies(fido_assert_t *assertion, const CredentialPublicKey &publicKey)
{
    const auto verifiesBy = [&](const auto &key, const auto &read) {
        return key
            && read(key.get(), publicKey.bytes.constData(), Fido::size(publicKey.bytes)) == FIDO_OK
            && fido_assert_verify(assertion, 0, publicKey.algorithm, key.get()) == FIDO_OK;
    };
    switch (publicKey.algorithm) {
    case COSE_ES256: return verifiesBy(Fido::Es256Key(es256_pk_new()), es256_pk_from_ptr);
    case COSE_ES384: return verifiesBy(Fido::Es384Key(es384_pk_new()), es384_pk_from_ptr);
    case COSE_EDDSA: return verifiesBy(Fido::EdDsaKey(eddsa_pk_new()), eddsa_pk_from_ptr);
    case COSE_RS256: return verifiesBy(Fido::Rs256Key(rs256_pk_new()), rs256_pk_from_ptr);
    default: return false;
    }
}

Result<GetAssertionReply> CtapDevice::getAssertion(const GetAssertionRequest &request,
                                                   const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const auto batches = credentialBatches(*info, request.allowCredentials, bytesBesideAllowList);
    if (batches.isEmpty() && !request.allowCredentials.isEmpty())
        return failureOfKind(ErrorKind::KeyNotRegistered);
    // A key may ask for a touch before it says that it holds none of the credentials. So if there
    // are several possible requests, find out without a touch which one to send.
    if (batches.size() <= 1 && request.appId.isEmpty())
        return assertFor({.rpId = request.rpId, .ids = batches.value(0)}, request, pin);
    const SecureBuffer pinText = pinForKey(pin);
    const auto allowed = findAllowed(request, pinPointer(pinText));
    if (!allowed)
        return fail(allowed.error());
    return assertFor(*allowed, request, pin);
}

Result<GetAssertionReply> CtapDevice::assertFor(const Allowed &allowed,
                                                const GetAssertionRequest &request,
                                                const SecureBuffer &pin)
{
    const auto info = capabilities();
    if (!info)
        return fail(info.error());
    const VerificationPlan plan(*info, request.userVerification, pin);
    if (const auto problem = plan.problem())
        return failureOfKind(*problem);
    const Fido::Assertion assertion(fido_assert_new());
    if (!assertion)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    int result = fido_assert_set_clientdata(assertion.get(), Fido::data(request.clientDataJson),
                                            Fido::size(request.clientDataJson));
    if (result == FIDO_OK)
        result = fido_assert_set_rp(assertion.get(), allowed.rpId.toUtf8().constData());
    for (const QByteArray &id : allowed.ids) {
        if (result == FIDO_OK)
            result = fido_assert_allow_cred(assertion.get(), Fido::data(id), Fido::size(id));
    }
    if (result == FIDO_OK)
        result = fido_assert_set_uv(assertion.get(),
                                    plan.usesBuiltIn() ? FIDO_OPT_TRUE : FIDO_OPT_OMIT);
    if (result != FIDO_OK)
        return failure(result);
    const auto answered = callWithVerification(
        plan, [&] { return fido_dev_get_assert(m_device.get(), assertion.get(), plan.pin()); },
        [&] { return fido_assert_set_uv(assertion.get(), FIDO_OPT_OMIT); });
    if (!answered)
        return fail(answered.error());
    if (fido_assert_count(assertion.get()) == 0)
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"no assertion"_s);

    // There are several assertions only if the request had no list; the newest comes first.
    GetAssertionReply reply;
    reply.credentialId = Fido::bytes(fido_assert_id_ptr(assertion.get(), 0),
                                     fido_assert_id_len(assertion.get(), 0));
    if (reply.credentialId.isEmpty() && allowed.ids.size() == 1)
        reply.credentialId = allowed.ids.first(); // may be left out then (CTAP 2.1, 6.2.3)
    reply.authenticatorData = contentOfCborString(
        Fido::bytes(fido_assert_authdata_ptr(assertion.get(), 0),
                    fido_assert_authdata_len(assertion.get(), 0)));
    reply.signature = Fido::bytes(fido_assert_sig_ptr(assertion.get(), 0),
                                  fido_assert_sig_len(assertion.get(), 0));
    reply.userHandle = Fido::bytes(fido_assert_user_id_ptr(assertion.get(), 0),
                                   fido_assert_user_id_len(assertion.get(), 0));
    reply.usedAppId = allowed.rpId != request.rpId;
    reply.userVerified = (fido_assert_flags(assertion.get(), 0) & CTAP_AUTHDATA_USER_VERIFIED) != 0;
    const bool wanted = allowed.ids.isEmpty() || allowed.ids.contains(reply.credentialId);
    if (!wanted || reply.authenticatorData.isEmpty() || reply.signature.isEmpty())
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"not what was asked for"_s);
    if (plan.isRequired() && !reply.userVerified)
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"did not verify the user"_s);
    // Also requires user presence.
    if (request.verifyWith
        && (fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) != FIDO_OK
            || !verifies(assertion.get(), *request.verifyWith)))
        return failureOfKind(ErrorKind::KeyAnswerInvalid, u"the signature does not verify"_s);
    return reply;
}

} // namespace Sparekey
