// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever a key answers: a server gets it only if it is for the site that was asked for. The first
// two bytes say how the rest is cut into the parts of the answer.

#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>

#include <cstdint>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QString rpId = u"vault.example.com"_s;

void insist(bool ok)
{
    if (!ok)
        qFatal("a promise of core/webauthn is broken");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const bool attestationWanted = (data[0] & 1) != 0;
    const bool usedAppId = (data[0] & 4) != 0;
    const QByteArray rest(reinterpret_cast<const char *>(data + 2),
                          static_cast<qsizetype>(size - 2));
    QByteArray authData = rest.left(data[1]);
    const QByteArray other = rest.mid(data[1]);
    const QByteArray hash = QCryptographicHash::hash(rpId.toUtf8(), QCryptographicHash::Sha256);
    // The fuzzer would hardly find a hash by itself.
    if ((data[0] & 2) != 0)
        authData.replace(0, 32, hash);
    const bool ownHash = authData.startsWith(hash);

    PasskeyRegistration registration;
    registration.request.rpId = rpId;
    registration.attestationWanted = attestationWanted;
    MakeCredentialReply made{.format = u"packed"_s,
                             .attestationStatement = other,
                             .authenticatorData = authData,
                             .credentialId = authData.mid(55, 16),
                             .transports = {}};
    if (const auto response = deviceResponse(registration, made)) {
        insist(ownHash);
        const QByteArray object = QByteArray::fromBase64(response->value("response"_L1)
                                                             .toObject()
                                                             .value("AttestationObject"_L1)
                                                             .toString()
                                                             .toLatin1(),
                                                         QByteArray::Base64UrlEncoding);
        QCborParserError error;
        const QCborMap map = QCborValue::fromCbor(object, &error).toMap();
        // What stands in a statement is the key's business, when the server wants it.
        if (!attestationWanted) {
            insist(error.error == QCborError::NoError && error.offset == object.size());
            insist(map.value(u"fmt"_s) == u"none"_s);
            insist(map.value(u"authData"_s).toByteArray().size() == authData.size());
        }
    }

    PasskeyAssertion assertion;
    assertion.request.rpId = rpId;
    assertion.request.allowCredentials = {"0123456789abcdef"_ba};
    GetAssertionReply reply{.credentialId = {},
                            .authenticatorData = authData,
                            .signature = other,
                            .userHandle = {},
                            .usedAppId = usedAppId};
    if (passkeyToken(assertion, reply))
        insist(ownHash && !usedAppId && !other.isEmpty());
    return 0;
}
