// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Sparekey {

/// What a key signs besides the client data (WebAuthn Level 2, 6.1). Has only the fields that are
/// checked before a server gets it.
struct AuthenticatorData
{
    QByteArray rpIdHash;
    bool userPresent = false;
    bool userVerified = false;
    QByteArray credentialId; ///< Only at registration.

    /// Offset of the AAGUID, at registration (6.5.1).
    static constexpr qsizetype AaguidAt = 37;
    static constexpr qsizetype AaguidSize = 16;

    /// Nothing if the bytes are cut off.
    [[nodiscard]] static std::optional<AuthenticatorData> parse(const QByteArray &bytes);

    /// Signed for this RP ID or AppID.
    [[nodiscard]] bool isFor(const QString &rpId) const;
};

} // namespace Sparekey
