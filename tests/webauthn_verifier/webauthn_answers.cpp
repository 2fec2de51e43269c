// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Registers and signs in with software keys of every kind, plugged in and on a reader, and prints,
// as one JSON array, what the program would send to a server and what the server had asked for.
// `verify.mjs` verifies it.

#include "core/webauthn/base64url.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"
#include "tests/webauthn_verifier/heldkey.h"

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
    bool nfc = false;
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
    const auto registration = good(passkeyRegistrationFrom(JsonFields(creation), QUrl(origin)));
    HeldKey key(it.traits, it.nfc, it.pin);
    const auto made = good(key.make(registration.request));
    const auto response = good(deviceResponse(registration, made));

    const QString signInChallenge = toBase64Url(randomBytes(32));
    const QJsonObject request{{u"rpId"_s, rpId},
                              {u"challenge"_s, signInChallenge},
                              {u"userVerification"_s, verification},
                              {u"allowCredentials"_s, credentialList(made.credentialId)}};
    const auto assertion = good(passkeyAssertionFrom(JsonFields(request), QUrl(origin)));
    const auto token = good(passkeyToken(assertion, good(key.use(assertion.request))));

    const bool tells = it.attestationWanted;
    return {{u"name"_s,
             u"%1 by %2, key's format %3, attestation %4, PIN %5"_s.arg(it.algorithm)
                 .arg(it.nfc ? u"NFC"_s : u"USB"_s, made.format, tells ? u"direct"_s : u"none"_s,
                      it.pin.isEmpty() ? u"no"_s : u"yes"_s)},
            {u"format"_s, tells ? made.format : u"none"_s},
            {u"algorithm"_s, it.algorithm},
            {u"userVerified"_s, !it.pin.isEmpty()},
            {u"rpId"_s, rpId},
            {u"origin"_s, origin},
            {u"challenge"_s, challenge},
            {u"registration"_s, response},
            {u"signInChallenge"_s, signInChallenge},
            {u"token"_s, QJsonDocument::fromJson(token.view().toByteArray()).object()}};
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QList<Case> cases;
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
                    cases.append(it);
                }
            }
        }
        Case old;
        old.traits.ctap2 = false;
        old.traits.aaguid = QByteArray(16, '\0');
        old.attestationWanted = wanted;
        cases.append(old);
    }
    QJsonArray all;
    for (Case it : std::as_const(cases)) {
        for (const bool nfc : {false, true}) {
            it.nfc = nfc;
            all.append(conduct(it));
        }
    }
    std::puts(QJsonDocument(all).toJson(QJsonDocument::Compact).constData());
}
