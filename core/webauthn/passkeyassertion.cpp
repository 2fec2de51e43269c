// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/webauthn/passkeyassertion.h"

#include "core/webauthn/authenticatordata.h"
#include "core/webauthn/base64url.h"
#include "core/webauthn/clientdata.h"
#include "core/webauthn/credentialids.h"
#include "core/webauthn/passkeyrequest.h"
#include "core/webauthn/relyingparty.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sparekey {

Result<PasskeyAssertion> passkeyAssertionFrom(const JsonFields &options, const QUrl &webVault)
{
    if (const auto problem = refusalIn(options))
        return fail(*problem);
    const auto challenge = challengeOf(options);
    if (!challenge)
        return fail(challenge.error());
    const auto party = relyingPartyFor(webVault, options.text(u"rpId"));
    if (!party)
        return fail(party.error());
    if (options.array(u"allowCredentials").size() > MostCredentials)
        return fail(invalidRequest(u"too many credentials"_s));
    const QList<QByteArray> allowed = credentialIds(options, u"allowCredentials");
    if (allowed.isEmpty())
        return fail(invalidRequest(u"no credential can be read"_s));

    const QString appId = options.object(u"extensions").text(u"appid");
    PasskeyAssertion assertion;
    assertion.request = {.clientDataJson = clientDataJson(Ceremony::Get, *challenge, party->origin),
                         .rpId = party->id,
                         .appId = isOwnAppId(webVault, appId) ? appId : QString(),
                         .allowCredentials = allowed,
                         .userVerification = userVerificationOf(options)};
    assertion.timeout = timeoutOf(options);
    return assertion;
}

Result<SecureBuffer> passkeyToken(const PasskeyAssertion &assertion, const GetAssertionReply &reply)
{
    const GetAssertionRequest &request = assertion.request;
    const auto data = AuthenticatorData::parse(reply.authenticatorData);
    if (!data)
        return fail(invalidReply(u"the authenticator data is cut off"_s));
    if (reply.usedAppId && request.appId.isEmpty())
        return fail(invalidReply(u"signed for an AppID that nobody asked for"_s));
    if (!data->isFor(reply.usedAppId ? request.appId : request.rpId))
        return fail(invalidReply(u"signed for another relying party"_s));
    if (!data->userPresent)
        return fail(invalidReply(u"signed without a touch"_s));
    if (request.userVerification == UserVerification::Required && !data->userVerified)
        return fail(invalidReply(u"signed without user verification"_s));
    if (reply.signature.isEmpty())
        return fail(invalidReply(u"no signature"_s));
    // CTAP 2.1, 6.2.2: if the list has one id, a key may omit it from its answer.
    const bool isClear = reply.credentialId.isEmpty() && request.allowCredentials.size() == 1;
    const QByteArray credentialId = isClear ? request.allowCredentials.first() : reply.credentialId;
    if (!request.allowCredentials.contains(credentialId))
        return fail(invalidReply(u"signed with another credential"_s));

    // Vaultwarden requires the member name `extensions`, and every official server accepts it.
    QJsonObject extensions;
    if (reply.usedAppId)
        extensions.insert(u"appid"_s, true);
    const QString id = toBase64Url(credentialId);
    const QJsonObject token{{u"id"_s, id},
                            {u"rawId"_s, id},
                            {u"type"_s, u"public-key"_s},
                            {u"extensions"_s, extensions},
                            {u"response"_s,
                             QJsonObject{{u"authenticatorData"_s,
                                          toBase64Url(reply.authenticatorData)},
                                         {u"clientDataJson"_s, toBase64Url(request.clientDataJson)},
                                         {u"signature"_s, toBase64Url(reply.signature)}}}};
    return SecureBuffer::copyOf(QJsonDocument(token).toJson(QJsonDocument::Compact));
}

} // namespace Sparekey
