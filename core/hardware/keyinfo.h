// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// What a key says about itself: authenticatorGetInfo (CTAP 2.1, 6.4) and its counters of tries.
struct KeyInfo
{
    enum class Pin {
        Unsupported, ///< The key knows no PIN (an old U2F key).
        NotSet,
        Set,
    };

    /// Understands CTAP2, not only U2F.
    bool fido2 = false;
    QStringList versions; ///< "FIDO_2_0", "FIDO_2_1", "U2F_V2"; as the key names them, cleaned.
    QStringList extensions;
    QByteArray aaguid;      ///< 16 bytes that name the model; empty for a U2F key.
    QStringList transports; ///< "usb", "nfc" …; empty if the key does not tell.
    /// As the key counts it; the meaning of its bits is the maker's. 0 if it does not tell.
    quint64 firmware = 0;
    /// From CTAPHID_INIT: major.minor.build. Empty over NFC.
    QString deviceVersion;

    Pin pin = Pin::Unsupported;
    /// Wrong PINs that are left; nothing if there is no PIN.
    std::optional<int> pinRetries;
    bool pinChangeForced = false;        ///< The key wants a new PIN before anything else.
    int minPinLength = 4;                ///< In code points.
    bool builtInVerification = false;    ///< A fingerprint is enrolled, or the like.
    bool alwaysVerifies = false;         ///< Wants PIN or fingerprint for everything.
    bool verifiesForRegistration = true; ///< With a PIN set, registers only with the PIN.

    bool managesCredentials = false;   ///< Can list and delete what it keeps.
    std::optional<int> remainingSlots; ///< For credentials that it keeps itself, if it tells.
    QList<int> algorithms;             ///< COSE numbers; ES256 alone if the key does not tell.
    int maxMessageSize = 0;            ///< Bytes.
    int maxCredentialsInList = 0;      ///< 0: unknown.
    int maxCredentialIdLength = 0;     ///< 0: unknown.
};

/// A credential that the key itself keeps (CTAP 2.1, 6.8).
struct DiscoverableCredential
{
    QString rpId;
    QString rpName;
    QByteArray credentialId;
    QByteArray userId;
    QString userName;        ///< Plain text from the key, cleaned.
    QString userDisplayName; ///< As above.
};

/// What a key keeps, and how much more it has room for (CTAP 2.1, 6.8).
struct DiscoverableCredentials
{
    QList<DiscoverableCredential> credentials;
    int remainingSlots = 0;
};

} // namespace Sparekey
