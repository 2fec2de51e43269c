// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/json/jsonfields.h"
#include "core/result.h"

#include <QJsonObject>
#include <QUrl>

#include <chrono>

namespace Sparekey {

/// A registration under way: what the key is asked for, and what the server wants of its answer.
/// Free of secrets.
struct PasskeyRegistration
{
    MakeCredentialRequest request;
    QString origin; ///< In the client data; as in `RelyingParty`.
    /// The server wants to know maker and model. Else that is left out, as by a browser.
    bool attestationWanted = false;
    std::chrono::milliseconds timeout{60'000};
};

/// Reads what `POST /two-factor/get-webauthn-challenge` answers
/// (PublicKeyCredentialCreationOptions, WebAuthn Level 2, 5.4; nested under `options` by official
/// servers since 2026.7.2), for an account whose web vault the user configured as `webVault`. Fails
/// with
/// - `PasskeyRequestInvalid` if a key cannot be asked that: no or a short challenge, no user,
///   lists beyond all measure; `detail` says what,
/// - and as `relyingPartyFor`.
/// Names of the server are cleaned and cut to the 64 bytes that every key takes (CTAP 2.1, 6.1.2).
[[nodiscard]] Result<PasskeyRegistration> passkeyRegistrationFrom(const JsonFields &answer,
                                                                  const QUrl &webVault);

/// The member `deviceResponse` of `PUT /two-factor/webauthn`, in the spelling that official servers
/// and Vaultwarden share. Official servers with version 4 of their library (`Fido2` on NuGet,
/// `AuthenticatorAttestationRawResponse`) demand `response.transports` and
/// `clientExtensionResults`; others ignore both. The older name `extensions` must not stand beside
/// the newer one: a server that takes either as the same member refuses two of them.
/// `KeyAnswerInvalid` if the key answered something else than it was asked.
[[nodiscard]] Result<QJsonObject> deviceResponse(const PasskeyRegistration &registration,
                                                 const MakeCredentialReply &reply);

/// The attestation object (6.5.4) in CTAP2's canonical CBOR. `statement` is one CBOR map.
[[nodiscard]] QByteArray attestationObject(const QByteArray &format, const QByteArray &statement,
                                           const QByteArray &authenticatorData);

/// In characters, as people count them.
inline constexpr qsizetype LongestPasskeyName = 50;
/// In UTF-16 units: an emoji can be long. Not more than the inventory keeps.
inline constexpr qsizetype LongestPasskeyNameInUnits = 200;

/// A name for a key, as a person may enter it and every server takes it: one line without control
/// characters, not longer than the two limits above. May be empty.
[[nodiscard]] QString passkeyName(QStringView typed);

} // namespace Sparekey
