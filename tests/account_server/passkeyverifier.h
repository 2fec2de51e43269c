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

/// What a server keeps of a registered key.
struct PasskeyCredential
{
    QByteArray id = {};
    int algorithm = 0;         ///< COSE number.
    QByteArray publicKey = {}; ///< As libfido2 keeps those of this algorithm.
    quint32 counter = 0;
};

/// What an answer has to fit.
struct PasskeyRules
{
    QByteArray challenge;
    QString rpId;
    QStringList origins;
    QList<int> algorithms;        ///< Registration only.
    QString appId = {};           ///< Sign-in only, for keys of the time of U2F.
    bool wantsExactNames = false; ///< Member names in the wrong letter case are none.
};

/// Judges a `deviceResponse` as relying parties do (WebAuthn Level 2, 7.1), signatures by
/// libfido2: client data, RP ID, touch, and the attestation of format none, packed or fido-u2f.
/// @return why it is refused, or nothing, and then @p credential is set.
[[nodiscard]] std::optional<QString> problemOfRegistration(const QJsonObject &response,
                                                           const PasskeyRules &rules,
                                                           PasskeyCredential &credential);

/// The same for a `twoFactorToken` (7.2). A counter that does not grow is refused; one that does
/// is written into the credential.
[[nodiscard]] std::optional<QString> problemOfAssertion(const QJsonObject &token,
                                                        const PasskeyRules &rules,
                                                        PasskeyCredential &credential);

/// The id that a token names; empty if it is none.
[[nodiscard]] QByteArray credentialIdIn(const QJsonObject &token);

[[nodiscard]] QString base64UrlText(const QByteArray &bytes);

} // namespace Sparekey
