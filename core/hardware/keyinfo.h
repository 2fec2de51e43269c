// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// What a key says about itself: authenticatorGetInfo (CTAP 2.1, 6.4) and its PIN retries.
struct KeyInfo
{
    enum class Pin {
        Unsupported, ///< The key does not support PINs (an old U2F key).
        NotSet,
        Set,
    };

    /// Supports CTAP2, not only U2F.
    bool fido2 = false;
    QStringList versions; ///< "FIDO_2_0", "FIDO_2_1", "U2F_V2"; as the key names them, cleaned.
    QStringList extensions;
    QByteArray aaguid;      ///< 16 bytes that identify the model; empty for a U2F key.
    QStringList transports; ///< "usb", "nfc" …; empty if not reported.
    /// Firmware version, in the manufacturer's encoding. 0 if the key does not report it.
    quint64 firmware = 0;
    /// From CTAPHID_INIT: major.minor.build. Empty over NFC.
    QString deviceVersion;

    Pin pin = Pin::Unsupported;
    /// How many PIN retries are left; nothing if no PIN is set.
    std::optional<int> pinRetries;
    bool pinChangeForced = false;        ///< The PIN must be changed before anything else.
    int minPinLength = 4;                ///< In code points.
    bool builtInVerification = false;    ///< For example, a fingerprint is enrolled.
    bool alwaysVerifies = false;         ///< Requires PIN or fingerprint for everything.
    bool verifiesForRegistration = true; ///< If a PIN is set, registration needs it.

    bool managesCredentials = false;   ///< Can list and delete its credentials.
    std::optional<int> remainingSlots; ///< For discoverable credentials, if reported.
    QList<int> algorithms;             ///< COSE numbers; only ES256 if not reported.
    int maxMessageSize = 0;            ///< Bytes.
    int maxCredentialsInList = 0;      ///< 0: unknown.
    int maxCredentialIdLength = 0;     ///< 0: unknown.
};

/// A credential that is stored on the key (CTAP 2.1, 6.8).
struct DiscoverableCredential
{
    QString rpId;
    QString rpName;
    QByteArray credentialId;
    QByteArray userId;
    QString userName;        ///< Plain text from the key, cleaned.
    QString userDisplayName; ///< As above.
};

/// The credentials that are stored on a key, and the free space for more (CTAP 2.1, 6.8).
struct DiscoverableCredentials
{
    QList<DiscoverableCredential> credentials;
    int remainingSlots = 0;
};

} // namespace Sparekey
