// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads from the standard input, as one JSON array, what servers ask for, and carries it out as the
// program does: `HardwareKeys`, a software key in a port or on a reader, core/webauthn. Prints an
// array of what the servers would get. Members of each entry:
//
//   webVault    the address of the account's web vault
//   transport   "usb" or "nfc"
//   u2f         whether the key is one of the time of U2F
//   pin         of the key; empty: it has none
//   creation    PublicKeyCredentialCreationOptions as JSON
//   request     PublicKeyCredentialRequestOptions as JSON; the new credential is allowed
//
// and of each answer: `registration`, `token`, and `again`, which is how a second registration ends
// that excludes the first one's credential.

#include "core/webauthn/base64url.h"
#include "core/webauthn/passkeyassertion.h"
#include "core/webauthn/passkeyregistration.h"
#include "tests/webauthn_verifier/heldkey.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

QJsonObject conduct(const QJsonObject &entry)
{
    const QUrl webVault(entry.value("webVault"_L1).toString());
    SoftwareKeyTraits traits;
    traits.attestation = SoftwareKeyTraits::Attestation::PackedCertificate;
    traits.ctap2 = !entry.value("u2f"_L1).toBool();
    // As long as those of Chromium's key.
    traits.credentialIdLength = 32;
    HeldKey key(traits, entry.value("transport"_L1).toString() == "nfc"_L1,
                entry.value("pin"_L1).toString());

    QJsonObject creation = entry.value("creation"_L1).toObject();
    const auto registration = good(passkeyRegistrationFrom(JsonFields(creation), webVault));
    const auto made = good(key.make(registration.request));
    const QJsonObject response = good(deviceResponse(registration, made));

    const QJsonArray own{
        QJsonObject{{u"type"_s, u"public-key"_s}, {u"id"_s, toBase64Url(made.credentialId)}}};
    QJsonObject request = entry.value("request"_L1).toObject();
    request.insert(u"allowCredentials"_s, own);
    const auto assertion = good(passkeyAssertionFrom(JsonFields(request), webVault));
    const auto reply = good(key.use(assertion.request));
    const SecureBuffer token = good(passkeyToken(assertion, reply));

    creation.insert(u"excludeCredentials"_s, own);
    const auto second = good(passkeyRegistrationFrom(JsonFields(creation), webVault));
    const auto again = key.make(second.request);
    const bool excluded = !again && again.error().kind == ErrorKind::KeyAlreadyRegistered;
    return {{u"registration"_s, response},
            {u"token"_s, QJsonDocument::fromJson(token.view().toByteArray()).object()},
            {u"again"_s, excluded ? u"already registered"_s : u"something else"_s}};
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        qFatal("there is no standard input");
    QJsonArray answers;
    const QJsonArray entries = QJsonDocument::fromJson(input.readAll()).array();
    for (const QJsonValue &entry : entries)
        answers.append(conduct(entry.toObject()));
    std::puts(QJsonDocument(answers).toJson(QJsonDocument::Compact).constData());
}
