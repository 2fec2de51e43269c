// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// What a server stores for a registered key.
struct PasskeyCredential
{
    QByteArray id = {};
    int algorithm = 0;         ///< COSE number.
    QByteArray publicKey = {}; ///< In libfido2's format for the algorithm.
    quint32 counter = 0;
};

/// What an answer must match.
struct PasskeyRules
{
    QByteArray challenge;
    QString rpId;
    QStringList origins;
    QList<int> algorithms;        ///< Registration only.
    QString appId = {};           ///< Sign-in only, for keys registered with U2F.
    bool wantsExactNames = false; ///< Member names are case-sensitive.
};

/// Verifies a `deviceResponse` like a relying party (WebAuthn Level 2, 7.1): client data, RP ID,
/// user presence, and an attestation in the format none, packed or fido-u2f. libfido2 verifies
/// signatures.
/// @return why it is refused; or nothing, and @p credential is set.
[[nodiscard]] std::optional<QString> problemOfRegistration(const QJsonObject &response,
                                                           const PasskeyRules &rules,
                                                           PasskeyCredential &credential);

/// The same for a `twoFactorToken` (7.2). Refuses a counter that did not increase; else stores
/// the counter in the credential.
[[nodiscard]] std::optional<QString> problemOfAssertion(const QJsonObject &token,
                                                        const PasskeyRules &rules,
                                                        PasskeyCredential &credential);

/// The credential id in a token; empty if it is invalid.
[[nodiscard]] QByteArray credentialIdIn(const QJsonObject &token);

[[nodiscard]] QString base64UrlText(const QByteArray &bytes);

} // namespace Sparekey
