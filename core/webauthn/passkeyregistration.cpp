// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/passkeyregistration.h"

#include "core/text/characters.h"
#include "core/webauthn/authenticatordata.h"
#include "core/webauthn/base64url.h"
#include "core/webauthn/clientdata.h"
#include "core/webauthn/credentialids.h"
#include "core/webauthn/passkeyrequest.h"
#include "core/webauthn/relyingparty.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// CTAP 2.1, 6.1.2: user ids have at most 64 bytes, and keys store at least that much of a name.
constexpr qsizetype LongestUserId = 64;
constexpr qsizetype LongestName = 64;
constexpr qsizetype MostAlgorithms = 64;
constexpr int Rs256 = -257;

QString nameForKey(const QString &text)
{
    QString name = ForeignText(text, LongestName);
    while (name.toUtf8().size() > LongestName)
        name.chop(name.back().isLowSurrogate() ? 2 : 1);
    return name;
}

/// Best first. The defaults for a missing or empty list are those of WebAuthn 5.1.3 step 10.
QList<int> algorithmsOf(const JsonFields &options)
{
    QList<int> algorithms;
    const auto list = options.array(u"pubKeyCredParams");
    for (const QJsonValue &entry : list) {
        const JsonFields parameter(entry.toObject());
        const auto number = parameter.number(u"alg");
        if (parameter.text(u"type") != "public-key"_L1 || !number || *number < -65536
            || *number > 65535)
            continue;
        const int algorithm = static_cast<int>(*number);
        if (!algorithms.contains(algorithm) && algorithms.size() < MostAlgorithms)
            algorithms.append(algorithm);
    }
    if (list.isEmpty())
        algorithms = {static_cast<int>(CoseAlgorithm::Es256), Rs256};
    return algorithms;
}

/// The head of a CBOR string (RFC 8949, 3).
QByteArray head(qsizetype major, qsizetype size)
{
    QByteArray bytes;
    const auto put = [&bytes](qsizetype value) {
        bytes += static_cast<char>(static_cast<unsigned char>(value & 0xff));
    };
    const qsizetype first = major * 32;
    if (size < 24) {
        put(first | size);
    } else if (size < 0x100) {
        put(first | 24);
        put(size);
    } else {
        put(first | 25);
        put(size >> 8);
        put(size);
    }
    return bytes;
}

QByteArray cborText(const QByteArray &text)
{
    constexpr qsizetype Text = 3;
    return head(Text, text.size()) + text;
}

} // namespace

Result<PasskeyRegistration> passkeyRegistrationFrom(const JsonFields &answer, const QUrl &webVault)
{
    const JsonFields nested = answer.object(u"options");
    const JsonFields &options = nested.isEmpty() ? answer : nested;
    if (const auto problem = refusalIn(options))
        return fail(*problem);
    const auto challenge = challengeOf(options);
    if (!challenge)
        return fail(challenge.error());

    const JsonFields rp = options.object(u"rp");
    const auto party = relyingPartyFor(webVault, rp.text(u"id"));
    if (!party)
        return fail(party.error());

    const JsonFields user = options.object(u"user");
    const auto userId = fromBase64Url(user.text(u"id"));
    if (!userId || userId->size() > LongestUserId)
        return fail(invalidRequest(u"the user has no usable id"_s));
    const QList<int> algorithms = algorithmsOf(options);
    if (algorithms.isEmpty())
        return fail(invalidRequest(u"no algorithm can be read"_s));
    if (options.array(u"excludeCredentials").size() > MostCredentials)
        return fail(invalidRequest(u"too many excluded credentials"_s));

    const JsonFields selection = options.object(u"authenticatorSelection");
    PasskeyRegistration registration;
    registration.request = {.clientDataJson = clientDataJson(Ceremony::Create, *challenge,
                                                             party->origin),
                            .rpId = party->id,
                            .rpName = nameForKey(rp.text(u"name")),
                            .userId = *userId,
                            .userName = nameForKey(user.text(u"name")),
                            .userDisplayName = nameForKey(user.text(u"displayName")),
                            .algorithms = algorithms,
                            .excludeCredentials = credentialIds(options, u"excludeCredentials"),
                            // Servers list U2F keys among the others, and do not mark them.
                            .excludeAppId = appIdOf(webVault),
                            .discoverable = selection.boolean(u"requireResidentKey").value_or(false)
                                || selection.text(u"residentKey") == "required"_L1,
                            .userVerification = userVerificationOf(selection)};
    registration.origin = party->origin;
    const QString attestation = options.text(u"attestation");
    registration.attestationWanted = attestation == "direct"_L1 || attestation == "enterprise"_L1;
    registration.timeout = timeoutOf(options);
    return registration;
}

Result<QJsonObject> deviceResponse(const PasskeyRegistration &registration,
                                   const MakeCredentialReply &reply)
{
    const MakeCredentialRequest &request = registration.request;
    const auto data = AuthenticatorData::parse(reply.authenticatorData);
    // `head` supports sizes below 64 KiB, and no key answers that much.
    if (!data || reply.authenticatorData.size() > 0xffff || data->credentialId.isEmpty())
        return fail(invalidReply(u"no credential in the authenticator data"_s));
    if (!data->isFor(request.rpId))
        return fail(invalidReply(u"made for another relying party"_s));
    if (!data->userPresent)
        return fail(invalidReply(u"made without a touch"_s));
    if (request.userVerification == UserVerification::Required && !data->userVerified)
        return fail(invalidReply(u"made without user verification"_s));
    if (data->credentialId != reply.credentialId)
        return fail(invalidReply(u"two credential ids"_s));

    QByteArray authenticatorData = reply.authenticatorData;
    QByteArray format = reply.format.toUtf8();
    QByteArray statement = reply.attestationStatement;
    if (!registration.attestationWanted || statement.isEmpty()) {
        // WebAuthn 5.1.3 step 22: no attestation, and no AAGUID, which would identify the model.
        format = "none"_ba;
        statement = QByteArray::fromHex("a0");
        authenticatorData.replace(AuthenticatorData::AaguidAt, AuthenticatorData::AaguidSize,
                                  QByteArray(AuthenticatorData::AaguidSize, '\0'));
    }
    const QByteArray object = attestationObject(format, statement, authenticatorData);
    const QString id = toBase64Url(data->credentialId);
    return QJsonObject{{u"id"_s, id},
                       {u"rawId"_s, id},
                       {u"type"_s, u"public-key"_s},
                       {u"clientExtensionResults"_s, QJsonObject()},
                       {u"response"_s,
                        QJsonObject{{u"AttestationObject"_s, toBase64Url(object)},
                                    {u"transports"_s, QJsonArray::fromStringList(reply.transports)},
                                    {u"clientDataJson"_s, toBase64Url(request.clientDataJson)}}}};
}

QByteArray attestationObject(const QByteArray &format, const QByteArray &statement,
                             const QByteArray &authenticatorData)
{
    constexpr qsizetype Bytes = 2;
    constexpr char MapOfThree = '\xa3';
    return MapOfThree + cborText("fmt"_ba) + cborText(format) + cborText("attStmt"_ba) + statement
        + cborText("authData"_ba) + head(Bytes, authenticatorData.size()) + authenticatorData;
}

QString passkeyName(QStringView entered)
{
    const QStringView shortened = firstCharacters(entered.trimmed(), LongestPasskeyName);
    return ForeignText(shortened.toString(), LongestPasskeyNameInUnits);
}

} // namespace Sparekey
