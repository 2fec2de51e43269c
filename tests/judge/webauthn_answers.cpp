// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Registers and signs in with software keys of every kind and prints, as one JSON array, what the
// program would send to a server and what the server had asked for. `judge.mjs` judges it.

#include "core/webauthn/base64url.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"
#include "tests/authenticator/ceremonies.h"
#include "tests/authenticator/keycrypto.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

const QString rpId = u"vault.example.com"_s;
const QString origin = u"https://vault.example.com:8443"_s;

struct Case
{
    SoftwareKeyTraits traits;
    int algorithm = Cose::Es256;
    bool attestationWanted = false;
    QString pin;
};

QJsonArray credentialList(const QByteArray &id)
{
    return {QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, toBase64Url(id)}}};
}

QJsonObject conduct(const Case &it)
{
    const QString challenge = toBase64Url(randomBytes(32));
    const QString verification = it.pin.isEmpty() ? u"discouraged"_s : u"required"_s;
    const QJsonObject creation{
        {u"rp"_s, QJsonObject{{u"id"_s, rpId}, {u"name"_s, u"Vault"_s}}},
        {u"user"_s,
         QJsonObject{{u"id"_s, toBase64Url(randomBytes(16))},
                     {u"name"_s, u"tester@example.com"_s},
                     {u"displayName"_s, u"Tester"_s}}},
        {u"challenge"_s, challenge},
        {u"pubKeyCredParams"_s,
         QJsonArray{QJsonObject{{u"type"_s, u"public-key"_s}, {u"alg"_s, it.algorithm}}}},
        {u"attestation"_s, it.attestationWanted ? u"direct"_s : u"none"_s},
        {u"authenticatorSelection"_s, QJsonObject{{u"userVerification"_s, verification}}}};
    const auto registration = passkeyRegistrationFrom(JsonFields(creation), QUrl(origin));
    HidFront port(std::make_shared<SoftwareKey>(it.traits));
    port.key().setPin(it.pin);
    MakeCredentialReply made;
    if (!registration
        || makeCredential(port, registration->request, it.pin.toUtf8(), made) != FIDO_OK)
        qFatal("no credential was made");
    const auto response = deviceResponse(*registration, made);
    if (!response)
        qFatal("%s", qPrintable(response.error().detail));

    const QString signInChallenge = toBase64Url(randomBytes(32));
    const QJsonObject request{{u"rpId"_s, rpId},
                              {u"challenge"_s, signInChallenge},
                              {u"userVerification"_s, verification},
                              {u"allowCredentials"_s, credentialList(made.credentialId)}};
    const auto assertion = passkeyAssertionFrom(JsonFields(request), QUrl(origin));
    GetAssertionReply reply;
    if (!assertion || getAssertion(port, assertion->request, it.pin.toUtf8(), reply) != FIDO_OK)
        qFatal("nothing was signed");
    const auto token = passkeyToken(*assertion, reply);
    if (!token)
        qFatal("%s", qPrintable(token.error().detail));

    const bool tells = it.attestationWanted;
    return {{u"name"_s,
             u"%1, key's format %2, attestation %3, PIN %4"_s.arg(it.algorithm)
                 .arg(made.format, tells ? u"direct"_s : u"none"_s,
                      it.pin.isEmpty() ? u"no"_s : u"yes"_s)},
            {u"format"_s, tells ? made.format : u"none"_s},
            {u"algorithm"_s, it.algorithm},
            {u"userVerified"_s, !it.pin.isEmpty()},
            {u"rpId"_s, rpId},
            {u"origin"_s, origin},
            {u"challenge"_s, challenge},
            {u"registration"_s, *response},
            {u"signInChallenge"_s, signInChallenge},
            {u"token"_s, QJsonDocument::fromJson(token->view().toByteArray()).object()}};
}

} // namespace

int main()
{
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    QJsonArray all;
    using Attestation = SoftwareKeyTraits::Attestation;
    for (const bool wanted : {false, true}) {
        for (const auto &pin : {u""_s, u"2468"_s}) {
            for (const int algorithm : {Cose::Es256, Cose::EdDsa}) {
                for (const auto attestation :
                     {Attestation::None, Attestation::PackedSelf, Attestation::PackedCertificate}) {
                    Case it;
                    it.traits.attestation = attestation;
                    it.algorithm = algorithm;
                    it.attestationWanted = wanted;
                    it.pin = pin;
                    all.append(conduct(it));
                }
            }
        }
        Case old;
        old.traits.ctap2 = false;
        old.traits.aaguid = QByteArray(16, '\0');
        old.attestationWanted = wanted;
        all.append(conduct(old));
    }
    std::puts(QJsonDocument(all).toJson(QJsonDocument::Compact).constData());
}
