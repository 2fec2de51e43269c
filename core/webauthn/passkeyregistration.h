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

/// A running registration: the request to the key, and what the server expects in the response.
/// Contains no secrets.
struct PasskeyRegistration
{
    MakeCredentialRequest request;
    QString origin; ///< In the client data; as in `RelyingParty`.
    /// The server asks for manufacturer and model. Otherwise they are removed, as by a browser.
    bool attestationWanted = false;
    std::chrono::milliseconds timeout{60'000};
};

/// Reads what `POST /two-factor/get-webauthn-challenge` answers
/// (PublicKeyCredentialCreationOptions, WebAuthn Level 2, 5.4; nested under `options` by official
/// servers since 2026.7.2), for an account whose web vault the user configured as `webVault`. Fails
/// with
/// - `PasskeyRequestInvalid` if the request is not usable: a missing or short challenge, no user,
///   too long a list; `detail` says which,
/// - the errors of `relyingPartyFor`.
/// Names from the server are cleaned and cut to the 64 bytes that every key accepts (CTAP 2.1,
/// 6.1.2).
[[nodiscard]] Result<PasskeyRegistration> passkeyRegistrationFrom(const JsonFields &answer,
                                                                  const QUrl &webVault);

/// The member `deviceResponse` of `PUT /two-factor/webauthn`, with the member names that official
/// servers and Vaultwarden both accept. Official servers with version 4 of their library (`Fido2`
/// on NuGet, `AuthenticatorAttestationRawResponse`) require `response.transports` and
/// `clientExtensionResults`; others ignore both. The older name `extensions` must not be sent as
/// well: a server that maps both names to one member refuses the duplicate. `KeyAnswerInvalid` if
/// the response does not match the request.
[[nodiscard]] Result<QJsonObject> deviceResponse(const PasskeyRegistration &registration,
                                                 const MakeCredentialReply &reply);

/// The attestation object (6.5.4) in CTAP2's canonical CBOR. `statement` is one CBOR map.
[[nodiscard]] QByteArray attestationObject(const QByteArray &format, const QByteArray &statement,
                                           const QByteArray &authenticatorData);

/// In characters, as people count them.
inline constexpr qsizetype LongestPasskeyName = 50;
/// In UTF-16 code units, because an emoji can have many. Not more than the inventory stores.
inline constexpr qsizetype LongestPasskeyNameInUnits = 200;

/// Makes a passkey name that every server accepts from the entered text: one line without control
/// characters, not longer than the two limits above. May be empty.
[[nodiscard]] QString passkeyName(QStringView entered);

} // namespace Sparekey
