// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/ceremonies.h"

#include <algorithm>
#include <memory>

namespace Sparekey {

namespace {

struct Free
{
    void operator()(fido_dev_t *device) const
    {
        fido_dev_close(device);
        fido_dev_free(&device);
    }
    void operator()(fido_cred_t *credential) const { fido_cred_free(&credential); }
    void operator()(fido_assert_t *assertion) const { fido_assert_free(&assertion); }
};

template<class T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char *in(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

std::size_t sizeOf(const QByteArray &bytes)
{
    return static_cast<std::size_t>(bytes.size());
}

QByteArray copyOf(const unsigned char *bytes, std::size_t size)
{
    if (bytes == nullptr)
        return {};
    return {reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size)};
}

const char *secretOf(const QByteArray &pin)
{
    return pin.isEmpty() ? nullptr : pin.constData();
}

int open(const HidFront &port, Owned<fido_dev_t> &device)
{
    device.reset(fido_dev_new());
    const fido_dev_io_t io = HidFront::ioFunctions();
    if (const int error = fido_dev_set_io_functions(device.get(), &io); error != FIDO_OK)
        return error;
    return fido_dev_open(device.get(), port.path().constData());
}

} // namespace

int makeCredential(const HidFront &port, const MakeCredentialRequest &request,
                   const QByteArray &pin, MakeCredentialReply &reply)
{
    Owned<fido_dev_t> device;
    if (const int error = open(port, device); error != FIDO_OK)
        return error;
    const auto known = std::ranges::find_if(request.algorithms, [](int algorithm) {
        return algorithm == COSE_ES256 || algorithm == COSE_EDDSA;
    });
    reply.publicKey.algorithm = known == request.algorithms.cend() ? COSE_ES256 : *known;
    const Owned<fido_cred_t> credential(fido_cred_new());
    fido_cred_t *cred = credential.get();
    fido_cred_set_type(cred, reply.publicKey.algorithm);
    fido_cred_set_clientdata(cred, in(request.clientDataJson), sizeOf(request.clientDataJson));
    fido_cred_set_rp(cred, qUtf8Printable(request.rpId), qUtf8Printable(request.rpName));
    fido_cred_set_user(cred, in(request.userId), sizeOf(request.userId),
                       qUtf8Printable(request.userName), qUtf8Printable(request.userDisplayName),
                       nullptr);
    for (const QByteArray &id : request.excludeCredentials)
        fido_cred_exclude(cred, in(id), sizeOf(id));
    if (request.discoverable)
        fido_cred_set_rk(cred, FIDO_OPT_TRUE);
    if (const int error = fido_dev_make_cred(device.get(), cred, secretOf(pin)); error != FIDO_OK)
        return error;
    reply.format = QString::fromUtf8(fido_cred_fmt(cred));
    reply.attestationStatement = copyOf(fido_cred_attstmt_ptr(cred), fido_cred_attstmt_len(cred));
    reply.authenticatorData = copyOf(fido_cred_authdata_raw_ptr(cred),
                                     fido_cred_authdata_raw_len(cred));
    reply.credentialId = copyOf(fido_cred_id_ptr(cred), fido_cred_id_len(cred));
    reply.publicKey.bytes = copyOf(fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred));
    reply.transports = {QStringLiteral("usb")};
    reply.userVerified = (fido_cred_flags(cred) & 0x04) != 0;
    return FIDO_OK;
}

int getAssertion(const HidFront &port, const GetAssertionRequest &request, const QByteArray &pin,
                 GetAssertionReply &reply)
{
    Owned<fido_dev_t> device;
    if (const int error = open(port, device); error != FIDO_OK)
        return error;
    const auto attempt = [&](const QString &site) {
        const Owned<fido_assert_t> assertion(fido_assert_new());
        fido_assert_t *it = assertion.get();
        fido_assert_set_rp(it, qUtf8Printable(site));
        fido_assert_set_clientdata(it, in(request.clientDataJson), sizeOf(request.clientDataJson));
        for (const QByteArray &id : request.allowCredentials)
            fido_assert_allow_cred(it, in(id), sizeOf(id));
        const int result = fido_dev_get_assert(device.get(), it, secretOf(pin));
        if (result != FIDO_OK)
            return result;
        reply.credentialId = copyOf(fido_assert_id_ptr(it, 0), fido_assert_id_len(it, 0));
        // libfido2 gives it as a CBOR byte string of 37 bytes and perhaps extensions.
        const QByteArray encoded = copyOf(fido_assert_authdata_ptr(it, 0),
                                          fido_assert_authdata_len(it, 0));
        reply.authenticatorData = encoded.mid(2);
        reply.signature = copyOf(fido_assert_sig_ptr(it, 0), fido_assert_sig_len(it, 0));
        reply.userHandle = copyOf(fido_assert_user_id_ptr(it, 0), fido_assert_user_id_len(it, 0));
        reply.userVerified = (fido_assert_flags(it, 0) & 0x04) != 0;
        return result;
    };
    int result = attempt(request.rpId);
    if (result == FIDO_ERR_NO_CREDENTIALS && !request.appId.isEmpty()) {
        result = attempt(request.appId);
        reply.usedAppId = result == FIDO_OK;
    }
    return result;
}

} // namespace Sparekey
